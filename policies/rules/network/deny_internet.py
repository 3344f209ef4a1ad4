"""Every security group ends with a deny."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for rule in judged.items("securityRules"):
        inbound = (
            rule.get("direction"),
            rule.get("access"),
            rule.get("destinationPortRange"),
            rule.get("protocol"),
        )
        everywhere = rule.get("destinationAddressPrefix") == "*" and rule.get("sourcePortRange") == "*"
        if (
            inbound == ("Inbound", "Deny", "*", "*")
            and everywhere
            and rule.get("sourceAddressPrefix") in ("Internet", "*")
        ):
            return
    yield "no inbound rule denies everything from Internet"


_CORRECT = {
    "securityRules": [
        {
            "name": "r",
            "direction": "Inbound",
            "access": "Deny",
            "protocol": "*",
            "priority": 200,
            "sourceAddressPrefix": "Internet",
            "sourcePortRange": "*",
            "destinationAddressPrefix": "*",
            "destinationPortRange": "*",
        }
    ]
}

RULE = Rule(
    id="AMLP-NW-002",
    title="Every security group ends with a deny",
    severity=Severity.MEDIUM,
    types=("azure-native:network:NetworkSecurityGroup",),
    check=_check,
    why=(
        "Azure's own default lets load balancers and the whole network in; the explicit deny is what "
        "a reviewer sees."
    ),
    fix="Add an inbound rule that denies Internet, after the allowed ones",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com security/benchmark network-security NS-1"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            {
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
            },
            changed(
                _CORRECT, {"securityRules[0].priority": 100, "securityRules[0].destinationPortRange": "22"}
            ),
            changed(_CORRECT, {"securityRules[0].protocol": "Tcp", "securityRules[0].priority": 100}),
        ),
        omitted={},
        unknown={
            "securityRules": [
                {
                    "name": "r",
                    "direction": "Inbound",
                    "access": UNKNOWN_STRING,
                    "protocol": "Tcp",
                    "priority": 100,
                    "sourceAddressPrefix": "VirtualNetwork",
                    "sourcePortRange": "*",
                    "destinationAddressPrefix": "*",
                    "destinationPortRange": "443",
                }
            ]
        },
    ),
)
