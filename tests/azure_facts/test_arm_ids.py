"""ARM ids, built."""

from __future__ import annotations

import pytest

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.arm_ids import (
    ArmScope,
    child_id,
    resource_group_id,
    resource_id,
    role_definition_id,
    subscription_id,
)

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-mlplat-dev-weu"
SCOPE = ArmScope(SUBSCRIPTION, "rg-mlplat-dev-weu")
ROLE = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


@pytest.mark.parametrize(
    ("built", "tail"),
    [
        (SCOPE.storage_account_id("st1"), "Microsoft.Storage/storageAccounts/st1"),
        (SCOPE.key_vault_id("kv"), "Microsoft.KeyVault/vaults/kv"),
        (SCOPE.container_registry_id("cr"), "Microsoft.ContainerRegistry/registries/cr"),
        (SCOPE.application_insights_id("appi"), "Microsoft.Insights/components/appi"),
        (SCOPE.log_analytics_id("log"), "Microsoft.OperationalInsights/workspaces/log"),
        (SCOPE.action_group_id("ag"), "Microsoft.Insights/actionGroups/ag"),
        (SCOPE.private_link_scope_id("pls"), "Microsoft.Insights/privateLinkScopes/pls"),
        (SCOPE.ml_workspace_id("mlw"), "Microsoft.MachineLearningServices/workspaces/mlw"),
        (SCOPE.ml_compute_id("mlw", "cc"), "Microsoft.MachineLearningServices/workspaces/mlw/computes/cc"),
        (
            SCOPE.ml_online_endpoint_id("mlw", "ep"),
            "Microsoft.MachineLearningServices/workspaces/mlw/onlineEndpoints/ep",
        ),
        (
            SCOPE.ml_batch_endpoint_id("mlw", "ep"),
            "Microsoft.MachineLearningServices/workspaces/mlw/batchEndpoints/ep",
        ),
        (SCOPE.ml_registry_id("mlr"), "Microsoft.MachineLearningServices/registries/mlr"),
        (SCOPE.databricks_workspace_id("dbw"), "Microsoft.Databricks/workspaces/dbw"),
        (SCOPE.databricks_access_connector_id("dbac"), "Microsoft.Databricks/accessConnectors/dbac"),
        (SCOPE.user_assigned_identity_id("id"), "Microsoft.ManagedIdentity/userAssignedIdentities/id"),
        (SCOPE.aks_id("aks"), "Microsoft.ContainerService/managedClusters/aks"),
        (SCOPE.data_factory_id("adf"), "Microsoft.DataFactory/factories/adf"),
        (SCOPE.synapse_workspace_id("syn"), "Microsoft.Synapse/workspaces/syn"),
        (SCOPE.synapse_private_link_hub_id("hub"), "Microsoft.Synapse/privateLinkHubs/hub"),
        (SCOPE.virtual_network_id("vnet"), "Microsoft.Network/virtualNetworks/vnet"),
        (SCOPE.subnet_id("vnet", "snet"), "Microsoft.Network/virtualNetworks/vnet/subnets/snet"),
        (SCOPE.network_security_group_id("nsg"), "Microsoft.Network/networkSecurityGroups/nsg"),
        (SCOPE.nat_gateway_id("ng"), "Microsoft.Network/natGateways/ng"),
        (SCOPE.route_table_id("rt"), "Microsoft.Network/routeTables/rt"),
        (SCOPE.firewall_id("afw"), "Microsoft.Network/azureFirewalls/afw"),
        (SCOPE.firewall_policy_id("afwp"), "Microsoft.Network/firewallPolicies/afwp"),
        (SCOPE.public_ip_id("pip"), "Microsoft.Network/publicIPAddresses/pip"),
        (SCOPE.private_dns_zone_id("a.net"), "Microsoft.Network/privateDnsZones/a.net"),
        (SCOPE.private_endpoint_id("pep"), "Microsoft.Network/privateEndpoints/pep"),
        (SCOPE.container_app_environment_id("cae"), "Microsoft.App/managedEnvironments/cae"),
        (SCOPE.container_app_id("ca"), "Microsoft.App/containerApps/ca"),
        (SCOPE.ai_services_id("ais"), "Microsoft.CognitiveServices/accounts/ais"),
    ],
)
def test_named_builders(built: str, tail: str) -> None:
    assert built == f"{GROUP}/providers/{tail}"
    parsed = parse_arm_id(built)
    assert parsed.name == tail.rsplit("/", 1)[1]
    assert parsed.resource_group == "rg-mlplat-dev-weu"


def test_scopes() -> None:
    assert subscription_id(SUBSCRIPTION) == f"/subscriptions/{SUBSCRIPTION}"
    assert resource_group_id(SUBSCRIPTION, "rg-mlplat-dev-weu") == GROUP
    assert SCOPE.subscription_id == f"/subscriptions/{SUBSCRIPTION}"
    assert SCOPE.resource_group_id == GROUP


def test_generic_builders() -> None:
    account = resource_id(SUBSCRIPTION, "rg-a", "Microsoft.Storage", "storageAccounts", "st1")
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-a"
    assert account == f"{group}/providers/Microsoft.Storage/storageAccounts/st1"
    assert child_id(account + "/", "blobServices", "default") == account + "/blobServices/default"


def test_role_definition_id() -> None:
    assert role_definition_id(SUBSCRIPTION, ROLE) == (
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE}"
    )


def test_refused_pieces() -> None:
    with pytest.raises(ArmIdError, match="subscription 'dev' must be a GUID"):
        ArmScope("dev", "rg")
    with pytest.raises(ArmIdError, match="'' cannot be part of an ARM id"):
        ArmScope(SUBSCRIPTION, "")
    with pytest.raises(ArmIdError, match="'a/b' cannot be part of an ARM id: give a name without '/'"):
        SCOPE.key_vault_id("a/b")
    with pytest.raises(ArmIdError, match="types and names must come in pairs"):
        SCOPE.resource_id("Microsoft.KeyVault", "vaults")
    with pytest.raises(ArmIdError, match="types and names must come in pairs below"):
        child_id(GROUP, "vaults")
    with pytest.raises(ArmIdError, match="role definition 'Reader' must be a GUID"):
        role_definition_id(SUBSCRIPTION, "Reader")
