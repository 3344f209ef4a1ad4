"""Storage accounts encrypt twice."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-009",
    title="Storage accounts encrypt twice",
    severity=Severity.MEDIUM,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("encryption.requireInfrastructureEncryption", True),
    why=(
        "The second layer stays if the first algorithm or key is compromised; it can be chosen only "
        "at creation."
    ),
    fix="Set requireInfrastructureEncryption under encryption to true before the first deployment",
    anchors=Anchors(benchmark=("DP-4",), azure_policy=("4733ea7b-a883-42fe-8cac-97454c2a9e4a",)),
    cases=Cases(
        allowed=({"encryption": {"requireInfrastructureEncryption": True}},),
        denied=({"encryption": {"requireInfrastructureEncryption": False}},),
        omitted={},
        unknown={"encryption": {"requireInfrastructureEncryption": UNKNOWN_STRING}},
    ),
)
