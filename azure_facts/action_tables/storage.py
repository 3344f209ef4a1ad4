"""Storage, secrets and keys."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import RESOURCE_MANAGER, Action, Trial, Where, operations
from azure_facts.data_lake_backup import GRANTS
from azure_facts.key_users import USES
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_STORAGE_ROLES = Source("learn.microsoft.com azure/role-based-access-control/built-in-roles/storage", _READ)
_VAULT_ROLES = Source("learn.microsoft.com azure/role-based-access-control/built-in-roles/security", _READ)
_ACCOUNT = "Microsoft.Storage/storageAccounts"
_BLOBS = f"{_ACCOUNT}/blobServices/containers/blobs"
_FILES = f"{_ACCOUNT}/fileServices"
_QUEUES = f"{_ACCOUNT}/queueServices/queues/messages"
_TABLES = f"{_ACCOUNT}/tableServices/tables/entities"
_VAULT = "Microsoft.KeyVault/vaults"

STORAGE_ACTIONS: tuple[Action, ...] = (
    Action(
        "read blobs",
        _STORAGE_ROLES,
        operations(f"{_BLOBS}/read", data=True),
        groups=("blob", "dfs"),
        trial=Trial.LIST_BLOBS,
    ),
    Action(
        "write blobs",
        _STORAGE_ROLES,
        operations(f"{_BLOBS}/read", f"{_BLOBS}/write", f"{_BLOBS}/add/action", data=True),
        groups=("blob", "dfs"),
        trial=Trial.LIST_BLOBS,
    ),
    Action(
        "read files",
        _STORAGE_ROLES,
        operations(f"{_FILES}/fileshares/files/read", f"{_FILES}/readFileBackupSemantics/action", data=True),
        groups=("file",),
        trial=Trial.LIST_FILES,
    ),
    Action(
        "write files",
        _STORAGE_ROLES,
        operations(
            f"{_FILES}/fileshares/files/read",
            f"{_FILES}/fileshares/files/write",
            f"{_FILES}/fileshares/files/delete",
            f"{_FILES}/readFileBackupSemantics/action",
            f"{_FILES}/writeFileBackupSemantics/action",
            data=True,
        ),
        groups=("file",),
        trial=Trial.LIST_FILES,
    ),
    Action(
        "use storage queues",
        _STORAGE_ROLES,
        operations(f"{_QUEUES}/read", f"{_QUEUES}/write", f"{_QUEUES}/process/action", data=True),
        groups=("queue",),
        trial=Trial.LIST_QUEUES,
    ),
    Action(
        "use storage tables",
        _STORAGE_ROLES,
        operations(f"{_TABLES}/read", f"{_TABLES}/write", f"{_TABLES}/add/action", data=True),
        groups=("table",),
        trial=Trial.LIST_TABLES,
    ),
    Action(
        "manage the storage account",
        _STORAGE_ROLES,
        operations(f"{_ACCOUNT}/read", f"{_ACCOUNT}/write", at=Where.RESOURCE),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    # The vault copies by object replication, inside the service.
    Action(
        "take backups",
        GRANTS,
        operations(
            f"{_ACCOUNT}/read",
            f"{_ACCOUNT}/objectReplicationPolicies/write",
            f"{_ACCOUNT}/restoreBlobRanges/action",
            at=Where.RESOURCE,
        ),
        needs_road=False,
        trial=Trial.NONE,
    ),
    Action(
        "see secrets",
        _VAULT_ROLES,
        operations(f"{_VAULT}/secrets/readMetadata/action", data=True),
        groups=("vault",),
        trial=Trial.LIST_SECRETS,
    ),
    Action(
        "read secrets",
        _VAULT_ROLES,
        operations(f"{_VAULT}/secrets/getSecret/action", data=True),
        groups=("vault",),
        trial=Trial.LIST_SECRETS,
    ),
    Action(
        "set secrets",
        _VAULT_ROLES,
        operations(f"{_VAULT}/secrets/getSecret/action", f"{_VAULT}/secrets/setSecret/action", data=True),
        groups=("vault",),
        trial=Trial.LIST_SECRETS,
    ),
    Action(
        "keep secrets",
        _VAULT_ROLES,
        operations(
            f"{_VAULT}/secrets/getSecret/action",
            f"{_VAULT}/secrets/setSecret/action",
            f"{_VAULT}/secrets/delete",
            f"{_VAULT}/keys/read",
            data=True,
        ),
        groups=("vault",),
        trial=Trial.LIST_SECRETS,
    ),
    Action(
        "manage the key vault",
        _VAULT_ROLES,
        operations(f"{_VAULT}/read", f"{_VAULT}/write", at=Where.RESOURCE),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    Action(
        "encrypt with the key",
        _VAULT_ROLES,
        operations(*USES, data=True),
        groups=("vault",),
        trial=Trial.NONE,
    ),
)
