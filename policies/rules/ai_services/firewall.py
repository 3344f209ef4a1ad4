"""AI services' firewalls deny what no rule allows."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_DENIES = must_be("properties.networkAcls.defaultAction", "Deny")


def _check(judged: Judged) -> Iterator[str]:
    """Without public access there is nobody whom a firewall could let in."""
    access = judged.value("properties.publicNetworkAccess")
    if not (isinstance(access, str) and access.lower() == "disabled"):
        yield from _DENIES(judged)


RULE = Rule(
    id="AMLP-AI-002",
    title="AI services' firewalls deny what no rule allows",
    severity=Severity.MEDIUM,
    types=("azure-native:cognitiveservices:Account",),
    check=_check,
    kinds=PROD_ONLY,
    why="With the key, anybody can call the account from anywhere. In dev a container on an instance reports to it "
    "from an address that is not known in advance.",
    fix="Switch public network access off, or set network_acls.default_action to Deny",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("037eea7a-bd0a-46c5-9a66-03aea78705d3",)),
    cases=Cases(
        allowed=(
            {"properties": {"networkAcls": {"defaultAction": "Deny"}}},
            {"properties": {"publicNetworkAccess": "Disabled"}},
        ),
        denied=(
            {"properties": {"networkAcls": {"defaultAction": "Allow"}}},
            {"properties": {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Allow"}}},
        ),
        omitted={},
        unknown={"properties": {"networkAcls": {"defaultAction": UNKNOWN_STRING}}},
    ),
)
