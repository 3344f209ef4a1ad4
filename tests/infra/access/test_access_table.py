"""Who may do what, where: the tables, and that each environment grants exactly what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from azure_facts.roles import Role, built_in_role
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.identity_table import IDENTITY_TABLE
from infra.access.table import (
    ACCESS_TABLE,
    CROSS_ENVIRONMENT_ROLES,
    LAKE_SCOPES,
    AccessScope,
    role_writes,
    rows_for,
)
from infra.conventions.custom_roles import CustomRole, custom_role_guid
from infra.settings.access import Persona
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import content_of
from infra.settings.ml import ManagedNetworkIsolation
from infra.settings.ml_data import DatastoreAccess
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import (
    ALL,
    STACKS,
    rehearse_patched,
    resources_of,
)
from tests.infra.stack_settings import settings_of

PROD, NONPROD = EnvironmentKind.PROD, EnvironmentKind.NONPROD


PEOPLE = {
    "dev": {
        "platform_admin": [
            "Azure Kubernetes Service RBAC Cluster Admin on aks",
            "Contributor on resource-group",
            "Key Vault Reader on secret-scope-vault",
            "Key Vault Secrets Officer on key-vault",
        ],
        "ml_engineer": [
            "AcrPush on container-registry",
            "Azure Kubernetes Service Cluster User Role on aks",
            "Azure Kubernetes Service RBAC Reader on aks",
            "AzureML Compute Operator on ml-workspace",
            "AzureML Data Scientist on ml-workspace",
            "Key Vault Secrets Officer on key-vault",
            "Reader on resource-group",
            "Storage Blob Data Contributor on lake-features",
            "Storage Blob Data Contributor on lake-predictions",
            "Storage Blob Data Contributor on ml-storage",
            "Storage Blob Data Reader on lake-curated",
            "Storage Blob Data Reader on lake-raw",
            "Storage File Data Privileged Contributor on ml-storage",
        ],
        "data_scientist": [
            "Storage Blob Data Contributor on lake-features",
            "Storage Blob Data Contributor on lake-predictions",
            "Storage Blob Data Contributor on ml-storage",
            "Storage Blob Data Reader on lake-curated",
            "Storage Blob Data Reader on lake-raw",
            "Storage File Data Privileged Contributor on ml-storage",
            "ml-data-scientist-without-compute on ml-workspace",
        ],
        "data_engineer": [
            "Key Vault Secrets Officer on key-vault",
            "Reader on resource-group",
            "Storage Blob Data Contributor on lake-curated",
            "Storage Blob Data Contributor on lake-features",
            "Storage Blob Data Contributor on lake-raw",
            "Storage Blob Data Reader on lake-predictions",
        ],
        "analyst": ["ml-endpoint-caller on ml-workspace"],
        "auditor": [
            "Key Vault Reader on key-vault",
            "Key Vault Reader on secret-scope-vault",
            "Reader on resource-group",
        ],
        "ci": [
            "AcrPush on container-registry",
            "AzureML Data Scientist on ml-workspace",
            "Key Vault Secrets Officer on key-vault",
            "Key Vault Secrets Officer on secret-scope-vault",
            "Storage Blob Data Contributor on ml-storage",
        ],
    },
    "prod": {
        "platform_admin": [
            "Azure Kubernetes Service Cluster User Role on aks",
            "Azure Kubernetes Service RBAC Reader on aks",
            "Key Vault Reader on key-vault",
            "Key Vault Reader on secret-scope-vault",
            "Reader on resource-group",
        ],
        "ml_engineer": [
            "Reader on resource-group",
            "Storage Blob Data Reader on lake-curated",
            "Storage Blob Data Reader on lake-features",
            "Storage Blob Data Reader on lake-predictions",
            "ml-instance-user on ml-workspace",
        ],
        "data_scientist": [
            "Storage Blob Data Reader on lake-curated",
            "Storage Blob Data Reader on lake-features",
            "Storage Blob Data Reader on lake-predictions",
            "ml-job-observer on ml-workspace",
            "ml-registry-reader on ml-registry",
        ],
        "data_engineer": [
            "Reader on resource-group",
            "Storage Blob Data Reader on lake-curated",
            "Storage Blob Data Reader on lake-features",
            "Storage Blob Data Reader on lake-predictions",
            "Storage Blob Data Reader on lake-raw",
        ],
        "analyst": ["ml-endpoint-caller on ml-workspace"],
        "auditor": [
            "Key Vault Reader on key-vault",
            "Key Vault Reader on secret-scope-vault",
            "Reader on resource-group",
        ],
        "ci": [
            "AcrPush on container-registry",
            "AzureML Data Scientist on ml-workspace",
            "Key Vault Secrets Officer on key-vault",
            "Key Vault Secrets Officer on secret-scope-vault",
            "Storage Blob Data Contributor on ml-storage",
            "ml-registry-promoter on ml-registry",
        ],
    },
}
"""What each environment lets each persona do. In prod dev's scientists and engineers are the same groups, and read the
ML storage as readers from another environment."""

SCOPE_OF_TYPE = {
    "Microsoft.Network/privateEndpoints": AccessScope.PRIVATE_ENDPOINT,
    "Microsoft.Insights/privateLinkScopes": AccessScope.PRIVATE_LINK_SCOPE,
    "Microsoft.MachineLearningServices/workspaces": AccessScope.ML_WORKSPACE,
    "Microsoft.Storage/storageAccounts": AccessScope.ML_STORAGE,
    "Microsoft.KeyVault/vaults": AccessScope.KEY_VAULT,
    "Microsoft.KeyVault/vaults/secrets": AccessScope.KEY_VAULT_SECRET,
    "Microsoft.Synapse/workspaces/sqlPools": AccessScope.SYNAPSE_SQL_POOL,
    "Microsoft.MachineLearningServices/registries": AccessScope.ML_REGISTRY,
    "Microsoft.Databricks/workspaces": AccessScope.DATABRICKS_WORKSPACE,
    "Microsoft.ContainerRegistry/registries": AccessScope.CONTAINER_REGISTRY,
    "Microsoft.Insights/components": AccessScope.APPLICATION_INSIGHTS,
    "Microsoft.ContainerService/managedClusters": AccessScope.AKS,
    "Microsoft.Network/virtualNetworks/subnets": AccessScope.AKS_SUBNET,
    "Microsoft.Network/virtualNetworks": AccessScope.AKS_NETWORK,
    "Microsoft.Network/privateDnsZones": AccessScope.AKS_API_ZONE,
    "Microsoft.Storage/storageAccounts/blobServices/containers": AccessScope.DATA_CONTAINER,
}

Granted = tuple[str, AccessScope, Role | CustomRole]


def azure_resources(stack: str, resource_type: str) -> list[dict[str, Any]]:
    return [item for item in resources_of(stack) if item["type"] == f"azure-native:{resource_type}"]


def scope_of(arm_id: str, stack: str) -> AccessScope:
    """Fails on any scope that the table does not know, a subscription above all."""
    vaults = {item["id"]: item["name"] for item in azure_resources(stack, "keyvault:Vault")}
    if vaults.get(arm_id) == "key-key-vault":
        return AccessScope.ENCRYPTION_KEY_VAULT
    if vaults.get(arm_id, "").startswith("scope-"):
        return AccessScope.SECRET_SCOPE_VAULT
    accounts = {item["id"]: item["name"] for item in azure_resources(stack, "storage:StorageAccount")}
    if accounts.get(arm_id) == "lake":
        return AccessScope.LAKE_ACCOUNT
    _, _, below = arm_id.partition("/providers/")
    if not below:
        assert len(arm_id.strip("/").split("/")) == 4, f"{arm_id} is wider than a resource group"
        return AccessScope.RESOURCE_GROUP
    parts = below.split("/")
    return SCOPE_OF_TYPE["/".join([parts[0], *parts[1::2]])]


def instance_owners(settings: PlatformSettings) -> dict[str, str]:
    instances = settings.ml.compute_instances.values() if settings.ml else ()
    return {item.assigned_user_object_id: IdentityPurpose.INSTANCE_OWNER for item in instances}


def granted(stack: str) -> Iterator[Granted]:
    """The role assignments of a rehearsed stack, with our words in the place of ids."""
    group_id = azure_resources(stack, "resources:ResourceGroup")[0]["id"]
    roles: dict[str, Role | CustomRole] = {built_in_role(role).guid: role for role in Role}
    roles |= {custom_role_guid(role, group_id): role for role in CustomRole}
    identities = {
        item["outputs"]["principalId"]: item["name"].removesuffix("-identity")
        for item in azure_resources(stack, "managedidentity:UserAssignedIdentity")
    }
    identities = {
        principal: IdentityPurpose.APP if name.startswith("app-") else name
        for principal, name in identities.items()
    }
    for cluster in azure_resources(stack, "containerservice:ManagedCluster"):
        kubelet = cluster["outputs"]["identityProfile"]["kubeletidentity"]["objectId"]
        identities[kubelet] = IdentityPurpose.AKS_NODES
    for workspace in azure_resources(stack, "databricks:Workspace"):
        for output, purpose in (
            ("managedDiskIdentity", IdentityPurpose.DATABRICKS_DISKS),
            ("storageAccountIdentity", IdentityPurpose.DATABRICKS_STORAGE),
        ):
            identities[workspace["outputs"].get(output, {}).get("principalId")] = purpose
    identities |= system_identities(stack)
    settings = settings_of(stack)
    identities |= instance_owners(settings)
    identities[settings.encryption.databricks_application_object_id] = IdentityPurpose.DATABRICKS_APPLICATION
    identities |= databricks_identities(settings)
    for item in azure_resources(stack, "authorization:RoleAssignment"):
        inputs = item["inputs"]
        principal = inputs["principalId"]
        scope = scope_of(inputs["scope"], stack)
        if scope is AccessScope.SECRET_SCOPE_VAULT and principal in identities:
            # Databricks reads whichever vault a scope shows; what a vault of its own closes is closed to people.
            scope = AccessScope.KEY_VAULT
        if scope is AccessScope.DATA_CONTAINER and principal not in identities:
            # People are let into zones of the lake, programs into containers whatever they hold.
            zones = settings_of(stack).lake
            assert zones is not None
            key = inputs["scope"].rpartition("/")[2]
            content = content_of(key, zones.zones[key])
            assert content is not None
            scope = LAKE_SCOPES[content]
        yield (
            str(identities.get(principal, principal)),
            scope,
            roles[inputs["roleDefinitionId"].rpartition("/")[2]],
        )


def system_identities(stack: str) -> dict[str | None, IdentityPurpose]:
    """Those that Azure makes with a resource."""
    kinds = (
        ("databricks:AccessConnector", IdentityPurpose.DATABRICKS_CONNECTOR),
        ("datafactory:Factory", IdentityPurpose.DATA_FACTORY),
        ("dataprotection:BackupVault", IdentityPurpose.BACKUP_VAULT),
        ("synapse:Workspace", IdentityPurpose.SYNAPSE),
        ("machinelearningservices:Workspace", IdentityPurpose.ML_WORKSPACE_SYSTEM),
        ("machinelearningservices:Compute", IdentityPurpose.SCORING_CLUSTER),
    )
    return {
        (item["outputs"].get("identity") or {}).get("principalId"): purpose
        for kind, purpose in kinds
        for item in azure_resources(stack, kind)
    }


def databricks_identities(settings: PlatformSettings) -> dict[str | None, IdentityPurpose]:
    """Those that settings name by object id."""
    given = settings.databricks
    if given is None:
        return {}
    found: dict[str | None, IdentityPurpose] = {
        given.databricks_application_object_id: IdentityPurpose.DATABRICKS_APPLICATION,
        given.jobs_service_principal_object_id: IdentityPurpose.DATABRICKS_JOBS,
    }
    if given.ml_tracking and given.ml_tracking.people:
        found[given.ml_tracking.people.object_id] = IdentityPurpose.DATABRICKS_PEOPLE
    return found


def conditions_of(settings: PlatformSettings) -> set[Condition]:
    held = {Condition.ALWAYS}
    if settings.ml and settings.ml.workspace.managed_network is not ManagedNetworkIsolation.DISABLED:
        held.add(Condition.MANAGED_NETWORK)
    if isinstance(settings.network, PrivateNetwork):
        held |= cluster_conditions(settings, settings.network)
        if settings.ml and not settings.network.private_link_scope_id:
            held.add(Condition.MONITOR_IN_MANAGED_NETWORK)
    if settings.encryption.customer_managed_keys:
        held.add(Condition.CUSTOMER_MANAGED_KEY)
    held |= ml_conditions(settings)
    if settings.promotion and settings.promotion.registry and isinstance(settings.network, PrivateNetwork):
        held.add(Condition.REGISTRY_IN_MANAGED_NETWORK)
    if settings.recovery.lake_backup:
        held.add(Condition.LAKE_BACKUP)
    endpoints = settings.serving.endpoints.values() if settings.serving else ()
    if any(one.collects_data for endpoint in endpoints for one in endpoint.deployments.values()):
        held.add(Condition.COLLECTS_DATA)
    return held | databricks_conditions(settings) | data_conditions(settings)


def cluster_conditions(settings: PlatformSettings, network: PrivateNetwork) -> set[Condition]:
    cluster = settings.serving.cluster if settings.serving else None
    if cluster is None:
        return set()
    own_zone = network.hub and cluster.api_server_zone
    return {
        Condition.CLOSED_STORAGE,
        Condition.API_SERVER_ZONE if own_zone else Condition.NO_API_SERVER_ZONE,
    }


def databricks_conditions(settings: PlatformSettings) -> set[Condition]:
    held: set[Condition] = set()
    databricks = settings.databricks
    if databricks and databricks.ml_tracking:
        held.add(Condition.TRACKING)
        if databricks.ml_tracking.people:
            held.add(Condition.PEOPLE_TRACKING)
    if databricks and databricks.secret_scopes:
        held.add(Condition.SECRET_SCOPE)
    if databricks and databricks.unity_catalog:
        for location in databricks.unity_catalog.external_locations.values():
            held.add(Condition.READ_LOCATION if location.read_only else Condition.WRITTEN_LOCATION)
    return held


def data_conditions(settings: PlatformSettings) -> set[Condition]:
    held: set[Condition] = set()
    if settings.apps and settings.apps.apps:
        held.add(Condition.APP)
        if settings.serving and any(app.calls != [] for app in settings.apps.apps.values()):
            held.add(Condition.APP_CALLS)
    if settings.apps and settings.apps.flux:
        held.add(Condition.AI_SERVICE_ON_AKS)
    if settings.synapse:
        held |= {Condition.SYNAPSE_OWN_FILES, Condition.SYNAPSE_READS}
        if any(pool.pause for pool in settings.synapse.dedicated_pools.values()):
            held.add(Condition.POOL_PAUSES)
    return held | factory_conditions(settings)


def factory_conditions(settings: PlatformSettings) -> set[Condition]:
    factory = settings.data_factory
    if factory is None:
        return set()
    held = {Condition.DATA_FACTORY}
    if any(source.password_secret or source.connection_secret for source in settings.sources.values()):
        held.add(Condition.SOURCE_SECRET)
    activities = [item for pipeline in factory.pipelines.values() for item in pipeline.activities.values()]
    written = {item.copy_data.to_dataset for item in activities if item.copy_data}
    for key, dataset in factory.datasets.items():
        if dataset.zone:
            held.add(Condition.PIPELINE_WRITES if key in written else Condition.PIPELINE_READS)
    if any(item.batch_endpoint for item in activities):
        held.add(Condition.BATCH_ENDPOINT)
    return held


def datastore_conditions(settings: PlatformSettings) -> set[Condition]:
    held: set[Condition] = set()
    for datastore in settings.ml.datastores.values() if settings.ml else ():
        if datastore.access is not DatastoreAccess.BY_OWNER:
            held.add(Condition.DATASTORE)
        if datastore.access is DatastoreAccess.WRITE:
            held.add(Condition.WRITTEN_DATASTORE)
        elif datastore.access is DatastoreAccess.READ:
            held.add(Condition.READ_DATASTORE)
        if datastore.zone and isinstance(settings.network, PrivateNetwork):
            held.add(Condition.LAKE_IN_MANAGED_NETWORK)
    return held


def ml_conditions(settings: PlatformSettings) -> set[Condition]:
    held = datastore_conditions(settings)
    if settings.ml and settings.ml.compute_instances:
        held.add(Condition.COMPUTE_INSTANCE)
    if settings.ml and settings.ml.housekeeping.idle_report:
        held.add(Condition.IDLE_REPORT)
    if settings.ml and settings.ml.training_clusters and settings.promotion and settings.promotion.registry:
        held.add(Condition.PROMOTED_IN_JOBS)
    for endpoint in settings.serving.endpoints.values() if settings.serving else ():
        if any(item.loads_models_at_scoring for item in endpoint.deployments.values()):
            held.add(Condition.MODELS_AT_SCORING)
            if settings.promotion and settings.promotion.registry:
                held.add(Condition.PROMOTED_AT_SCORING)
    if settings.monitoring and settings.monitoring.retraining:
        held.add(Condition.RETRAINING)
        if settings.monitoring.retraining.schedule:
            held.add(Condition.RETRAINING_IN_ML)
    return held


def tabled(stack: str) -> Iterator[Granted]:
    """What the tables say about a stack."""
    settings = settings_of(stack)
    yield from _tabled_people(settings)
    for reader in settings.access.cross_environment_readers.values():
        for readable in reader.scopes:
            yield reader.object_id, *CROSS_ENVIRONMENT_ROLES[readable]
    for row in IDENTITY_TABLE:
        if row.scope is AccessScope.PRIVATE_ENDPOINT and not isinstance(settings.network, PrivateNetwork):
            continue
        if row.condition in conditions_of(settings):
            yield str(row.identity), row.scope, row.role


def _tabled_people(settings: PlatformSettings) -> Iterator[Granted]:
    for scope in AccessScope:
        if scope is AccessScope.ML_REGISTRY and not (settings.promotion and settings.promotion.registry):
            continue
        scopes = settings.databricks.secret_scopes.values() if settings.databricks else ()
        if scope is AccessScope.SECRET_SCOPE_VAULT and all(item.key_vault_resource_id for item in scopes):
            continue
        for row in rows_for(settings.environment.kind, scope):
            if row.persona in settings.access.personas:
                yield settings.access.personas[row.persona].object_id, scope, row.role


@pytest.mark.parametrize("stack", STACKS)
def test_every_role_assignment_is_a_row_and_every_row_an_assignment(stack: str) -> None:
    assert sorted(set(granted(stack))) == sorted(set(tabled(stack)))


@pytest.mark.parametrize("stack", STACKS)
def test_no_grant_is_made_twice(stack: str) -> None:
    made = [
        (item["inputs"]["principalId"], item["inputs"]["scope"], item["inputs"]["roleDefinitionId"])
        for item in azure_resources(stack, "authorization:RoleAssignment")
    ]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("name", ALL)
def test_no_platform_grants_what_is_no_row(name: str) -> None:
    """A scenario leaves parts out, and with them rows; it adds none."""
    listed = list(granted(name))
    # Databricks alone, and nobody in it: what runs there needs no role in Azure.
    assert listed or name == "smallest-databricks"
    assert sorted(set(listed) - set(tabled(name))) == []


@pytest.mark.parametrize("stack", STACKS)
def test_each_persona_may_do_exactly_this(stack: str) -> None:
    by_object = {item.object_id: key for key, item in settings_of(stack).access.personas.items()}
    found: dict[str, list[str]] = {}
    for principal, scope, role in granted(stack):
        if principal in by_object:
            found.setdefault(str(by_object[principal]), []).append(f"{role} on {scope}")
    assert {persona: sorted(lines) for persona, lines in found.items()} == PEOPLE[stack]


def test_people_have_no_role_in_prod_that_writes_but_to_start_the_machine_of_who_is_on_duty() -> None:
    writing = [
        f"{row.persona}: {row.role} on {row.scope}"
        for row in ACCESS_TABLE
        if PROD in row.kinds and row.persona is not Persona.CI and role_writes(row.role)
    ]
    assert writing == ["ml_engineer: ml-instance-user on ml-workspace"]
    settings = settings_of("prod")
    ci = settings.access.personas[Persona.CI].object_id
    people = {item.object_id for item in settings.access.personas.values()} - {ci}
    held = [role for principal, _, role in granted("prod") if principal in people and role_writes(role)]
    assert held == [CustomRole.ML_INSTANCE_USER]


def test_readers_from_other_environments_only_read() -> None:
    assert [role for _, role in CROSS_ENVIRONMENT_ROLES.values() if role_writes(role)] == []


def test_only_ci_sets_secrets_in_prod_and_nobody_else_reads_them() -> None:
    opening = {Role.KEY_VAULT_SECRETS_OFFICER, Role.KEY_VAULT_SECRETS_USER, Role.KEY_VAULT_ADMINISTRATOR}
    who = {row.persona for row in rows_for(PROD, AccessScope.KEY_VAULT) if row.role in opening}
    assert who == {Persona.CI}


@pytest.mark.parametrize("kind", EnvironmentKind)
def test_every_persona_has_a_row_in_every_kind_of_environment(kind: EnvironmentKind) -> None:
    """So that settings can ask for every persona without knowing the kind."""
    assert {row.persona for row in ACCESS_TABLE if kind in row.kinds} == set(Persona)


def test_nobody_holds_a_role_that_gives_rights_away() -> None:
    delegating = {
        Role.OWNER,
        Role.USER_ACCESS_ADMINISTRATOR,
        Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR,
    }
    assert [row for row in (*ACCESS_TABLE, *IDENTITY_TABLE) if row.role in delegating] == []


def test_no_row_is_written_twice() -> None:
    rows = [(row.persona, kind, row.scope, row.role) for row in ACCESS_TABLE for kind in row.kinds]
    assert len(set(rows)) == len(rows)
    identities = [(row.identity, row.scope, row.role) for row in IDENTITY_TABLE]
    assert len(set(identities)) == len(identities)


def test_two_personas_with_one_group_get_each_role_once_with_both_reasons() -> None:
    group = "a0000000-0000-4000-8000-000000000014"
    engineers = {"object_id": group, "databricks_group": "sg-forecast-data-engineers-prod"}
    patch = {
        "access": {"personas": {"auditor": engineers}},
        "databricks": None,
        "data_factory": None,
        "serving": None,
    }
    rehearsal = rehearse_patched(patch, base="prod")
    both = "auditor and data_engineer (sg-forecast-data-engineers-prod)"
    readers = [
        grant
        for grant in rehearsal.inventory.access
        if grant.principal == both and grant.role == "Reader" and "ResourceGroup" in grant.scope
    ]
    assert [grant.description for grant in readers] == [
        "data_engineer: sees every resource; auditor: audits configuration and logs"
    ]
    assert [finding for finding in rehearsal.refusals if finding.rule.startswith("RBA")] == []


def test_a_persona_that_an_environment_does_without_gets_nothing() -> None:
    patch = {
        "access": {"personas": {"analyst": None}, "without": ["analyst"]},
        "databricks": None,
        "data_factory": None,
        "serving": None,
    }
    rehearsal = rehearse_patched(patch, base="prod")
    assert rehearsal.error is None
    assert [item for item in rehearsal.inventory.access if item.description.startswith("analyst")] == []
    assert [item for item in rehearsal.inventory.access if item.description.startswith("auditor")] != []
