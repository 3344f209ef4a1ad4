"""SQL servers have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SQ-002",
    title="SQL servers have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:sql:Server",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="A public SQL server is tried within minutes.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("1b8ca024-1d5c-4dec-8995-b1a932b41780",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
