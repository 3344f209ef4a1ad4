"""ARM ids, taken apart and compared."""

from __future__ import annotations

import pytest

from azure_facts.arm_id_parsing import (
    ArmIdError,
    arm_type_of,
    extended_by,
    is_arm_id,
    levels,
    parse_arm_id,
    resource_group_of,
)
from azure_facts.arm_ids import ArmScope, role_definition_id

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-mlplat-dev-weu"
SCOPE = ArmScope(SUBSCRIPTION, "rg-mlplat-dev-weu")
ROLE = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
ASSIGNMENT = f"{SCOPE.key_vault_id('kv')}/providers/Microsoft.Authorization/roleAssignments/{ROLE}"


@pytest.mark.parametrize(
    ("text", "resource_type", "name", "parent"),
    [
        (f"/subscriptions/{SUBSCRIPTION}", "Microsoft.Resources/subscriptions", SUBSCRIPTION, None),
        (
            GROUP,
            "Microsoft.Resources/resourceGroups",
            "rg-mlplat-dev-weu",
            f"/subscriptions/{SUBSCRIPTION}",
        ),
        (SCOPE.key_vault_id("kv"), "Microsoft.KeyVault/vaults", "kv", GROUP),
        (
            SCOPE.ml_compute_id("mlw", "cc"),
            "Microsoft.MachineLearningServices/workspaces/computes",
            "cc",
            SCOPE.ml_workspace_id("mlw"),
        ),
        (
            ASSIGNMENT,
            "Microsoft.Authorization/roleAssignments",
            ROLE,
            SCOPE.key_vault_id("kv"),
        ),
        (
            role_definition_id(SUBSCRIPTION, ROLE),
            "Microsoft.Authorization/roleDefinitions",
            ROLE,
            f"/subscriptions/{SUBSCRIPTION}",
        ),
        (
            f"/providers/Microsoft.Authorization/policyDefinitions/{ROLE}",
            "Microsoft.Authorization/policyDefinitions",
            ROLE,
            None,
        ),
        (SCOPE.storage_account_id("providers"), "Microsoft.Storage/storageAccounts", "providers", GROUP),
    ],
)
def test_parsed(text: str, resource_type: str, name: str, parent: str | None) -> None:
    parsed = parse_arm_id(text)
    assert (parsed.resource_type, parsed.name) == (resource_type, name)
    assert (str(parsed.parent) if parsed.parent else None) == parent


def test_ids_compare_without_case_and_trailing_slash() -> None:
    text = SCOPE.key_vault_id("kv")
    assert parse_arm_id(text) == parse_arm_id(text.upper().replace("/SUBSCRIPTIONS", "/subscriptions") + "/")
    assert len({parse_arm_id(text), parse_arm_id(text.lower())}) == 1
    assert parse_arm_id(text) != parse_arm_id(SCOPE.key_vault_id("kv2"))
    assert parse_arm_id(text) != text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must start with '/'"),
        ("kv-shared", "must start with '/', e.g. /subscriptions/00000000"),
        ("/resourceGroups/rg", "must start with /subscriptions/<id>"),
        ("/subscriptions", "must start with /subscriptions/<id>"),
        ("/subscriptions/my-sub/resourceGroups/rg", "subscription id 'my-sub' must be a GUID"),
        (f"/subscriptions/{SUBSCRIPTION}/groups/rg", "after the subscription comes /resourceGroups/<name>"),
        (
            f"/subscriptions/{SUBSCRIPTION}/resourceGroups",
            "after the subscription comes /resourceGroups/<name>",
        ),
        (f"{GROUP}/Microsoft.KeyVault/vaults/kv", "expected 'providers' and found 'Microsoft.KeyVault'"),
        (f"{GROUP}/providers", "come pairs of type and name"),
        (f"{GROUP}/providers/Microsoft.KeyVault", "come pairs of type and name"),
        (f"{GROUP}/providers/Microsoft.KeyVault/vaults", "come pairs of type and name"),
        (f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv/secrets", "come pairs of type and name"),
        (f"{GROUP}//providers/Microsoft.KeyVault/vaults/kv", "an empty or blank piece"),
        (f"{GROUP}/providers/Microsoft.KeyVault/vaults/ kv", "an empty or blank piece"),
    ],
)
def test_refused_texts(text: str, message: str) -> None:
    with pytest.raises(ArmIdError, match=message):
        parse_arm_id(text)


def test_what_looks_like_an_id() -> None:
    assert is_arm_id(GROUP)
    assert is_arm_id(GROUP.upper())
    assert not is_arm_id("/providers/Microsoft.Authorization/roleDefinitions/r")
    assert not is_arm_id("kv-shared")


@pytest.mark.parametrize(
    ("arm_id", "arm_type"),
    [
        (
            f"{SCOPE.storage_account_id('st1')}/blobServices/default/containers/raw",
            "Microsoft.Storage/storageAccounts/blobServices/containers",
        ),
        (ASSIGNMENT, "Microsoft.Authorization/roleAssignments"),
        (SCOPE.key_vault_id("kv").lower(), "microsoft.keyvault/vaults"),
        (SCOPE.storage_account_id("providers"), "Microsoft.Storage/storageAccounts"),
        (GROUP, "Microsoft.Resources/resourceGroups"),
        (GROUP.lower(), "Microsoft.Resources/resourceGroups"),
        (f"/subscriptions/{SUBSCRIPTION}", ""),
        ("kv-shared", ""),
    ],
)
def test_the_type_of_an_id(arm_id: str, arm_type: str) -> None:
    assert arm_type_of(arm_id) == arm_type


def test_what_an_extension_extends() -> None:
    assert extended_by(ASSIGNMENT) == SCOPE.key_vault_id("kv")
    assert extended_by(f"{GROUP}/Providers/Microsoft.Authorization/locks/l") == GROUP
    assert extended_by(GROUP) == ""


def test_the_levels_of_an_id() -> None:
    lock = (
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/a/providers/Microsoft.Authorization/locks/l?x=1"
    )
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/a".lower()
    assert levels(lock) == (
        f"/subscriptions/{SUBSCRIPTION}",
        GROUP.lower(),
        account,
        f"{account}/providers/microsoft.authorization/locks/l",
    )


def test_the_resource_group_of_an_id() -> None:
    assert resource_group_of(SCOPE.subnet_id("vnet", "snet")) == GROUP.lower()
    assert resource_group_of(role_definition_id(SUBSCRIPTION, ROLE)) == ""
