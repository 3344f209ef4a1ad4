"""SQL servers ask for TLS 1.2 or later."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SQ-003",
    title="SQL servers ask for TLS 1.2 or later",
    severity=Severity.HIGH,
    types=("azure-native:sql:Server",),
    check=must_be("minimalTlsVersion", "1.2", "1.3"),
    why="Older versions have known attacks.",
    fix="Set minimal_tls_version to 1.2",
    anchors=Anchors(benchmark=("DP-3",), azure_policy=("32e6bbec-16b6-44c2-be37-c5b672d103cf",)),
    remedy=lambda judged: (
        {} if judged.text("minimalTlsVersion") in ("1.2", "1.3") else {"minimalTlsVersion": "1.2"}
    ),
    cases=Cases(
        allowed=({"minimalTlsVersion": "1.2"},),
        denied=(
            {"minimalTlsVersion": "1.0"},
            {"minimalTlsVersion": "None"},
        ),
        omitted={},
        unknown={"minimalTlsVersion": UNKNOWN_STRING},
    ),
)
