"""Which roles and operations count as writing."""

from __future__ import annotations

import pytest

from azure_facts.roles import built_in_role
from infra.conventions import writing_roles as module
from infra.conventions.writing_roles import changes_something, role_changes_something, writing_roles


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Reader", False),
        ("Contributor", True),
        ("AcrPull", False),
        ("AcrPush", True),
        ("AzureML Registry User", True),  # A registry "user" may write every asset of an ML registry.
        ("AzureML Compute Operator", True),
        ("Storage Blob Data Reader", False),
        ("Storage Blob Delegator", False),
        ("Storage Queue Data Message Sender", True),
        ("Reader and Data Access", True),  # It hands out the account's keys.
        ("Key Vault Reader", False),
        ("Key Vault Secrets User", False),
        ("Key Vault Crypto User", False),
        ("Key Vault Crypto Officer", True),
        ("Key Vault Crypto Service Encryption User", False),
        ("Azure Kubernetes Service Cluster User Role", False),
        ("Azure Kubernetes Service Cluster Admin Role", True),  # It hands out the administrator's credential.
        ("Azure Kubernetes Service RBAC Reader", False),
        ("Azure Event Hubs Data Receiver", False),
        ("Azure Event Hubs Data Sender", True),
        ("Cosmos DB Account Reader Role", False),
        ("Log Analytics Reader", False),
        ("Cost Management Reader", False),
        ("User Access Administrator", True),
    ],
)
def test_who_changes_something(role: str, *, expected: bool) -> None:
    found = built_in_role(role)
    assert role_changes_something(found) is expected
    assert (found.guid in writing_roles()) is expected


def test_what_is_judged_otherwise_would_count_as_writing() -> None:
    judged = module._JUDGED_READING
    assert [name for name in judged if role_changes_something(built_in_role(name))] == []
    assert [
        name for name in judged if all(not changes_something(one) for one in built_in_role(name).operations)
    ] == []


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("Microsoft.MachineLearningServices/workspaces/jobs/read", False),
        ("Microsoft.MachineLearningServices/workspaces/jobs/write", True),
        ("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action", False),
        ("Microsoft.MachineLearningServices/workspaces/computes/start/action", True),
        ("Microsoft.Storage/storageAccounts/*", True),
        ("Microsoft.Storage/*/read", False),
    ],
)
def test_which_operations_change_something(operation: str, *, expected: bool) -> None:
    assert changes_something(operation) is expected
