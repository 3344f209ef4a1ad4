"""Clusters keep their users apart."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-003",
    title="Clusters keep their users apart",
    severity=Severity.HIGH,
    types=("databricks:index/cluster:Cluster",),
    check=must_be(
        "dataSecurityMode",
        "SINGLE_USER",
        "USER_ISOLATION",
        "DATA_SECURITY_MODE_DEDICATED",
        "DATA_SECURITY_MODE_STANDARD",
        "DATA_SECURITY_MODE_AUTO",
    ),
    why="Without isolation every user of the cluster can read the tokens of all others.",
    fix="Set data_security_mode to SINGLE_USER or USER_ISOLATION",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com compute/configure access modes"),
    cases=Cases(
        allowed=({"dataSecurityMode": "SINGLE_USER"},),
        denied=(
            {"dataSecurityMode": "NONE"},
            {"dataSecurityMode": "LEGACY_SINGLE_USER"},
            {"dataSecurityMode": "LEGACY_PASSTHROUGH"},
        ),
        omitted={},
        unknown={"dataSecurityMode": UNKNOWN_STRING},
    ),
)
