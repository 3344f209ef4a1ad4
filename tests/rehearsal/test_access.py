"""The report's section 'Access' and the inventory's `access`, for any program."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from azure_facts.roles import built_in_role
from rehearsal.access import access_grants
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.values import Json
from rehearsal.report import render
from rehearsal.run import Rehearsal, rehearse

Project = Callable[..., Path]

SUBSCRIPTION = "33333333-3333-3333-3333-333333333333"
GROUP = "a0000000-0000-4000-8000-000000000001"

PROGRAM = f"""
import pulumi
from pulumi_azure_native import authorization, managedidentity, resources, storage
ROLES = "/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
account = storage.StorageAccount("account", resource_group_name=rg.name, account_name="stmldev", location="westeurope",
    kind="StorageV2", sku={{"name": "Standard_LRS"}}, minimum_tls_version="TLS1_2")
identity = managedidentity.UserAssignedIdentity("jobs", resource_group_name=rg.name, resource_name_="id-jobs",
    location="westeurope")
lister = authorization.RoleDefinition("lister", scope=rg.id, role_definition_id="b0000000-0000-4000-8000-000000000001",
    role_name="Lists things (ml dev)", assignable_scopes=[rg.id],
    permissions=[{{"actions": ["Microsoft.Storage/storageAccounts/read"]}}])
def assign(name, number, scope, principal, kind, role, **more):
    authorization.RoleAssignment(name, role_assignment_name=f"c0000000-0000-4000-8000-00000000000{{number}}",
        scope=scope, principal_id=principal, principal_type=kind, role_definition_id=role, **more)
assign("one", 1, account.id, identity.principal_id, "ServicePrincipal",
    ROLES + "ba92f5b4-2d11-453d-a403-e96b0029c9fe")
assign("two", 2, rg.id, "{GROUP}", "Group", lister.id, description="auditors look")
assign("three", 3, "/subscriptions/{SUBSCRIPTION}", "{GROUP}", "Group",
    ROLES + "f58310d9-a9f6-439a-9e8d-f62e7b41a168", condition="(…)", condition_version="2.0")
assign("four", 4,
    "/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-other/providers/Microsoft.Storage/storageAccounts/stother"
    "/blobServices/default/containers/raw",
    "{GROUP}", "Group", ROLES + "d0000000-0000-4000-8000-00000000000f")
"""


def run(project: Project, program: str) -> Rehearsal:
    return rehearse(project(program), "dev", today=datetime.date(2026, 11, 21))


def section(report: str) -> str:
    start = report.index("Access (")
    return report[start : report.index("\n\n", start)]


def test_the_section_says_who_may_do_what_where(project: Project) -> None:
    assert (
        section(render(run(project, PROGRAM)))
        == f"""\
Access (4 roles and permissions of 2 principals):
  Group {GROUP}
    role d0000000-0000-4000-8000-00000000000f on Microsoft.Storage/storageAccounts/blobServices/containers stother/raw
    Lists things (ml dev) on resources.ResourceGroup rg-ml-dev (auditors look)
    Role Based Access Control Administrator on subscription {SUBSCRIPTION}, under a condition
  ServicePrincipal id-jobs
    Storage Blob Data Contributor on storage.StorageAccount stmldev"""
    )


def test_the_inventory_has_the_same_rows(project: Project) -> None:
    rows = json.loads(run(project, PROGRAM).inventory.to_json())["access"]
    assert [(row["principal"], row["role"], row["scope"]) for row in rows] == [
        (
            GROUP,
            "role d0000000-0000-4000-8000-00000000000f",
            "Microsoft.Storage/storageAccounts/blobServices/containers stother/raw",
        ),
        (GROUP, "Lists things (ml dev)", "resources.ResourceGroup rg-ml-dev"),
        (GROUP, "Role Based Access Control Administrator", f"subscription {SUBSCRIPTION}"),
        ("id-jobs", "Storage Blob Data Contributor", "storage.StorageAccount stmldev"),
    ]
    assert rows[2]["condition"] == "(…)"
    assert set(rows[0]) == {
        "condition",
        "description",
        "principal",
        "principalType",
        "role",
        "scope",
        "urn",
    }


WORKSPACE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/dbw"


def test_a_program_that_grants_nothing_has_no_section(project: Project) -> None:
    result = run(project, "import pulumi\n")
    assert "Access" not in render(result)
    assert json.loads(result.inventory.to_json())["access"] == []


def test_what_only_the_service_knows_is_said_in_words() -> None:
    inputs: dict[str, Json] = {
        "principalId": "[unknown]",
        "roleDefinitionId": "[unknown]",
        "scope": "[unknown]",
    }
    assignment = described("azure-native:authorization:RoleAssignment", inputs)
    (grant,) = access_grants([assignment])
    assert (grant.principal, grant.role, grant.scope) == (
        "a principal known after deployment (RoleAssignment roleassignment)",
        "a role known after deployment (RoleAssignment roleassignment)",
        "a scope known after deployment (RoleAssignment roleassignment)",
    )


def test_identities_that_a_service_makes_go_by_the_service(project: Project) -> None:
    program = PROGRAM + (
        "from pulumi_azure_native import databricks\n"
        'connector = databricks.AccessConnector("connector", resource_group_name=rg.name, connector_name="dbac",\n'
        '    location="westeurope", identity={"type": "SystemAssigned"})\n'
        'assign("five", 5, account.id, connector.identity.apply(lambda it: it.principal_id), "ServicePrincipal",\n'
        '    ROLES + "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1")\n'
    )
    grants = run(project, program).inventory.access
    assert [grant.principal for grant in grants if grant.role == "Storage Blob Data Reader"] == ["dbac"]


def test_an_object_id_that_a_resource_was_given_is_not_named_after_it() -> None:
    vault = described(
        "azure-native:keyvault:Vault",
        {"properties": {"accessPolicies": [{"objectId": GROUP}]}},
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv",
    )
    assignment = described("azure-native:authorization:RoleAssignment", {"principalId": GROUP})
    (grant,) = access_grants([vault, assignment])
    assert grant.principal == GROUP


@pytest.mark.parametrize(
    ("role", "scope", "admins"),
    [
        ("Contributor", "/subscriptions/s/resourceGroups/g", 1),
        ("Owner", "/subscriptions/s", 1),
        ("Contributor", WORKSPACE, 1),
        ("Reader", WORKSPACE, 0),
        ("Contributor", "/subscriptions/s/resourceGroups/another", 0),
        ("Contributor", "/subscriptions/s/resourceGroups/g2", 0),
    ],
)
def test_a_role_that_makes_an_admin_of_databricks_is_told_as_one(role: str, scope: str, admins: int) -> None:
    workspace = described("azure-native:databricks:Workspace", {}, WORKSPACE)
    assignment = described(
        "azure-native:authorization:RoleAssignment",
        {
            "principalId": GROUP,
            "principalType": "ServicePrincipal",
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(role).guid}",
            "scope": scope,
        },
    )
    found = [
        one for one in access_grants([workspace, assignment]) if one.role == "workspace admin in Databricks"
    ]
    assert [(one.principal, one.scope) for one in found] == [(GROUP, "databricks.Workspace dbw")] * admins


DATABRICKS = "databricks:index/"
CLUSTER = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks"


def described(
    resource_type: str, inputs: dict[str, Json], resource_id: str = "", **outputs: Json
) -> InventoryResource:
    name = resource_type.rpartition(":")[2].lower()
    return InventoryResource(
        urn=f"urn:{name}",
        type=resource_type,
        name=name,
        id=resource_id,
        inputs=inputs,
        outputs={**inputs, **outputs},
    )


JOBS = described(
    f"{DATABRICKS}servicePrincipal:ServicePrincipal", {"displayName": "jobs"}, "7", applicationId="app-7"
)
POOL = described(f"{DATABRICKS}instancePool:InstancePool", {"instancePoolName": "training"}, "pool-1")
MEMBERS = described(
    f"{DATABRICKS}permissionAssignment:PermissionAssignment",
    {"groupName": "analysts", "permissions": ["USER"]},
    "42",
)


@pytest.mark.parametrize(
    ("resource", "rows"),
    [
        (
            described(
                f"{DATABRICKS}permissions:Permissions",
                {
                    "instancePoolId": "pool-1",
                    "accessControls": [{"servicePrincipalName": "app-7", "permissionLevel": "CAN_ATTACH_TO"}],
                },
            ),
            [("ServicePrincipal", "jobs", "CAN_ATTACH_TO", "databricks.InstancePool training")],
        ),
        (
            described(
                f"{DATABRICKS}grants:Grants",
                {
                    "schema": "lake.sales",
                    "grants": [{"principal": "analysts", "privileges": ["SELECT", "USE_SCHEMA"]}],
                },
            ),
            [
                ("Group", "analysts", "SELECT", "schema lake.sales"),
                ("Group", "analysts", "USE_SCHEMA", "schema lake.sales"),
            ],
        ),
        (
            described(
                f"{DATABRICKS}grant:Grant",
                {"catalog": "lake", "principal": "someone", "privileges": ["USE_CATALOG"]},
            ),
            [("", "someone", "USE_CATALOG", "catalog lake")],
        ),
        (
            described(
                f"{DATABRICKS}secretAcl:SecretAcl",
                {"scope": "kv", "principal": "analysts", "permission": "READ"},
            ),
            [("Group", "analysts", "READ", "secret scope kv")],
        ),
        (
            described(
                f"{DATABRICKS}entitlements:Entitlements",
                {"groupId": "42", "allowClusterCreate": True, "workspaceAccess": False},
            ),
            [("Group", "analysts", "may create clusters", "the Databricks workspace")],
        ),
        (
            described(f"{DATABRICKS}groupMember:GroupMember", {"groupId": "42", "memberId": "7"}),
            [("", "jobs", "member", "analysts")],
        ),
        (
            described(
                "azure-native:keyvault:Vault",
                {
                    "properties": {
                        "accessPolicies": [
                            {"objectId": GROUP, "permissions": {"secrets": ["get"], "keys": []}}
                        ]
                    }
                },
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv",
            ),
            [("", GROUP, "secrets: get", "key vault kv")],
        ),
        (
            described(
                "azure-native:managedidentity:FederatedIdentityCredential",
                {"subject": "repo:org/app:ref:refs/heads/main", "issuer": "https://token.example.com"},
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-ci"
                "/federatedIdentityCredentials/main",
            ),
            [
                (
                    "Workload",
                    "repo:org/app:ref:refs/heads/main of https://token.example.com",
                    "acts as",
                    "Microsoft.ManagedIdentity/userAssignedIdentities id-ci",
                )
            ],
        ),
        (
            described(
                "azure-native:containerservice:ManagedCluster",
                {"aadProfile": {"adminGroupObjectIDs": [GROUP]}},
                CLUSTER,
            ),
            [("Group", GROUP, "cluster administrator", "containerservice.ManagedCluster aks")],
        ),
        (
            described(f"{DATABRICKS}permissions:Permissions", {"jobId": "[unknown]", "accessControls": [{}]}),
            [
                (
                    "",
                    "a principal known after deployment (Permissions permissions)",
                    "",
                    "an object known after deployment (Permissions permissions)",
                )
            ],
        ),
    ],
    ids=lambda value: value.type.rpartition(":")[2] if isinstance(value, InventoryResource) else "",
)
def test_lists_that_services_keep_are_read_too(
    resource: InventoryResource, rows: list[tuple[str, str, str, str]]
) -> None:
    found = access_grants([JOBS, POOL, MEMBERS, resource])
    told = [
        (row.principal_type, row.principal, row.role, row.scope) for row in found if row.urn == resource.urn
    ]
    assert told == rows


def test_two_containers_of_one_name_are_told_apart(project: Project) -> None:
    other = PROGRAM.replace("stother", "stanother")
    scopes = [{row.scope for row in run(project, text).inventory.access} for text in (PROGRAM, other)]
    assert scopes[0] != scopes[1]
