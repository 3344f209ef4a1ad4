"""Storage accounts answer over HTTPS only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-002",
    title="Storage accounts answer over HTTPS only",
    severity=Severity.CRITICAL,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("enableHttpsTrafficOnly", True),
    why="Over HTTP, data and tokens cross the network readable.",
    fix="Set enable_https_traffic_only=True",
    anchors=Anchors(
        benchmark=("DP-3",),
        azure_policy=("404c3081-a854-4457-ae30-26a93ef643f9",),
        psrule=("Azure.Storage.SecureTransfer",),
        checkov=("CKV_AZURE_3",),
    ),
    cases=Cases(
        allowed=({"enableHttpsTrafficOnly": True},),
        denied=({"enableHttpsTrafficOnly": False},),
        omitted={},
        unknown={"enableHttpsTrafficOnly": UNKNOWN_STRING},
    ),
)
