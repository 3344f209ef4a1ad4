"""Key vaults have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-005",
    title="Key vaults have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:keyvault:Vault",),
    check=must_be("properties.publicNetworkAccess", "Disabled"),
    why="Secrets are then reachable from inside the network only.",
    fix="Set public_network_access to Disabled and add a private endpoint",
    anchors=Anchors(
        benchmark=("NS-2", "DP-8"),
        azure_policy=("405c5871-3e91-4644-8a63-58e19d68ff5b",),
        checkov=("CKV_AZURE_189",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"publicNetworkAccess": "Disabled"}},),
        denied=({"properties": {"publicNetworkAccess": "Enabled"}},),
        omitted={},
        unknown={"properties": {"publicNetworkAccess": UNKNOWN_STRING}},
    ),
)
