"""Nobody carries a copy into a subscription of his own."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_STATE = "properties.featureSettings.crossSubscriptionRestoreSettings.state"


def _vault(state: str) -> dict[str, object]:
    return {"properties": {"featureSettings": {"crossSubscriptionRestoreSettings": {"state": state}}}}


RULE = Rule(
    id="AMLP-RC-016",
    title="Production's copies are restored in their own subscription",
    severity=Severity.MEDIUM,
    types=("azure-native:dataprotection:BackupVault",),
    check=must_be(_STATE, "Disabled", "PermanentlyDisabled"),
    why="A restore into another subscription takes all data out of the environment, past every firewall.",
    fix="Set crossSubscriptionRestoreSettings.state to Disabled",
    anchors=Anchors(benchmark=("DP-2",), azure_policy=("4d479a11-f2b5-4f0a-bb1e-d2332aa95cda",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(_vault("Disabled"), _vault("PermanentlyDisabled")),
        denied=(_vault("Enabled"),),
        omitted={"properties": {}},
        unknown=_vault(UNKNOWN_STRING),
    ),
)
