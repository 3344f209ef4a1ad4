"""Bodies as pulumi-azure-native sends them, made of what a program declares."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.export.arm import arm_resources
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import MARK
from rehearsal.model.values import UNKNOWN, Secret

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml-dev"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-ml"
KEY_VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-ml"


def declared(
    token: str,
    path: str,
    inputs: Mapping[str, object],
    outputs: Mapping[str, object] | None = None,
    *,
    depends_on: tuple[Resource, ...] = (),
) -> Resource:
    name = path.rpartition("/")[2]
    return Resource(
        urn=f"urn:pulumi:dev::sample::azure-native:{token}::{name}",
        type=f"azure-native:{token}",
        id=path if path.startswith("/") else f"{GROUP}/providers/{path}",
        order=0,
        inputs=inputs,
        outputs=outputs or {},
        dependencies=tuple(each.urn for each in depends_on),
    )


def sent(token: str, path: str, inputs: Mapping[str, object], **outputs: object) -> ArmResource:
    (resource,) = arm_resources([declared(token, path, inputs, outputs)])
    return resource


def test_flattened_and_renamed_inputs_are_turned_back_and_path_parameters_left_out() -> None:
    account = sent(
        "storage:StorageAccount",
        "Microsoft.Storage/storageAccounts/stml",
        {
            "accountName": "stml",
            "resourceGroupName": "rg-ml-dev",
            "location": "westeurope",
            "kind": "StorageV2",
            "sku": {"name": "Standard_ZRS"},
            "enableHttpsTrafficOnly": True,
            "networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": "203.0.113.0/24"}]},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
            "encryption": {
                "keySource": "Microsoft.Keyvault",
                "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY},
                "keyVaultProperties": {"keyName": "lake"},
            },
        },
    )
    assert (account.type, account.name, account.scope) == (
        "Microsoft.Storage/storageAccounts",
        "stml",
        GROUP,
    )
    assert account.api_version == "2024-01-01"
    assert account.converted
    assert account.body == {
        "location": "westeurope",
        "kind": "StorageV2",
        "sku": {"name": "Standard_ZRS"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}},
        "properties": {
            "supportsHttpsTrafficOnly": True,
            "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]},
            "encryption": {
                "keySource": "Microsoft.Keyvault",
                "identity": {"userAssignedIdentity": IDENTITY},
                "keyvaultproperties": {"keyname": "lake"},
            },
        },
    }


def test_nested_resources_are_flattened_too_and_absent_lists_of_them_are_sent_empty() -> None:
    network = sent(
        "network:VirtualNetwork",
        "Microsoft.Network/virtualNetworks/vnet",
        {
            "virtualNetworkName": "vnet",
            "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [
                {
                    "name": "snet",
                    "addressPrefix": "10.0.0.0/24",
                    "delegations": [{"name": "aks", "serviceName": "Microsoft.ContainerService"}],
                }
            ],
        },
    )
    assert network.body["properties"] == {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [
            {
                "name": "snet",
                "properties": {
                    "addressPrefix": "10.0.0.0/24",
                    "delegations": [
                        {"name": "aks", "properties": {"serviceName": "Microsoft.ContainerService"}}
                    ],
                },
            }
        ],
        "virtualNetworkPeerings": [],
    }


def test_a_discriminated_object_is_converted_by_its_kind() -> None:
    alert = sent(
        "monitor:MetricAlert",
        "Microsoft.Insights/metricAlerts/ma",
        {
            "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                "allOf": [],
            }
        },
    )
    assert alert.body["properties"] == {
        "criteria": {
            "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
            "allOf": [],
        }
    }


def test_a_kind_of_object_has_containers_of_its_own() -> None:
    dataset = sent(
        "datafactory:Dataset",
        "Microsoft.DataFactory/factories/adf/datasets/orders",
        {
            "factoryName": "adf",
            "datasetName": "orders",
            "properties": {
                "type": "AzureSqlTable",
                "linkedServiceName": {"referenceName": "erp", "type": "LinkedServiceReference"},
                "table": "orders",
            },
        },
    )
    assert dataset.name == "adf/orders"
    assert dataset.body == {
        "properties": {
            "type": "AzureSqlTable",
            "linkedServiceName": {"referenceName": "erp", "type": "LinkedServiceReference"},
            "typeProperties": {"table": "orders"},
        }
    }


def test_names_with_dashes_and_underscores_come_back() -> None:
    cluster = sent(
        "containerservice:ManagedCluster",
        "Microsoft.ContainerService/managedClusters/aks",
        {"autoScalerProfile": {"scanInterval": "10s"}},
    )
    component = sent(
        "applicationinsights:Component",
        "Microsoft.Insights/components/appi",
        {"applicationType": "web", "kind": "web"},
    )
    assert cluster.body["properties"] == {"autoScalerProfile": {"scan-interval": "10s"}}
    assert component.body == {"kind": "web", "properties": {"Application_Type": "web"}}


def test_what_the_sdk_does_not_know_is_not_sent_and_none_is_absent() -> None:
    vault = sent(
        "keyvault:Vault",
        "Microsoft.KeyVault/vaults/kv-ml",
        {
            "vaultName": "kv-ml",
            "properties": {"enablePurgeProtecton": True, "sku": {"name": "standard"}, "tenantId": None},
        },
    )
    assert vault.body == {"properties": {"sku": {"name": "standard"}, "accessPolicies": []}}


def test_secrets_stay_marked_at_their_place_and_unknowns_stay_unknown() -> None:
    secret = sent(
        "keyvault:Secret",
        f"{KEY_VAULT}/secrets/token",
        {"secretName": "token", "properties": Secret({"value": "hidden", "attributes": {"expires": 1}})},
    )
    alert = sent(
        "monitor:ActionGroup",
        "Microsoft.Insights/actionGroups/ag",
        {"webhookReceivers": [{"name": "call", "serviceUri": f"https://{MARK}1234.example.com"}]},
    )
    assert secret.body == {"properties": Secret({"value": "hidden", "attributes": {"exp": 1}})}
    assert alert.body["properties"] == {"webhookReceivers": [{"name": "call", "serviceUri": UNKNOWN}]}


def test_what_a_service_makes_up_is_unknown_wherever_a_program_uses_it() -> None:
    principal = "11111111-2222-3333-4444-555555555555"
    identity = declared(
        "managedidentity:UserAssignedIdentity",
        IDENTITY,
        {"resourceName": "id-ml"},
        {"principalId": principal, "tenantId": "99999999-0000-0000-0000-000000000000"},
    )
    grant = declared(
        "authorization:RoleAssignment",
        f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-0000-0000-000000000001",
        {
            "principalId": principal,
            "scope": GROUP,
            "description": f"of {principal}",
            "condition": "99999999-0000-0000-0000-000000000000",
        },
    )
    body = next(
        each.body for each in arm_resources([identity, grant]) if each.type.endswith("roleAssignments")
    )
    assert body == {
        "properties": {
            "principalId": UNKNOWN,
            "description": UNKNOWN,
            "condition": "99999999-0000-0000-0000-000000000000",
        }
    }


def test_a_list_of_identities_with_an_unknown_one_is_unknown() -> None:
    workspace = sent(
        "operationalinsights:Workspace",
        "Microsoft.OperationalInsights/workspaces/log",
        {"identity": {"type": "UserAssigned", "userAssignedIdentities": [f"/{MARK}1234"]}},
    )
    assert workspace.body == {"identity": {"type": "UserAssigned", "userAssignedIdentities": UNKNOWN}}


def test_the_location_that_the_provider_adds_is_in_the_body() -> None:
    vault = sent("keyvault:Vault", "Microsoft.KeyVault/vaults/kv-ml", {}, location="westeurope")
    assert vault.body["location"] == "westeurope"


def test_a_reference_to_a_part_of_the_resource_itself_becomes_an_id() -> None:
    gateway = sent(
        "network:ApplicationGateway",
        "Microsoft.Network/applicationGateways/agw",
        {
            "applicationGatewayName": "agw",
            "httpListeners": [{"frontendIPConfiguration": {"id": "$self/frontendIPConfigurations/public"}}],
        },
    )
    firewall = sent(
        "network:AzureFirewall",
        "Microsoft.Network/azureFirewalls/afw",
        {"firewallPolicy": {"id": "$self/policy"}},
    )
    assert not gateway.converted, "it is in no table"
    assert firewall.body["properties"] == {"firewallPolicy": {"id": f"{firewall.id}/policy"}}


def test_a_type_of_no_table_is_formed_by_the_general_rule_and_says_so() -> None:
    redis = sent(
        "redis:Redis",
        "Microsoft.Cache/redis/redis-ml",
        {
            "name": "redis-ml",
            "resourceGroupName": "rg-ml-dev",
            "location": "westeurope",
            "tags": {"env": "dev"},
            "sku": {"name": "Basic"},
            "enableNonSslPort": False,
        },
    )
    assert not redis.converted
    assert redis.api_version
    assert redis.body == {
        "location": "westeurope",
        "tags": {"env": "dev"},
        "sku": {"name": "Basic"},
        "properties": {"enableNonSslPort": False},
    }


def test_dependencies_are_ids_also_by_way_of_what_is_not_exported_and_of_what_surrounds() -> None:
    vault = declared("keyvault:Vault", KEY_VAULT, {})
    blob = declared(
        "storage:Blob", "Microsoft.Storage/storageAccounts/stml/blobServices/default", {}, depends_on=(vault,)
    )
    secret = declared("keyvault:Secret", f"{KEY_VAULT}/secrets/token", {})
    identity = declared("managedidentity:UserAssignedIdentity", IDENTITY, {}, depends_on=(blob, secret))
    by_id = {each.id: each for each in arm_resources([identity, secret, blob, vault])}
    assert blob.id not in by_id
    assert by_id[identity.id].depends_on == (vault.id, secret.id)
    assert by_id[secret.id].depends_on == (vault.id,)


def test_beyond_the_table_too_identities_are_the_keys_of_a_map() -> None:
    cache = sent(
        "redis:Redis",
        "Microsoft.Cache/redis/redis-ml",
        {"name": "redis-ml", "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}},
    )
    assert not cache.converted
    assert cache.body["identity"] == {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}


def test_beyond_the_table_too_a_resource_refers_to_its_own_parts_by_id() -> None:
    balancer = sent(
        "network:LoadBalancer",
        "Microsoft.Network/loadBalancers/lb-ml",
        {"loadBalancingRules": [{"name": "https", "probe": {"id": "$self/probes/ready"}}]},
    )
    assert not balancer.converted
    assert balancer.body["properties"] == {
        "loadBalancingRules": [{"name": "https", "probe": {"id": f"{balancer.id}/probes/ready"}}]
    }
