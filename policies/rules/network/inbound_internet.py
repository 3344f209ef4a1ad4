"""Nothing comes in from the internet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ANYWHERE = ("*", "internet", "any", "0.0.0.0/0", "::/0")


def _check(judged: Judged) -> Iterator[str]:
    for rule in judged.items("securityRules"):
        if rule.get("direction") == "Inbound" and rule.get("access") == "Allow" and _from_anywhere(rule):
            yield f"security rule {rule.get('name')} lets everybody in"


def _from_anywhere(rule: Mapping[str, object]) -> bool:
    several = rule.get("sourceAddressPrefixes")
    sources = [rule.get("sourceAddressPrefix"), *(several if isinstance(several, Sequence) else ())]
    return any(str(source).lower() in _ANYWHERE for source in sources if source)


_CORRECT = {
    "securityRules": [
        {
            "name": "r",
            "direction": "Inbound",
            "access": "Allow",
            "protocol": "Tcp",
            "priority": 100,
            "sourceAddressPrefix": "VirtualNetwork",
            "sourcePortRange": "*",
            "destinationAddressPrefix": "*",
            "destinationPortRange": "443",
        }
    ]
}

RULE = Rule(
    id="AMLP-NW-001",
    title="Nothing comes in from the internet",
    severity=Severity.CRITICAL,
    types=("azure-native:network:NetworkSecurityGroup",),
    check=_check,
    why="Nothing in this network is meant to be called from outside.",
    fix="Narrow the source to VirtualNetwork or a service tag",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com security/benchmark network-security NS-1"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"securityRules[0].sourceAddressPrefix": "*"}),
            changed(_CORRECT, {"securityRules[0].sourceAddressPrefix": "Internet"}),
            changed(_CORRECT, {"securityRules[0].sourceAddressPrefix": "0.0.0.0/0"}),
        ),
        omitted={},
        unknown=changed(_CORRECT, {"securityRules[0].sourceAddressPrefix": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
