"""Storage accounts ask for TLS 1.2 or later."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-003",
    title="Storage accounts ask for TLS 1.2 or later",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("minimumTlsVersion", "TLS1_2", "TLS1_3"),
    why="TLS 1.0 and 1.1 have known attacks, and Azure Storage retired them on 2026-02-03.",
    fix="Set minimum_tls_version to TLS1_2",
    anchors=Anchors(
        benchmark=("DP-3",),
        azure_policy=("fe83a0eb-a853-422d-aac2-1bffd182c5d0",),
        psrule=("Azure.Storage.MinTLS",),
        checkov=("CKV_AZURE_44",),
    ),
    remedy=lambda judged: (
        {} if judged.text("minimumTlsVersion") in ("TLS1_2", "TLS1_3") else {"minimumTlsVersion": "TLS1_2"}
    ),
    cases=Cases(
        allowed=({"minimumTlsVersion": "TLS1_2"},),
        denied=(
            {"minimumTlsVersion": "TLS1_0"},
            {"minimumTlsVersion": "TLS1_1"},
        ),
        omitted={},
        unknown={"minimumTlsVersion": UNKNOWN_STRING},
    ),
)
