"""Data factories have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DF-001",
    title="Data factories have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:datafactory:Factory",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="Self-hosted runtimes and the studio then come through the network.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("1cf164be-6819-4a50-b8fa-4bcaa4f98fb6",),
        checkov=("CKV_AZURE_104",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
