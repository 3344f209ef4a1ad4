"""Which accounts a backup vault copies as a lake, and with which vault."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import data_lake_backup
from azure_facts.regions import region_name
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Rule, Violation
from rehearsal.rules.storage.lake_backup_examples import BACKUP_INSTANCE, BACKUP_VAULT, case

_SOURCE = "properties.dataSourceInfo.resourceID"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.value("properties.dataSourceInfo.datasourceType") != data_lake_backup.DATASOURCE:
        return
    account = world.find(resource.value(_SOURCE))
    if account is None or account.type != tokens.STORAGE_ACCOUNT:
        return
    if account.value("isHnsEnabled") is not True:
        yield Violation(
            _SOURCE, f"{account.urn} has no hierarchical namespace; set isHnsEnabled, or back it up as blobs"
        )
    for road in ("isSftpEnabled", "isNfsV3Enabled"):
        if account.value(road) is True:
            yield Violation(
                _SOURCE, f"{account.urn} has {road}, with which it is not copied; set it to false"
            )
    location = region_name(account.text("location"))
    if location and location not in data_lake_backup.REGIONS:
        yield Violation(
            _SOURCE, f"lakes in {location} are not copied; leave the backup out, or move the lake"
        )
    for vault in world.of_types((BACKUP_VAULT,)):
        elsewhere = region_name(vault.text("location"))
        if vault.text("vaultName") == resource.text("vaultName") and location and elsewhere != location:
            yield Violation(
                "vaultName",
                f"{vault.urn} is in {elsewhere}, and the lake in {location}; name a vault of its region",
            )


RULE = Rule(
    id="ST322",
    service="Azure Backup",
    title="lakes are copied with a hierarchical namespace, in regions that offer it, by a vault of the region",
    applies_to=(BACKUP_INSTANCE,),
    status=400,
    code="UserErrorUnsupportedStorageAccountType",
    source=str(data_lake_backup.SUPPORT_MATRIX),
    check=_check,
    trips=case(namespace=False),
    passes=case(),
)
