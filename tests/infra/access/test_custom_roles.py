"""The platform's own roles: what they hold, what they are called, where they can be assigned."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from infra.conventions.custom_roles import (
    CUSTOM_ROLES,
    OPERATION_PATTERN,
    CustomRole,
    custom_role_guid,
    custom_role_name,
    escalations,
)
from infra.conventions.writing_roles import changes_something
from tests.infra.platforms import STACKS, rehearse_patched, rehearsed, resources_in

GROUP = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-forecast-dev-weu"
WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
OPERATIONS = Path(__file__).parents[2] / "data/machine_learning_operations.json"
"""What the resource provider knows; ARM refuses a role that names an operation which it does not."""

CLUSTER_OPERATIONS = {
    f"microsoft.containerservice/managedclusters/{operation}"
    for operation in ("read", "runcommand/action", "commandresults/read")
}
"""Those that access-private-cluster of AKS's documentation names, and reading the cluster."""


def definitions(rehearsal: Any) -> list[dict[str, Any]]:
    return [
        item
        for item in resources_in(rehearsal)
        if item["type"] == "azure-native:authorization:RoleDefinition"
    ]


def test_every_role_is_in_the_table() -> None:
    assert set(CUSTOM_ROLES) == set(CustomRole)


@pytest.mark.parametrize("role", CustomRole)
def test_a_role_writes_out_every_operation_once(role: CustomRole) -> None:
    actions = CUSTOM_ROLES[role].actions
    assert [action for action in actions if not re.fullmatch(OPERATION_PATTERN, action)] == []
    assert list(escalations(actions)) == []
    assert len({action.lower() for action in actions}) == len(actions)


def known_operations() -> set[str]:
    rows = json.loads(OPERATIONS.read_text(encoding="utf-8"))["operations"].items()
    return CLUSTER_OPERATIONS | {
        f"Microsoft.MachineLearningServices/{resource}/{verb}".lower()
        for resource, verbs in rows
        for verb in verbs.split()
    }


@pytest.mark.parametrize("role", CustomRole)
def test_azure_has_every_operation_of_a_role(role: CustomRole) -> None:
    known = known_operations()
    assert [action for action in CUSTOM_ROLES[role].actions if action.lower() not in known] == []


def test_who_changes_something_and_who_only_looks() -> None:
    assert {role: CUSTOM_ROLES[role].writes for role in CustomRole} == {
        CustomRole.ML_DATA_SCIENTIST_WITHOUT_COMPUTE: True,
        CustomRole.ML_JOB_OBSERVER: False,
        CustomRole.ML_RUN_TRACKER: True,
        CustomRole.ML_HOUSEKEEPER: True,
        CustomRole.ML_INSTANCE_USER: True,
        CustomRole.ML_ENDPOINT_CALLER: False,
        CustomRole.ML_REGISTRY_READER: False,
        CustomRole.ML_REGISTRY_PROMOTER: True,
        CustomRole.AKS_COMMAND_RUNNER: True,
    }


@pytest.mark.parametrize("role", [CustomRole.ML_RUN_TRACKER, CustomRole.ML_HOUSEKEEPER])
def test_what_jobs_hold_changes_runs_and_at_most_models(role: CustomRole) -> None:
    changing = {
        action.removeprefix(f"{WORKSPACE}/").partition("/")[0]
        for action in CUSTOM_ROLES[role].actions
        if changes_something(action)
    }
    tracked = {"experiments", "jobs", "metadata", "metrics", "models"}
    assert changing == (tracked if role is CustomRole.ML_RUN_TRACKER else {"experiments", "jobs"})
    assert not [action for action in CUSTOM_ROLES[role].actions if action.endswith(("/delete", "/action"))]


def test_a_data_scientist_creates_no_compute_and_deploys_nothing() -> None:
    changing = [
        action
        for action in CUSTOM_ROLES[CustomRole.ML_DATA_SCIENTIST_WITHOUT_COMPUTE].actions
        if changes_something(action)
    ]
    parts = ("computes", "onlineEndpoints", "batchEndpoints", "datastores", "connections", "schedules")
    assert sorted(
        action.removeprefix(f"{WORKSPACE}/") for action in changing if action.split("/")[2] in parts
    ) == [
        # A job of a batch endpoint that somebody else deployed.
        "batchEndpoints/deployments/jobs/write",
        "batchEndpoints/jobs/write",
        "computes/applicationaccess/action",
        "computes/applicationaccessuilinks/action",
        "computes/restart/action",
        "computes/start/action",
        "computes/stop/action",
    ]


def test_an_instance_user_changes_nothing_but_whether_a_machine_runs() -> None:
    actions = CUSTOM_ROLES[CustomRole.ML_INSTANCE_USER].actions
    assert sorted(
        action.removeprefix(f"{WORKSPACE}/") for action in actions if changes_something(action)
    ) == [
        "computes/applicationaccess/action",
        "computes/applicationaccessuilinks/action",
        "computes/restart/action",
        "computes/start/action",
        "computes/stop/action",
    ]


def test_an_endpoint_caller_reads_and_scores() -> None:
    assert CUSTOM_ROLES[CustomRole.ML_ENDPOINT_CALLER].actions == (
        f"{WORKSPACE}/read",
        f"{WORKSPACE}/onlineEndpoints/read",
        f"{WORKSPACE}/onlineEndpoints/deployments/read",
        f"{WORKSPACE}/onlineEndpoints/score/action",
        f"{WORKSPACE}/onlineEndpoints/token/action",
    )


def test_the_registry_roles() -> None:
    registry = "Microsoft.MachineLearningServices/registries"
    reader = CUSTOM_ROLES[CustomRole.ML_REGISTRY_READER].actions
    assert reader == (f"{registry}/read", f"{registry}/assets/read")
    assert CUSTOM_ROLES[CustomRole.ML_REGISTRY_PROMOTER].actions == (
        *reader,
        f"{registry}/assets/write",
        f"{registry}/assets/stage/write",
    )


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ("*", "has a wildcard"),
        (f"{WORKSPACE}/*/read", "has a wildcard"),
        ("Microsoft.Authorization/*", "has a wildcard"),
        ("Microsoft.Authorization/roleAssignments/write", "give himself any right"),
        ("microsoft.authorization/ROLEDEFINITIONS/Write", "give himself any right"),
        ("Microsoft.Authorization/elevateAccess/action", "give himself any right"),
        ("Microsoft.Authorization/locks/delete", "give himself any right"),
        ("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", "act as an identity"),
        (
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
            "act as an identity",
        ),
        ("Microsoft.KeyVault/vaults/accessPolicies/write", "open the vault to himself"),
        ("Microsoft.Storage/storageAccounts/listKeys/action", "hands out a key"),
        (f"{WORKSPACE}/listStorageAccountKeys/action", "hands out a key"),
        (f"{WORKSPACE}/datastores/listsecrets/action", "hands out a key"),
        (
            "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
            "hands out a key",
        ),
    ],
)
def test_an_operation_that_could_escalate_is_told(action: str, why: str) -> None:
    ((found, message),) = escalations([f"{WORKSPACE}/jobs/read", action])
    assert found == action
    assert why in message


def test_reading_who_has_access_is_no_escalation() -> None:
    assert list(escalations(["Microsoft.Authorization/roleAssignments/read"])) == []


def test_guids_never_change_and_follow_scope_and_role() -> None:
    """A changed GUID would be a second role of the same name, refused as RoleDefinitionWithSameNameExists."""
    guid = custom_role_guid(CustomRole.ML_JOB_OBSERVER, GROUP)
    assert guid == "e1ca4c8a-e835-51b2-ab74-bd3d9c3b90be"
    assert custom_role_guid(CustomRole.ML_JOB_OBSERVER, GROUP.upper() + "/") == guid
    every = {custom_role_guid(role, scope) for role in CustomRole for scope in (GROUP, GROUP + "x")}
    assert len(every) == 2 * len(CustomRole)
    assert all(str(uuid.UUID(item)) == item for item in every)


def test_names_carry_workload_and_environment() -> None:
    assert custom_role_name(CustomRole.ML_ENDPOINT_CALLER, "forecast", "dev") == (
        "ML endpoint caller (forecast dev)"
    )


@pytest.mark.parametrize("stack", STACKS)
def test_each_environment_defines_every_role_in_its_own_resource_group(stack: str) -> None:
    found = definitions(rehearsed(stack))
    (group,) = {item["inputs"]["scope"] for item in found}
    assert group.endswith(f"/resourceGroups/rg-forecast-{stack}-weu")
    assert {item["inputs"]["roleDefinitionId"] for item in found} == {
        custom_role_guid(role, group) for role in CustomRole
    }
    assert {item["inputs"]["roleName"] for item in found} == {
        custom_role_name(role, "forecast", stack) for role in CustomRole
    }
    for item in found:
        (permission,) = item["inputs"]["permissions"]
        assert item["inputs"]["assignableScopes"] == [group]
        assert [action for action in permission["actions"] if "*" in action] == []
        assert permission["dataActions"] == permission["notActions"] == permission["notDataActions"] == []


@pytest.mark.parametrize("stack", STACKS)
def test_an_assignment_of_our_own_role_waits_for_its_definition(stack: str) -> None:
    world = rehearsed(stack).world
    by_guid = {
        item.text("roleDefinitionId"): item
        for item in world.of_types(("azure-native:authorization:RoleDefinition",))
    }
    waiting = [
        (assignment, by_guid[guid])
        for assignment in world.of_types(("azure-native:authorization:RoleAssignment",))
        if (guid := assignment.text("roleDefinitionId").rpartition("/")[2]) in by_guid
    ]
    assert waiting
    assert [item.name for item, definition in waiting if not world.depends_on(item, definition)] == []


def test_settings_can_add_operations_to_a_role() -> None:
    action = f"{WORKSPACE}/features/read"
    added = {"custom_role_actions": {"ml-job-observer": [action]}}
    patch = {"access": added, "databricks": None, "data_factory": None, "serving": None}
    (observer,) = [
        item
        for item in definitions(rehearse_patched(patch, base="prod"))
        if item["name"] == "role-ml-job-observer"
    ]
    expected = [*CUSTOM_ROLES[CustomRole.ML_JOB_OBSERVER].actions, action]
    assert observer["inputs"]["permissions"][0]["actions"] == expected


def test_who_runs_commands_in_the_cluster_is_a_setting() -> None:
    patch = {
        "access": {"cluster_commands": ["platform_admin", "platform_admin"]},
        "serving": {"cluster": {"run_command": True}},
    }
    rehearsal = rehearse_patched(patch)
    assert not [warning for warning in rehearsal.warnings if warning.rule == "KS300"]
    guid = custom_role_guid(CustomRole.AKS_COMMAND_RUNNER, GROUP.replace("-dev-", "-test-"))
    (given,) = [
        item["inputs"]
        for item in resources_in(rehearsal)
        if item["type"] == "azure-native:authorization:RoleAssignment"
        and item["inputs"]["roleDefinitionId"].endswith(guid)
    ]
    assert given["principalId"] == "a0000000-0000-4000-8000-000000000001"
    assert "/managedClusters/" in given["scope"]
