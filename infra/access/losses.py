"""What each identity can destroy, and what brings it back: reckoned from the access tables and from settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.roles import Role, built_in_role, permits
from infra.access.identity_purpose import IdentityPurpose
from infra.access.identity_table import IDENTITY_TABLE
from infra.access.table import ACCESS_TABLE, AccessScope
from infra.conventions.custom_roles import CustomRole
from infra.settings.environment import EnvironmentKind


class Store(StrEnum):
    """Where data lies."""

    LANDING = "landing files of the lake"
    TABLES = "tables of the lake"
    ML_STORAGE = "blobs of ML storage"


class Loss(StrEnum):
    """A way to lose it."""

    OVERWRITTEN = "overwrites"
    DELETED = "deletes"
    FOR_GOOD = "deletes for good: soft delete switched off first, or the account with it"


_BLOB = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
_OPERATIONS: Mapping[Loss, tuple[tuple[str, bool], ...]] = MappingProxyType(
    {
        Loss.OVERWRITTEN: ((f"{_BLOB}/write", True),),
        Loss.DELETED: ((f"{_BLOB}/delete", True),),
        Loss.FOR_GOOD: (
            ("Microsoft.Storage/storageAccounts/blobServices/write", False),
            ("Microsoft.Storage/storageAccounts/delete", False),
        ),
    }
)
"""What a role must permit, each with whether it is a data action."""

_LAKE = (Store.LANDING, Store.TABLES)
_STORES: Mapping[AccessScope, tuple[Store, ...]] = MappingProxyType(
    {
        AccessScope.RESOURCE_GROUP: (*_LAKE, Store.ML_STORAGE),
        AccessScope.LAKE_ACCOUNT: _LAKE,
        AccessScope.DATA_CONTAINER: _LAKE,
        AccessScope.LAKE_RAW: _LAKE,
        AccessScope.LAKE_CURATED: (Store.TABLES,),
        AccessScope.LAKE_FEATURES: (Store.TABLES,),
        AccessScope.LAKE_PREDICTIONS: (Store.TABLES,),
        AccessScope.ML_STORAGE: (Store.ML_STORAGE,),
    }
)
"""The data below a scope; scopes without data of this kind are missing."""

WRITES_NO_LANDING_FILES = frozenset(
    {IdentityPurpose.DATABRICKS_CONNECTOR, IdentityPurpose.ML_COMPUTE, IdentityPurpose.SYNAPSE}
)
"""Settings refuse a written location or datastore over a zone whose landing files are immutable."""

DEPLOYING = "deploying identity"
DEPLOYING_ROLES = (Role.CONTRIBUTOR, Role.STORAGE_BLOB_DATA_CONTRIBUTOR)
"""Contributor by the bootstrap; every data role, because it may assign them (docs/bootstrap.md)."""


@dataclass(frozen=True)
class Protection:
    """What the settings of an environment say."""

    backed_up: bool
    immutable: bool


@dataclass(frozen=True)
class LossRow:
    """`who` can lose `store` in the way `loss`; `brought_back` by what, `within` how long."""

    who: str
    store: Store
    loss: Loss
    brought_back: str
    within: str


_NOTHING = "nothing"
_VAULT = ("the vault's last copy, restored into another account", "`recovery.lake_backup.retention_days`")
_UNDELETE = ("undelete", "`recovery.soft_delete_days`")
_HISTORY = "`RESTORE TABLE` for rows, while the table's log exists"


def loss_rows(kind: EnvironmentKind, protection: Protection) -> Iterator[LossRow]:
    """In the order of the access tables, the deploying identity last; each row once."""
    seen: set[tuple[str, Store, Loss]] = set()
    for who, scope, role in _writers(kind):
        for store in _STORES.get(scope, ()):
            if store is Store.LANDING and who in WRITES_NO_LANDING_FILES and protection.immutable:
                continue
            for loss in _losses(role):
                if (who, store, loss) not in seen:
                    seen.add((who, store, loss))
                    yield LossRow(who, store, loss, *brought_back(store, loss, protection))


def brought_back(store: Store, loss: Loss, protection: Protection) -> tuple[str, str]:
    """By what, and within how long; the vault answers for all of the lake that nothing nearer does."""
    vault = _VAULT if protection.backed_up else (_NOTHING, "")
    if store is Store.ML_STORAGE:
        return {
            Loss.OVERWRITTEN: ("an earlier version", "`recovery.soft_delete_days`"),
            Loss.DELETED: _UNDELETE,
            Loss.FOR_GOOD: (
                "a deleted account: Azure itself; promoted models: the registry; the rest: nothing",
                "14 days",
            ),
        }[loss]
    if store is Store.LANDING and protection.immutable and loss is not Loss.FOR_GOOD:
        return "refused: the zone is immutable", "`immutable_days`, then as tables"
    if loss is Loss.OVERWRITTEN and store is Store.TABLES:
        return f"{_HISTORY}; else {vault[0]}", f"`lake.table_history_days`; {vault[1]}".rstrip("; ")
    # While a backup is active, Azure does not undelete files of a lake (azure_facts.data_lake_backup, SUPPORT_MATRIX).
    if loss is Loss.DELETED and not protection.backed_up:
        return _UNDELETE
    return vault


def _losses(role: Role | CustomRole) -> Iterator[Loss]:
    if isinstance(role, CustomRole):
        return
    found = built_in_role(role)
    for loss, operations in _OPERATIONS.items():
        if all(permits(found, operation, data=data) for operation, data in operations):
            yield loss


def _writers(kind: EnvironmentKind) -> Iterator[tuple[str, AccessScope, Role | CustomRole]]:
    for row in ACCESS_TABLE:
        if kind in row.kinds:
            yield row.persona, row.scope, row.role
    for item in IDENTITY_TABLE:
        yield item.identity, item.scope, item.role
    for role in DEPLOYING_ROLES:
        yield DEPLOYING, AccessScope.RESOURCE_GROUP, role
