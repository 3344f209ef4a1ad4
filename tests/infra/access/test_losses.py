"""Who can destroy what, and what brings it back."""

from __future__ import annotations

import re

import pytest

from infra.access.losses import DEPLOYING, Loss, LossRow, Protection, Store, loss_rows
from infra.conventions.custom_roles import CUSTOM_ROLES
from infra.settings.environment import EnvironmentKind

PROTECTED = Protection(backed_up=True, immutable=True)
BARE = Protection(backed_up=False, immutable=False)


def row(kind: EnvironmentKind, protection: Protection, who: str, store: Store, loss: Loss) -> LossRow | None:
    found = [
        item
        for item in loss_rows(kind, protection)
        if (item.who, item.store, item.loss) == (who, store, loss)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def test_nothing_that_is_lost_of_a_protected_lake_is_lost_for_good() -> None:
    lost = [item for item in loss_rows(EnvironmentKind.PROD, PROTECTED) if item.store is not Store.ML_STORAGE]
    assert lost
    assert all("vault" in item.brought_back or "refused" in item.brought_back for item in lost)
    assert {item.brought_back for item in loss_rows(EnvironmentKind.PROD, BARE)} >= {"nothing"}


def test_an_overwrite_through_the_jobs_connector_comes_back_from_the_vault_alone() -> None:
    overwritten = row(EnvironmentKind.PROD, PROTECTED, "databricks-connector", Store.TABLES, Loss.OVERWRITTEN)
    assert overwritten is not None
    assert "else the vault's last copy" in overwritten.brought_back
    bare = row(EnvironmentKind.PROD, BARE, "databricks-connector", Store.TABLES, Loss.OVERWRITTEN)
    assert bare is not None
    assert bare.brought_back.endswith("else nothing")


def test_a_backup_takes_the_place_of_undelete() -> None:
    """Azure undeletes no file of a lake while a backup is active."""
    for protection, expected in ((PROTECTED, "the vault's"), (BARE, "undelete")):
        deleted = row(EnvironmentKind.PROD, protection, "data-factory", Store.TABLES, Loss.DELETED)
        assert deleted is not None
        assert deleted.brought_back.startswith(expected)


@pytest.mark.parametrize("kind", list(EnvironmentKind))
def test_the_deploying_identity_can_destroy_every_store(kind: EnvironmentKind) -> None:
    for store in Store:
        assert row(kind, BARE, DEPLOYING, store, Loss.FOR_GOOD)


def test_no_person_can_destroy_data_of_prod() -> None:
    people = {"platform_admin", "ml_engineer", "data_scientist", "data_engineer", "analyst", "auditor"}
    assert not people & {item.who for item in loss_rows(EnvironmentKind.PROD, BARE)}
    assert people & {item.who for item in loss_rows(EnvironmentKind.NONPROD, BARE)}


def test_no_custom_role_writes_blobs_or_changes_an_account() -> None:
    """The page says so, and the reckoning passes over custom roles."""
    operations = [operation for role in CUSTOM_ROLES.values() for operation in role.actions]
    destructive = (
        r"microsoft\.storage/storageaccounts/(\*|write|delete|blobservices/(\*|write|.*(write|delete).*))"
    )
    assert not [item for item in operations if re.fullmatch(destructive, item.lower())]
    assert "*" not in operations
