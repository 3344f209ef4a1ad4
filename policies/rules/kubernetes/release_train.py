"""The ML extension comes from the stable train."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KS-023",
    title="The ML extension comes from the stable train",
    severity=Severity.MEDIUM,
    types=("azure-native:kubernetesconfiguration:Extension",),
    check=must_not_be("releaseTrain", "preview", "experimental", "staging"),
    why="A preview extension replaces the router without notice.",
    fix="Set release_train to stable",
    anchors=Anchors(
        benchmark=("PV-6",), source="learn.microsoft.com machine-learning how-to-deploy-kubernetes-extension"
    ),
    cases=Cases(
        allowed=({"extensionType": "Microsoft.AzureML.Kubernetes", "releaseTrain": "stable"},),
        denied=({"extensionType": "Microsoft.AzureML.Kubernetes", "releaseTrain": "preview"},),
        omitted={"extensionType": "Microsoft.AzureML.Kubernetes"},
        unknown={"extensionType": "Microsoft.AzureML.Kubernetes", "releaseTrain": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
