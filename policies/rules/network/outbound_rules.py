"""Outbound rules name where to."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for rule in judged.items("securityRules"):
        allowed = rule.get("direction") == "Outbound" and rule.get("access") == "Allow"
        if allowed and str(rule.get("destinationAddressPrefix")).lower() in ("*", "internet", "0.0.0.0/0"):
            yield f"security rule {rule.get('name')} lets traffic out to everywhere"


_CORRECT = {
    "securityRules": [
        {
            "name": "r",
            "direction": "Outbound",
            "access": "Allow",
            "protocol": "Tcp",
            "priority": 100,
            "sourceAddressPrefix": "VirtualNetwork",
            "sourcePortRange": "*",
            "destinationAddressPrefix": "Storage",
            "destinationPortRange": "443",
        }
    ]
}

RULE = Rule(
    id="AMLP-NW-003",
    title="Outbound rules name where to",
    severity=Severity.MEDIUM,
    types=("azure-native:network:NetworkSecurityGroup",),
    check=_check,
    why="A rule that allows the whole internet undoes the network.",
    fix="Name a service tag or an address range",
    anchors=Anchors(
        benchmark=("NS-1", "DP-2"), source="learn.microsoft.com security/benchmark network-security NS-1"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"securityRules[0].destinationAddressPrefix": "*"}),
            changed(_CORRECT, {"securityRules[0].destinationAddressPrefix": "Internet"}),
        ),
        omitted={},
        unknown=changed(
            _CORRECT,
            {"securityRules[0].direction": UNKNOWN_STRING, "securityRules[0].destinationAddressPrefix": "*"},
        ),
        omitted_is=Outcome.PASSED,
    ),
)
