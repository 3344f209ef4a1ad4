"""Production scoring answers inside the network only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-018",
    title="Production scoring answers inside the network only",
    severity=Severity.HIGH,
    types=("azure-native:kubernetesconfiguration:Extension",),
    check=must_be("configurationSettings.internalLoadBalancerProvider", "azure"),
    why="Without it the extension puts the scoring router on a public address.",
    fix="Set internalLoadBalancerProvider to azure in the extension's settings",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {
                "extensionType": "Microsoft.AzureML.Kubernetes",
                "configurationSettings": {"internalLoadBalancerProvider": "azure"},
            },
        ),
        denied=(
            {
                "extensionType": "Microsoft.AzureML.Kubernetes",
                "configurationSettings": {"internalLoadBalancerProvider": "none"},
            },
        ),
        omitted={"extensionType": "Microsoft.AzureML.Kubernetes"},
        unknown={
            "extensionType": "Microsoft.AzureML.Kubernetes",
            "configurationSettings": {"internalLoadBalancerProvider": UNKNOWN_STRING},
        },
    ),
)
