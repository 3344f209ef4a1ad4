"""Every security group that lets something in ends with a deny."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    """Azure's own last rule denies everything from elsewhere; a group without allowing rules needs no other."""
    lets_in = False
    for rule in judged.items("securityRules"):
        lets_in |= (rule.get("direction"), rule.get("access")) == ("Inbound", "Allow")
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
    if lets_in:
        yield "no inbound rule denies everything from Internet"


_ALLOW = {
    "name": "allow",
    "direction": "Inbound",
    "access": "Allow",
    "protocol": "Tcp",
    "priority": 100,
    "sourceAddressPrefix": "VirtualNetwork",
    "sourcePortRange": "*",
    "destinationAddressPrefix": "*",
    "destinationPortRange": "443",
}
_DENY = {
    "name": "deny",
    "direction": "Inbound",
    "access": "Deny",
    "protocol": "*",
    "priority": 200,
    "sourceAddressPrefix": "Internet",
    "sourcePortRange": "*",
    "destinationAddressPrefix": "*",
    "destinationPortRange": "*",
}
_CORRECT = {"securityRules": [_ALLOW, _DENY]}

RULE = Rule(
    id="AMLP-NW-002",
    title="Every security group that lets something in ends with a deny",
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
        allowed=(_CORRECT, {"securityRules": []}, {"securityRules": [_DENY]}),
        denied=(
            {"securityRules": [_ALLOW]},
            changed(_CORRECT, {"securityRules[1].destinationPortRange": "22"}),
            changed(_CORRECT, {"securityRules[1].protocol": "Tcp"}),
        ),
        omitted={},
        omitted_is=Outcome.PASSED,
        unknown=changed({"securityRules": [_ALLOW]}, {"securityRules[0].access": UNKNOWN_STRING}),
    ),
)
