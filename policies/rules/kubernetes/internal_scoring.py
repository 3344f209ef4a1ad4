"""Production scoring answers inside the network only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_NEEDED = {"internalLoadBalancerProvider": "azure", "scoringFe.serviceType.internalLoadBalancer": "true"}


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("extensionType") != "Microsoft.AzureML.Kubernetes":
        return
    found = judged.value("configurationSettings")
    settings = found if isinstance(found, Mapping) else {}
    for name, right in _NEEDED.items():
        if str(settings.get(name)).lower() != right:
            yield f"configurationSettings.{name} is '{settings.get(name, '')}': it must be '{right}'"


RULE = Rule(
    id="AMLP-KS-018",
    title="Production scoring answers inside the network only",
    severity=Severity.HIGH,
    types=("azure-native:kubernetesconfiguration:Extension",),
    check=_check,
    why="Without these settings the extension puts the scoring router on a public address.",
    fix=("Set internalLoadBalancerProvider to azure and scoringFe.serviceType.internalLoadBalancer to true"),
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {
                "extensionType": "Microsoft.AzureML.Kubernetes",
                "configurationSettings": {
                    "internalLoadBalancerProvider": "azure",
                    "scoringFe.serviceType.internalLoadBalancer": "true",
                },
            },
        ),
        denied=(
            {
                "extensionType": "Microsoft.AzureML.Kubernetes",
                "configurationSettings": {"internalLoadBalancerProvider": "azure"},
            },
            {
                "extensionType": "Microsoft.AzureML.Kubernetes",
                "configurationSettings": {
                    "internalLoadBalancerProvider": "",
                    "scoringFe.serviceType.internalLoadBalancer": "true",
                },
            },
        ),
        omitted={"extensionType": "Microsoft.AzureML.Kubernetes"},
        unknown={
            "extensionType": "Microsoft.AzureML.Kubernetes",
            "configurationSettings": {
                "internalLoadBalancerProvider": UNKNOWN_STRING,
                "scoringFe.serviceType.internalLoadBalancer": "true",
            },
        },
    ),
)
