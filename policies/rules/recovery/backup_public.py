"""Backup vaults have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-RC-004",
    title="Backup vaults have no public endpoint",
    severity=Severity.MEDIUM,
    types=("azure-native:recoveryservices:Vault",),
    check=must_be("properties.publicNetworkAccess", "Disabled"),
    why="The vault holds a copy of everything it protects.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("9ebbbba3-4d65-4da9-bb67-b22cfaaff090",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"publicNetworkAccess": "Disabled"}},),
        denied=({"properties": {"publicNetworkAccess": "Enabled"}},),
        omitted={},
        unknown={"properties": {"publicNetworkAccess": UNKNOWN_STRING}},
    ),
)
