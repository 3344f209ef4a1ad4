"""A backup is validated with the vault's own identity before it is configured."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import data_lake_backup
from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Rule, Violation
from rehearsal.rules.storage.lake_backup_examples import BACKUP_INSTANCE, BACKUP_VAULT, case

_ROLE = Role.STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only for a vault and an account that this stack makes: what is given may have been granted elsewhere."""
    account = world.find(resource.value("properties.dataSourceInfo.resourceID"))
    vaults = [
        vault
        for vault in world.of_types((BACKUP_VAULT,))
        if vault.text("vaultName") == resource.text("vaultName")
    ]
    if account is None or not vaults:
        return
    vault = vaults[0]
    if "SystemAssigned" not in vault.text("identity.type"):
        yield Violation(
            "vaultName",
            f"{vault.urn} has no identity of its own, the only one that is taken; set SystemAssigned",
        )
        return
    granted = any(
        grant.text("principalId") == principal_id(vault.id)
        and grant.text("roleDefinitionId").endswith(built_in_role(_ROLE).guid)
        and account.id.lower().startswith(grant.text("scope").lower())
        and world.depends_on(resource, grant)
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
    )
    if not granted:
        yield Violation(
            "vaultName",
            f"{vault.urn} has no grant on {account.urn} that the backup waits for; give its identity {_ROLE} there "
            "and put the assignment into depends_on",
        )


RULE = Rule(
    id="ST323",
    service="Azure Backup",
    title="the vault's own identity may read a lake before it is to copy it",
    applies_to=(BACKUP_INSTANCE,),
    status=400,
    code="UserErrorMissingRequiredPermissions",
    source=str(data_lake_backup.GRANTS),
    check=_check,
    trips=case(granted=False),
    passes=case(),
)
