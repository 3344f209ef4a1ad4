"""Built-in roles are found by name and id, and permit what Azure's documentation says of them."""

from __future__ import annotations

import re
import uuid
from importlib import resources
from pathlib import Path

import pytest

from azure_facts.data_files import FactsError
from azure_facts.roles import Permission, Role, UnknownRoleError, built_in_role, built_in_roles, permits

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


@pytest.mark.parametrize(
    ("name", "guid"),
    [
        ("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
        ("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c"),
        ("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"),
        ("AzureML Data Scientist", "f6c7c914-8db3-469d-8ca1-694a8f32e121"),
        ("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        ("Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6"),
        ("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
    ],
)
def test_well_known_guids(name: str, guid: str) -> None:
    assert built_in_role(name).guid == guid


@pytest.mark.parametrize(
    "name_or_id",
    [
        "AcrPull",
        "acrpull",
        "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        "7F951DDA-4ED3-4680-A7CA-43FE172D538D",
        "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
    ],
)
def test_a_role_is_found_by_name_guid_and_arm_id(name_or_id: str) -> None:
    assert built_in_role(name_or_id).name == "AcrPull"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("Storage Blob Data Contributer", "is no built-in role .*; nearest: .*Storage Blob Data Contributor"),
        ("00000000-0000-0000-0000-000000000000", "custom roles go by the GUID of their definition"),
    ],
)
def test_an_unknown_role_is_told_with_the_nearest(given: str, message: str) -> None:
    with pytest.raises(UnknownRoleError, match=message):
        built_in_role(given)


def test_the_table_is_whole() -> None:
    roles = built_in_roles()
    assert len({role.name.lower() for role in roles.values()}) == len(roles) > 200
    assert [guid for guid in roles if str(uuid.UUID(guid)) != guid] == []
    assert [role.name for role in roles.values() if not list(role.operations)] == []
    forms = re.compile(r"\*(/[A-Za-z]+)?|[A-Za-z.]+/.*[A-Za-z*]")
    odd = [(r.name, one) for r in roles.values() for one in r.operations if not forms.fullmatch(one)]
    assert odd == []
    assert str(built_in_role("Reader").source).endswith("(read 2026-11-29)")


@pytest.mark.parametrize("role", Role)
def test_every_role_that_code_names_is_in_the_table(role: Role) -> None:
    assert built_in_role(role).name == role


@pytest.mark.parametrize(
    ("role", "operation", "expected"),
    [
        ("Owner", "Microsoft.Authorization/roleAssignments/write", True),
        ("Contributor", "Microsoft.Resources/subscriptions/resourceGroups/write", True),
        ("Contributor", "Microsoft.Authorization/roleAssignments/write", False),
        ("Contributor", "Microsoft.Authorization/roleAssignments/read", True),
        ("Contributor", "Microsoft.Authorization/locks/delete", False),
        ("Reader", "Microsoft.Storage/storageAccounts/read", True),
        ("Reader", "Microsoft.Storage/storageAccounts/listKeys/action", False),
        ("User Access Administrator", "Microsoft.Authorization/roleAssignments/write", True),
        ("User Access Administrator", "Microsoft.Compute/virtualMachines/write", False),
        ("Role Based Access Control Administrator", "Microsoft.Authorization/roleAssignments/delete", True),
        ("Role Based Access Control Administrator", "Microsoft.Authorization/roleDefinitions/write", False),
        ("Locks Contributor", "Microsoft.Authorization/locks/write", True),
        ("AcrPull", "Microsoft.ContainerRegistry/registries/pull/read", True),
        ("AcrPull", "Microsoft.ContainerRegistry/registries/push/write", False),
        ("AcrPush", "Microsoft.ContainerRegistry/registries/push/write", True),
        ("AzureML Data Scientist", "Microsoft.MachineLearningServices/workspaces/jobs/write", True),
        ("AzureML Data Scientist", "Microsoft.MachineLearningServices/workspaces/computes/write", False),
        ("AzureML Data Scientist", "Microsoft.MachineLearningServices/workspaces/read", True),
        ("AzureML Data Scientist", "Microsoft.MachineLearningServices/workspaces/write", False),
        ("AzureML Compute Operator", "Microsoft.MachineLearningServices/workspaces/computes/write", True),
        ("Key Vault Contributor", "Microsoft.KeyVault/vaults/write", True),
        ("Network Contributor", "microsoft.network/VIRTUALNETWORKS/subnets/join/action", True),
        ("Private DNS Zone Contributor", "Microsoft.Network/privateDnsZones/A/write", True),
    ],
)
def test_what_a_role_permits_of_resources(role: str, operation: str, *, expected: bool) -> None:
    assert permits(built_in_role(role), operation) is expected


@pytest.mark.parametrize(
    ("role", "operation", "expected"),
    [
        ("Storage Blob Data Contributor", f"{BLOBS}/write", True),
        ("Storage Blob Data Contributor", f"{BLOBS}/delete", True),
        ("Storage Blob Data Contributor", f"{BLOBS}/manageOwnership/action", False),
        ("Storage Blob Data Owner", f"{BLOBS}/manageOwnership/action", True),
        ("Storage Blob Data Reader", f"{BLOBS}/read", True),
        ("Storage Blob Data Reader", f"{BLOBS}/write", False),
        ("Owner", f"{BLOBS}/read", False),
        ("Contributor", "Microsoft.KeyVault/vaults/secrets/getSecret/action", False),
        ("Key Vault Contributor", "Microsoft.KeyVault/vaults/secrets/getSecret/action", False),
        ("Key Vault Secrets User", "Microsoft.KeyVault/vaults/secrets/getSecret/action", True),
        ("Key Vault Secrets User", "Microsoft.KeyVault/vaults/secrets/setSecret/action", False),
        ("Key Vault Reader", "Microsoft.KeyVault/vaults/secrets/getSecret/action", False),
        ("Key Vault Crypto Service Encryption User", "Microsoft.KeyVault/vaults/keys/wrap/action", True),
        ("Azure Event Hubs Data Receiver", "Microsoft.EventHub/namespaces/messages/receive/action", True),
    ],
)
def test_what_a_role_permits_of_data(role: str, operation: str, *, expected: bool) -> None:
    assert permits(built_in_role(role), operation, data=True) is expected


def test_entries_subtract_within_themselves_and_add_up_among_each_other() -> None:
    everything_but = Permission(actions=("*",), not_actions=("Microsoft.Authorization/*/Write",))
    assignments = Permission(actions=("Microsoft.Authorization/roleAssignments/*",))
    write = "Microsoft.Authorization/roleAssignments/write"
    assert not everything_but.permits(write)
    assert assignments.permits(write)
    assert not Permission(actions=("Microsoft.Storage/*",)).permits("MicrosoftXStorage/accounts/read")


def test_a_role_may_stand_under_a_condition() -> None:
    (permission,) = built_in_role("Key Vault Data Access Administrator").permissions
    assert permission.permits("Microsoft.Authorization/roleAssignments/write")
    assert "ForAnyOfAnyValues:GuidEquals" in permission.condition


def test_a_table_without_roles_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/built_in_roles.json").write_text('{"roles": {}}', encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    with pytest.raises(FactsError, match=r"built_in_roles\.json has no roles"):
        built_in_roles.__wrapped__()
