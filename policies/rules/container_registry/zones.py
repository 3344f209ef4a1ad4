"""Production registries span zones."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CR-006",
    title="Production registries span zones",
    severity=Severity.MEDIUM,
    types=("azure-native:containerregistry:Registry",),
    check=must_be("zoneRedundancy", "Enabled"),
    why="Without images no node can start after a zone has failed.",
    fix="Set zone_redundancy to Enabled",
    anchors=Anchors(benchmark=("BR-2",), checkov=("CKV_AZURE_233",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"zoneRedundancy": "Enabled"},),
        denied=({"zoneRedundancy": "Disabled"},),
        omitted={},
        unknown={"zoneRedundancy": UNKNOWN_STRING},
    ),
)
