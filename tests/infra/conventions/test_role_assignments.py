"""Assignment names, and grants that are merged."""

from __future__ import annotations

import pytest

from azure_facts.roles import Role
from infra.conventions.role_assignments import (
    Grant,
    RoleError,
    merge_grants,
    role_assignment_name,
    role_guid,
)

SCOPE = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-mlplat-dev-weu"
GROUP = "aaaaaaaa-0000-0000-0000-000000000001"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


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
