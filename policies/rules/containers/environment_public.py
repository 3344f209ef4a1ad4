"""Environments of container apps have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CA-012",
    title="Environments of container apps have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:app:ManagedEnvironment",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="Public access is on by default, and every app in the environment then answers the internet.",
    fix="Set public_network_access to Disabled; a private endpoint leads in",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com container-apps private-endpoints-with-dns"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
