"""Storage accounts replicate to no other tenant."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-005",
    title="Storage accounts replicate to no other tenant",
    severity=Severity.MEDIUM,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("allowCrossTenantReplication", False),
    why=("Object replication to another tenant is a copy of the data that leaves no download in our logs."),
    fix="Set allow_cross_tenant_replication=False",
    anchors=Anchors(benchmark=("DP-2",), azure_policy=("92a89a79-6c52-4a7e-a03f-61306fc49312",)),
    cases=Cases(
        allowed=({"allowCrossTenantReplication": False},),
        denied=({"allowCrossTenantReplication": True},),
        omitted={},
        unknown={"allowCrossTenantReplication": UNKNOWN_STRING},
    ),
)
