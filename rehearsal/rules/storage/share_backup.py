"""Azure Backup reaches a file share with the account's key."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import file_share_backup
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_CONTAINER = "azure-native:recoveryservices:ProtectionContainer"
_PATH = "properties.sourceResourceId"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.value(_PATH))
    if account and account.type == tokens.STORAGE_ACCOUNT and account.value("allowSharedKeyAccess") is False:
        yield Violation(
            _PATH,
            f"{account.urn} takes no account key, without which Azure Backup cannot protect its file shares; set "
            "allowSharedKeyAccess to true, or keep the files another way and remove the backup",
        )


def _case(*, keys: bool) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "vaultName": "rsv-ml-dev",
        "fabricName": "Azure",
        "containerName": f"StorageContainer;Storage;{GROUP_NAME};stmldev",
        "properties": {
            "containerType": "StorageContainer",
            "backupManagementType": "AzureStorage",
            "sourceResourceId": Ref("account"),
        },
    }
    account = declare(tokens.STORAGE_ACCOUNT, {"allowSharedKeyAccess": keys}, name="account")
    return Case((account, Declared(_CONTAINER, inputs)))


RULE = Rule(
    id="ST320",
    service="Azure Backup",
    title="file shares are protected with the account's key",
    applies_to=(_CONTAINER,),
    status=400,
    code="",
    source=str(file_share_backup.NEEDS_ACCOUNT_KEY),
    check=_check,
    trips=_case(keys=False),
    passes=_case(keys=True),
)
