"""The production scoring router has a second copy."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import all_of, must_be, must_not_be, where
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "extensionType": "Microsoft.AzureML.Kubernetes",
    "configurationSettings": {"inferenceRouterHA": "true"},
}

RULE = Rule(
    id="AMLP-KS-021",
    title="The production scoring router has a second copy",
    severity=Severity.MEDIUM,
    types=("azure-native:kubernetesconfiguration:Extension",),
    check=where(
        "extensionType",
        "Microsoft.AzureML.Kubernetes",
        all_of(
            must_be("configurationSettings.inferenceRouterHA", "true"),
            must_not_be("configurationSettings.clusterPurpose", "DevTest"),
        ),
    ),
    why="One router is one upgrade away from no answers.",
    fix="Set inferenceRouterHA to true and clusterPurpose to FastProd",
    anchors=Anchors(
        benchmark=("BR-1",), source="learn.microsoft.com machine-learning how-to-deploy-kubernetes-extension"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"configurationSettings.inferenceRouterHA": "false"}),),
        omitted={"extensionType": "Microsoft.AzureML.Kubernetes"},
        unknown=changed(_CORRECT, {"configurationSettings.inferenceRouterHA": UNKNOWN_STRING}),
    ),
)
