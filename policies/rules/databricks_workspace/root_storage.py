"""The workspace's own storage has a firewall."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-005",
    title="The workspace's own storage has a firewall",
    severity=Severity.HIGH,
    types=("azure-native:databricks:Workspace",),
    check=must_be("defaultStorageFirewall", "Enabled"),
    why="DBFS root, query results and job outputs lie in that account.",
    fix="Set default_storage_firewall to Enabled with an access connector",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com databricks security/network/storage/firewall-support"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"defaultStorageFirewall": "Enabled"},),
        denied=({"defaultStorageFirewall": "Disabled"},),
        omitted={},
        unknown={"defaultStorageFirewall": UNKNOWN_STRING},
    ),
)
