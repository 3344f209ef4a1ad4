"""A diagnostic setting keeps nothing for a time: that is the destination's matter since 2023."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.monitoring.diagnostic_categories import DIAGNOSTIC_SETTING, setting_case
from rehearsal.rules.rule import Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for kind in ("logs", "metrics"):
        for index, sent in enumerate(resource.items(kind)):
            days = walk(sent, "retentionPolicy.days")
            if walk(sent, "retentionPolicy.enabled") is True and days != 0:
                yield Violation(
                    f"{kind}[{index}].retentionPolicy",
                    "new settings keep nothing for a time; leave it out, and give a storage account a lifecycle rule",
                )


def _log(days: int) -> dict[str, object]:
    return {
        "categoryGroup": "allLogs",
        "enabled": True,
        "retentionPolicy": {"enabled": days > 0, "days": days},
    }


RULE = Rule(
    id="MON351",
    service="Azure Monitor diagnostic setting",
    title="no retention of its own",
    applies_to=(DIAGNOSTIC_SETTING,),
    status=400,
    code="BadRequest",
    source=(
        "Azure/Mission-Critical-Online issue 1018; hashicorp/terraform-provider-azurerm issue 23051; "
        "Azure/avdaccelerator issue 473 (enabled false and 0 days are taken)"
    ),
    check=_check,
    trips=setting_case("AllMetrics", _log(30)),
    passes=setting_case("AllMetrics", _log(0)),
)
