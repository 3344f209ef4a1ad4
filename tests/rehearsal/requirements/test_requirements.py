"""Every requirement on a small estate where it holds, and on the same one with one thing missing."""

from __future__ import annotations

import pytest

from azure_facts.ml_extension import EXTENSION_TYPE
from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.promises.answers import Kind
from rehearsal.promises.judging import judge_world
from rehearsal.reachability.model import Verdict
from rehearsal.reachability.origins import CONTAINER_APP, CONTAINER_GROUP, ENVIRONMENT
from rehearsal.requirements.table import REQUIREMENTS
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.parts import DATASET, FACTORY, LINKED_SERVICE
from rehearsal.rules.example_azure import (
    CLUSTER_ID,
    CLUSTER_NAME,
    DATABRICKS_ID,
    GROUP,
    ML_WORKSPACE_ID,
    SUBSCRIPTION,
)
from tests.rehearsal.reachability.estates import (
    BLOBS,
    NETWORKS,
    NOTHING,
    VNET,
    Given,
    account,
    declare,
    endpoint,
    link,
    subnet,
    world_of,
    zone,
    zone_group,
)

OPEN = {"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Allow"}}
TRUSTING = {"networkRuleSet": {"defaultAction": "Deny", "bypass": "AzureServices"}}
IDENTITY = declare(tokens.IDENTITY, f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id")
LAKE = account("lake", OPEN)
REGISTRY_ID = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/cr"
VAULT_ID = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
NODES = f"{VNET.id}/subnets/nodes"


def grant(role: Role, scope: str, to: str) -> Resource:
    """A role on something, for the identity with this ARM id."""
    definition = (
        f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{built_in_role(role).guid}"
    )
    given = {
        "scope": scope,
        "principalId": principal_id(to),
        "principalType": "ServicePrincipal",
        "roleDefinitionId": definition,
    }
    return declare(
        tokens.ROLE_ASSIGNMENT, f"{scope}/providers/Microsoft.Authorization/roleAssignments/grant", given
    )


def acting(type_: str, arm_id: str, given: Given) -> Resource:
    """A resource with an identity of its own."""
    outputs = {"identity": {"type": "SystemAssigned", "principalId": principal_id(arm_id)}}
    return declare(type_, arm_id, {"identity": {"type": "SystemAssigned"}, **given}, outputs=outputs)


def registry(access: str = "Enabled") -> Resource:
    """A container registry that trusts nobody."""
    given = {"registryName": "cr", "publicNetworkAccess": access, "networkRuleBypassOptions": "None"}
    return declare(tokens.REGISTRY, REGISTRY_ID, given)


def vault(**acls: object) -> Resource:
    """A vault with a firewall."""
    stated = {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}], **acls}
    return declare(tokens.VAULT, VAULT_ID, {"properties": {"networkAcls": stated}})


def workspace(mode: str = "AllowInternetOutbound", *rules: tuple[str, str], **given: object) -> Resource:
    """An ML workspace whose network has rules to targets' parts."""
    outbound = {
        f"rule-{index}": {
            "type": "PrivateEndpoint",
            "destination": {"serviceResourceId": target, "subresourceTarget": part},
        }
        for index, (target, part) in enumerate(rules)
    }
    network = {"isolationMode": mode, "outboundRules": outbound}
    return declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID, {"managedNetwork": network, **given})


def way_out() -> tuple[Resource, ...]:
    """A network whose nodes leave by a gateway."""
    nat = declare(tokens.NAT_GATEWAY, f"{NETWORKS}/natGateways/out")
    return (VNET, nat, subnet(given={"natGateway": {"id": nat.id}}))


def cluster(given: Given = NOTHING) -> Resource:
    """A cluster in the network that AKS makes."""
    return declare(tokens.AKS, CLUSTER_ID, {"agentPoolProfiles": [{"name": "system"}], **given})


def attached() -> Resource:
    """The cluster as compute of the workspace."""
    given = {"properties": {"computeType": "Kubernetes", "resourceId": CLUSTER_ID}}
    return declare(tokens.ML_COMPUTE, f"{ML_WORKSPACE_ID}/computes/aks", given)


def pulling_nodes() -> Resource:
    """The cluster, whose nodes have the identity that grants name by the cluster's id."""
    outputs = {"identityProfile": {"kubeletidentity": {"objectId": principal_id(CLUSTER_ID)}}}
    given = {"agentPoolProfiles": [{"name": "system"}]}
    return declare(tokens.AKS, CLUSTER_ID, given, outputs=outputs)


def serving_workspace() -> Resource:
    """A workspace with what its deployments need."""
    return workspace(containerRegistry=REGISTRY_ID, storageAccount=BLOBS.target)


def managed_endpoint() -> Resource:
    """A managed online endpoint with the identity."""
    given = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY.id]}}
    return declare(tokens.ML_ONLINE_ENDPOINT, f"{ML_WORKSPACE_ID}/onlineEndpoints/demand", given)


def told_of_scoring(settings: Given) -> tuple[Resource, ...]:
    """An app that is told of an endpoint on the cluster, whose router has these settings."""
    extension = {
        "clusterName": CLUSTER_NAME,
        "extensionType": EXTENSION_TYPE,
        "configurationSettings": dict(settings),
    }
    address = "https://scoring.example.com/api/v1/endpoint/demand/score"
    return (
        workspace("Disabled"),
        cluster(),
        attached(),
        declare(tokens.EXTENSION, f"{CLUSTER_ID}/providers/x/extensions/azureml", extension),
        declare(
            tokens.ML_ONLINE_ENDPOINT,
            f"{ML_WORKSPACE_ID}/onlineEndpoints/demand",
            {"endpointName": "demand", "properties": {"compute": attached().id}},
        ),
        *app({"template": {"containers": [{"name": "ui", "env": [{"name": "URI", "value": address}]}]}}),
    )


def app(given: Given) -> tuple[Resource, ...]:
    """An app in an environment of Azure's own network."""
    environment = declare(ENVIRONMENT, f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae")
    inside = {"managedEnvironmentId": environment.id, **given}
    return (environment, declare(CONTAINER_APP, f"{GROUP}/providers/Microsoft.App/containerApps/ca", inside))


def pulling_app() -> tuple[Resource, ...]:
    """An app that pulls its image as the identity."""
    server = {"server": "cr.azurecr.io", "identity": IDENTITY.id}
    return app({"configuration": {"registries": [server]}, "template": {"containers": [{"name": "ui"}]}})


def environment_in_subnet() -> Resource:
    """An environment of apps in `nodes`."""
    given = {"vnetConfiguration": {"infrastructureSubnetId": NODES}}
    return declare(ENVIRONMENT, f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae", given)


def pulling_group() -> Resource:
    """A container group that pulls its image as the identity."""
    given = {"imageRegistryCredentials": [{"server": "cr.azurecr.io", "identity": IDENTITY.id}]}
    return declare(
        CONTAINER_GROUP, f"{GROUP}/providers/Microsoft.ContainerInstance/containerGroups/ci", given
    )


def datastore() -> Resource:
    """A datastore on the lake."""
    given = {"properties": {"datastoreType": "AzureDataLakeGen2", "accountName": "lake"}}
    return declare(tokens.ML_DATASTORE, f"{ML_WORKSPACE_ID}/datastores/curated", given)


def environment_version() -> Resource:
    """An environment whose image is built."""
    given = {"properties": {"condaFile": "dependencies: [pip]"}}
    arm_id = f"{ML_WORKSPACE_ID}/environments/training/versions/1"
    return declare("azure-native:machinelearningservices:EnvironmentVersion", arm_id, given)


def training_cluster() -> Resource:
    """A training cluster with the identity."""
    given = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY.id]},
        "properties": {"computeType": "AmlCompute"},
    }
    return declare(tokens.ML_COMPUTE, f"{ML_WORKSPACE_ID}/computes/cpu", given)


def insights(access: str) -> Resource:
    """Application Insights."""
    arm_id = f"{GROUP}/providers/Microsoft.Insights/components/appi"
    return declare(tokens.APPLICATION_INSIGHTS, arm_id, {"publicNetworkAccessForIngestion": access})


def flux() -> Resource:
    """A Flux configuration of the cluster."""
    given = {"clusterName": CLUSTER_NAME, "gitRepository": {"url": "https://git.example.com/flux"}}
    return declare(
        "azure-native:kubernetesconfiguration:FluxConfiguration", f"{CLUSTER_ID}/providers/x/flux/f", given
    )


def factory() -> tuple[Resource, ...]:
    """A factory with a linked service to the lake and a dataset in it."""
    factory_id = f"{GROUP}/providers/Microsoft.DataFactory/factories/adf"
    named = {"factoryName": "adf"}
    service = {"type": "AzureBlobFS", "url": "https://lake.dfs.core.windows.net/"}
    location = {"type": "AzureBlobFSLocation", "fileSystem": "raw"}
    data = {"type": "Parquet", "linkedServiceName": {"referenceName": "lake"}, "location": location}
    return (
        acting(FACTORY, factory_id, named),
        declare(
            LINKED_SERVICE,
            f"{factory_id}/linkedservices/lake",
            {**named, "linkedServiceName": "lake", "properties": service},
        ),
        declare(
            DATASET, f"{factory_id}/datasets/sales", {**named, "datasetName": "sales", "properties": data}
        ),
    )


def synapse() -> Resource:
    """A Synapse workspace on the lake."""
    lake = {"resourceId": LAKE.id, "filesystem": "synapse"}
    arm_id = f"{GROUP}/providers/Microsoft.Synapse/workspaces/syn"
    return acting(tokens.SYNAPSE_WORKSPACE, arm_id, {"defaultDataLakeStorage": lake})


def databricks(given: Given = NOTHING) -> Resource:
    """A Databricks workspace whose nodes stand in `nodes`."""
    parameters = {
        "customVirtualNetworkId": {"value": VNET.id},
        "customPublicSubnetName": {"value": "nodes"},
        "customPrivateSubnetName": {"value": "nodes"},
        "storageAccountName": {"value": "stdbw"},
    }
    return declare(tokens.DATABRICKS_WORKSPACE, DATABRICKS_ID, {"parameters": parameters, **given})


def endpoint_with_name(target: str, group: str, zone_name: str) -> tuple[Resource, ...]:
    """A private endpoint whose name resolves in the network."""
    name = zone(zone_name)
    return (endpoint(target, group), zone_group(group, name.id), name, link(name, VNET.id))


def location() -> tuple[Resource, ...]:
    """An external location on the lake, by a connector."""
    arm_id = f"{GROUP}/providers/Microsoft.Databricks/accessConnectors/dbac"
    connector = acting("azure-native:databricks:AccessConnector", arm_id, NOTHING)
    return (
        connector,
        declare(
            "databricks:index/storageCredential:StorageCredential",
            "credential",
            {"name": "lake", "azureManagedIdentity": {"accessConnectorId": connector.id}},
        ),
        declare(
            tokens.EXTERNAL_LOCATION,
            "location",
            {"url": "abfss://raw@lake.dfs.core.windows.net/", "credentialName": "lake"},
        ),
    )


OWN_STORAGE = f"{GROUP}-managed/providers/Microsoft.Storage/storageAccounts/stdbw"
GUARDED = {"defaultStorageFirewall": "Enabled", "managedResourceGroupId": f"{GROUP}-managed"}
CONTAINER = "/blobServices/default/containers"
KEYLESS = account(given={**OPEN, "allowSharedKeyAccess": False})
NO_WAY_OUT = {
    "agentPoolProfiles": [{"name": "system", "vnetSubnetID": NODES}],
    "networkProfile": {"outboundType": "userAssignedNATGateway"},
}
Estate = tuple[Resource, ...]

CASES: dict[str, tuple[Estate, Estate]] = {
    "AML222": (
        (vault(), workspace("AllowInternetOutbound", (VAULT_ID, "vault"), keyVault=VAULT_ID)),
        (vault(), workspace(keyVault=VAULT_ID)),
    ),
    "AML223": (
        (LAKE, datastore(), workspace("AllowOnlyApprovedOutbound", (LAKE.id, "dfs"))),
        (LAKE, datastore(), workspace("AllowOnlyApprovedOutbound", (LAKE.id, "blob"))),
    ),
    "AML225": (
        (insights("Enabled"), workspace(applicationInsights=insights("").id)),
        (insights("Disabled"), workspace(applicationInsights=insights("").id)),
    ),
    "REQ300": (
        (
            registry("Disabled"),
            training_cluster(),
            workspace(containerRegistry=REGISTRY_ID, imageBuildCompute="cpu"),
            environment_version(),
        ),
        (registry("Disabled"), workspace(containerRegistry=REGISTRY_ID), environment_version()),
    ),
    "REQ301": (
        (
            KEYLESS,
            IDENTITY,
            workspace(storageAccount=KEYLESS.id),
            training_cluster(),
            grant(Role.STORAGE_BLOB_DATA_CONTRIBUTOR, KEYLESS.id, IDENTITY.id),
        ),
        (KEYLESS, IDENTITY, workspace(storageAccount=KEYLESS.id), training_cluster()),
    ),
    "REQ355": (
        (registry(), pulling_nodes(), grant(Role.ACR_PULL, REGISTRY_ID, CLUSTER_ID)),
        (registry("Disabled"), pulling_nodes(), grant(Role.ACR_PULL, REGISTRY_ID, CLUSTER_ID)),
    ),
    "REQ356": (
        (
            registry(),
            IDENTITY,
            account(given=OPEN),
            serving_workspace(),
            managed_endpoint(),
            grant(Role.ACR_PULL, REGISTRY_ID, IDENTITY.id),
            grant(Role.STORAGE_BLOB_DATA_READER, BLOBS.target, IDENTITY.id),
        ),
        (
            registry(),
            IDENTITY,
            account(given=OPEN),
            serving_workspace(),
            managed_endpoint(),
            grant(Role.ACR_PULL, REGISTRY_ID, IDENTITY.id),
        ),
    ),
    "REQ310": (
        (account(given=OPEN), cluster(), attached(), workspace(storageAccount=BLOBS.target)),
        (account(), cluster(), attached(), workspace(storageAccount=BLOBS.target)),
    ),
    "REQ311": ((cluster(), flux()), (VNET, subnet(), cluster(NO_WAY_OUT), flux())),
    "APP350": (told_of_scoring({}), told_of_scoring({"internalLoadBalancerProvider": "azure"})),
    "REQ320": (
        (registry(), IDENTITY, *pulling_app(), grant(Role.ACR_PULL, REGISTRY_ID, IDENTITY.id)),
        (registry(), IDENTITY, *pulling_app()),
    ),
    "REQ321": ((*way_out(), environment_in_subnet()), (VNET, subnet(), environment_in_subnet())),
    "REQ322": (
        (registry(), IDENTITY, pulling_group(), grant(Role.ACR_PULL, REGISTRY_ID, IDENTITY.id)),
        (registry("Disabled"), IDENTITY, pulling_group(), grant(Role.ACR_PULL, REGISTRY_ID, IDENTITY.id)),
    ),
    "REQ330": ((account("lake", TRUSTING), *factory()), (account("lake"), *factory())),
    "REQ331": (
        (
            LAKE,
            *factory(),
            grant(Role.STORAGE_BLOB_DATA_READER, f"{LAKE.id}{CONTAINER}/raw", factory()[0].id),
        ),
        (
            LAKE,
            *factory(),
            grant(Role.STORAGE_BLOB_DATA_READER, f"{LAKE.id}{CONTAINER}/other", factory()[0].id),
        ),
    ),
    "REQ340": (
        (LAKE, synapse(), grant(Role.STORAGE_BLOB_DATA_CONTRIBUTOR, LAKE.id, synapse().id)),
        (LAKE, synapse(), grant(Role.STORAGE_BLOB_DATA_READER, LAKE.id, synapse().id)),
    ),
    "REQ350": (
        (
            VNET,
            subnet(),
            databricks({"publicNetworkAccess": "Disabled"}),
            *endpoint_with_name(DATABRICKS_ID, "databricks_ui_api", "privatelink.azuredatabricks.net"),
        ),
        (VNET, subnet(), databricks({"publicNetworkAccess": "Disabled"})),
    ),
    "REQ351": (
        (
            *way_out(),
            databricks(GUARDED),
            *endpoint_with_name(OWN_STORAGE, "blob", "privatelink.blob.core.windows.net"),
            *endpoint_with_name(OWN_STORAGE, "dfs", "privatelink.dfs.core.windows.net"),
        ),
        (
            *way_out(),
            databricks(GUARDED),
            *endpoint_with_name(OWN_STORAGE, "blob", "privatelink.blob.core.windows.net"),
        ),
    ),
    "REQ352": (
        (
            *way_out(),
            LAKE,
            databricks(),
            *location(),
            grant(Role.STORAGE_BLOB_DATA_CONTRIBUTOR, LAKE.id, location()[0].id),
        ),
        (*way_out(), LAKE, databricks(), *location()),
    ),
    "REQ353": (
        (
            LAKE,
            databricks(),
            *location(),
            declare(tokens.SQL_WAREHOUSE, "sql", {"enableServerlessCompute": True}),
        ),
        (
            account("lake"),
            databricks(),
            *location(),
            declare(tokens.SQL_WAREHOUSE, "sql", {"enableServerlessCompute": True}),
        ),
    ),
    "REQ354": (
        (
            vault(bypass="AzureServices"),
            databricks(),
            declare(tokens.SECRET_SCOPE, "scope", {"keyvaultMetadata": {"resourceId": VAULT_ID}}),
        ),
        (
            vault(ipRules=[]),
            databricks(),
            declare(tokens.SECRET_SCOPE, "scope", {"keyvaultMetadata": {"resourceId": VAULT_ID}}),
        ),
    ),
}


def verdicts(rule: str, estate: Estate) -> set[Verdict]:
    """How the row is answered for an estate's resources."""
    answered = judge_world(world_of(*estate)).answers.answers
    return {one.verdict for one in answered if one.ask.rule == rule and one.kind is Kind.REQUIREMENT}


@pytest.mark.parametrize("rule", [row.id for row in REQUIREMENTS])
def test_a_requirement_holds_and_fails(rule: str) -> None:
    holds, fails = CASES[rule]
    assert verdicts(rule, holds) == {Verdict.OPEN}
    assert Verdict.CLOSED in verdicts(rule, fails)


@pytest.mark.parametrize("rule", [row.id for row in REQUIREMENTS])
def test_a_program_that_promises_nothing_is_warned_and_not_refused(rule: str) -> None:
    answers = judge_world(world_of(*CASES[rule][1])).answers
    assert rule in {one.ask.rule for one in answers.doubtful}
    assert not answers.broken


def test_ids_are_given_once() -> None:
    ids = [row.id for row in REQUIREMENTS]
    assert len(set(ids)) == len(ids)


def test_nothing_is_asked_of_what_the_program_only_reads() -> None:
    read = declare(tokens.SYNAPSE_WORKSPACE, synapse().id, read=True)
    assert judge_world(world_of(read)).answers.answers == ()


def test_what_others_made_is_not_held_against_a_resource() -> None:
    """The lake is somebody else's: whom it lets in and who holds roles there is theirs to say."""
    answers = judge_world(world_of(synapse(), *factory(), databricks(), *location()[1:])).answers.answers
    assert Verdict.CLOSED not in {one.verdict for one in answers if one.ask.rule != "REQ350"}
