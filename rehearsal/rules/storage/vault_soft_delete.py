"""How long a backup vault keeps what was deleted from it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import data_lake_backup
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Rule, Violation
from rehearsal.rules.storage.lake_backup_examples import BACKUP_VAULT, case

_DAYS = "properties.securitySettings.softDeleteSettings.retentionDurationInDays"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    days, (fewest, most) = resource.value(_DAYS), data_lake_backup.SOFT_DELETE_DAYS
    if isinstance(days, int | float) and not fewest <= days <= most:
        yield Violation(_DAYS, f"{days:g} must lie between {fewest} and {most} days")


RULE = Rule(
    id="ST324",
    service="Azure Backup",
    title="a backup vault keeps what was deleted for 14 to 180 days",
    applies_to=(BACKUP_VAULT,),
    status=400,
    code="BadRequest",
    source=str(data_lake_backup.SOFT_DELETE),
    check=_check,
    trips=case(soft_delete_days=7),
    passes=case(),
)
