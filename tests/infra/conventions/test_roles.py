"""The built-in role table, assignment names, merged grants."""

from __future__ import annotations

import uuid

import pytest

from infra.conventions.roles import (
    BUILT_IN_ROLES,
    Grant,
    Role,
    RoleError,
    merge_grants,
    role_assignment_name,
    role_guid,
)

SCOPE = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-mlplat-dev-weu"
GROUP = "aaaaaaaa-0000-0000-0000-000000000001"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def test_every_role_has_one_guid_of_its_own() -> None:
    assert set(BUILT_IN_ROLES) == set(Role)
    guids = [definition.guid for definition in BUILT_IN_ROLES.values()]
    assert len(set(guids)) == len(guids)
    assert all(str(uuid.UUID(guid)) == guid for guid in guids)
    assert all(
        definition.name == role.value and definition.source for role, definition in BUILT_IN_ROLES.items()
    )


@pytest.mark.parametrize(
    ("role", "guid"),
    [
        (Role.OWNER, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"),
        (Role.CONTRIBUTOR, "b24988ac-6180-42a0-ab88-20f7382dd24c"),
        (Role.READER, READER),
        (Role.AZUREML_DATA_SCIENTIST, "f6c7c914-8db3-469d-8ca1-694a8f32e121"),
        (Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        (Role.KEY_VAULT_SECRETS_USER, "4633458b-17de-408a-b874-0445c86b69e6"),
        (Role.ACR_PULL, "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
    ],
)
def test_well_known_guids(role: Role, guid: str) -> None:
    assert role_guid(role) == guid


def test_roles_that_only_read_do_not_write_and_the_others_do() -> None:
    silent = {"Reader", "Pull", "User", "Receiver", "Delegator"}
    for definition in BUILT_IN_ROLES.values():
        reads_only = any(definition.name.removesuffix(" Role").endswith(word) for word in silent)
        # A registry "user" may write every asset of an ML registry.
        expected = not reads_only or definition.name == "AzureML Registry User"
        assert definition.writes is expected, definition.name


def test_custom_roles_go_by_their_guid() -> None:
    assert role_guid("ABCDEF00-0000-0000-0000-000000000000") == "abcdef00-0000-0000-0000-000000000000"
    with pytest.raises(RoleError, match="'Job Observer' is neither a member of Role nor the GUID"):
        role_guid("Job Observer")


def test_assignment_names_never_change() -> None:
    """A changed name would make every deployed assignment a replacement, refused as RoleAssignmentExists."""
    assert role_assignment_name(SCOPE, GROUP, READER) == "e378ce7f-dba4-52b6-83a8-2c47169ff547"


def test_assignment_names_ignore_case_and_follow_each_of_the_three() -> None:
    name = role_assignment_name(SCOPE, GROUP, READER)
    assert role_assignment_name(SCOPE.upper() + "/", GROUP.upper(), READER.upper()) == name
    contributor = role_guid(Role.CONTRIBUTOR)
    others = {
        role_assignment_name(SCOPE + "x", GROUP, READER),
        role_assignment_name(SCOPE, GROUP.replace("1", "2"), READER),
        role_assignment_name(SCOPE, GROUP, contributor),
    }
    assert len(others | {name}) == 4


@pytest.mark.parametrize(
    ("scope", "principal", "role", "message"),
    [
        ("", GROUP, READER, "needs a scope and a principal: got ''"),
        (SCOPE, "", READER, "needs a scope and a principal"),
        (SCOPE, GROUP, "Reader", "role 'Reader' is not a role definition's GUID"),
    ],
)
def test_refused_assignments(scope: str, principal: str, role: str, message: str) -> None:
    with pytest.raises(RoleError, match=message):
        role_assignment_name(scope, principal, role)


def test_two_personas_with_one_group_send_one_assignment() -> None:
    merged = merge_grants(
        [
            Grant(SCOPE, GROUP, Role.READER, "auditors look"),
            Grant(SCOPE, GROUP, Role.CONTRIBUTOR, "admins run it"),
            Grant(SCOPE.lower(), GROUP.upper(), READER, "analysts look"),
            Grant(SCOPE, GROUP, Role.READER, "auditors look"),
            Grant(SCOPE, GROUP.replace("1", "2"), Role.READER, "others look"),
        ]
    )
    assert merged == (
        Grant(SCOPE, GROUP, Role.READER, "auditors look; analysts look"),
        Grant(SCOPE, GROUP, Role.CONTRIBUTOR, "admins run it"),
        Grant(SCOPE, GROUP.replace("1", "2"), Role.READER, "others look"),
    )
