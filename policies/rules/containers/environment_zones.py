"""Production environments of container apps span zones."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CA-011",
    title="Production environments of container apps span zones",
    severity=Severity.MEDIUM,
    types=("azure-native:app:ManagedEnvironment",),
    check=must_be("zoneRedundant", True),
    why="It is decided at creation: an environment in one zone can only be made anew, with other addresses.",
    fix="Set zone_redundant to True; that needs a subnet of ours (network.mode private)",
    anchors=Anchors(benchmark=("BR-2",), source="learn.microsoft.com container-apps how-to-zone-redundancy"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"zoneRedundant": True},),
        denied=({"zoneRedundant": False},),
        omitted={},
        unknown={"zoneRedundant": UNKNOWN_STRING},
    ),
)
