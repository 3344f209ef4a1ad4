"""Small declared worlds: resources by type and id, as a rehearsal registers them."""

from __future__ import annotations

import datetime
import itertools

from azure_facts.guids import is_guid
from azure_facts.roles import built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/st"
CONTAINER = f"{ACCOUNT}/blobServices/default/containers/curated"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
WORKSPACE = f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-jobs"
PEOPLE = "a0000000-0000-4000-8000-000000000001"

_ORDER = itertools.count()


def resource(
    kind: str, logical: str, arm_id: str = "", outputs: dict[str, object] | None = None, /, **inputs: object
) -> Resource:
    """A resource of Azure: `storage:StorageAccount`."""
    return _resource(f"azure-native:{kind}", logical, arm_id, outputs, inputs)


def in_databricks(
    kind: str, logical: str, its_id: str = "", outputs: dict[str, object] | None = None, /, **inputs: object
) -> Resource:
    """A resource of Databricks: `Catalog`."""
    return _resource(f"databricks:index/{kind[0].lower()}{kind[1:]}:{kind}", logical, its_id, outputs, inputs)


def _resource(
    token: str, logical: str, its_id: str, outputs: dict[str, object] | None, inputs: dict[str, object]
) -> Resource:
    return Resource(
        urn=f"urn:pulumi:dev::p::{token}::{logical}",
        type=token,
        id=its_id or logical,
        order=next(_ORDER),
        inputs=inputs,
        outputs=outputs or {},
    )


def declared(*resources: Resource) -> World:
    """A world of these, in a group and an account that are declared."""
    return World(
        resources=(
            resource("resources:ResourceGroup", "rg", GROUP),
            resource("storage:StorageAccount", "st", ACCOUNT),
            *resources,
        ),
        today=datetime.date(2026, 11, 30),
    )


def assigned(role: str, scope: str, principal: str, name: str = "", **inputs: object) -> Resource:
    """A built-in role by its name, or a custom one by its GUID."""
    guid = role if is_guid(role) else built_in_role(role).guid
    return resource(
        "authorization:RoleAssignment",
        name or f"{role}-{scope.rpartition('/')[2]}",
        f"{scope}/providers/Microsoft.Authorization/roleAssignments/{role}-{principal}",
        principalId=principal,
        scope=scope,
        roleDefinitionId=f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}",
        **inputs,
    )


def jobs_identity() -> Resource:
    """A user-assigned identity; its object id is `JOBS`."""
    return resource("managedidentity:UserAssignedIdentity", "id-jobs", IDENTITY)


JOBS = principal_id(IDENTITY)
