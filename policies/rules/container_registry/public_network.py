"""Registries have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CR-003",
    title="Registries have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:containerregistry:Registry",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="Who can push an image runs code in the cluster.",
    fix="Set public_network_access to Disabled (needs Premium) and add a private endpoint",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("0fdf0491-d080-4575-b627-ad0e843cba0f",),
        psrule=("Azure.ACR.Firewall",),
        checkov=("CKV_AZURE_139",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
