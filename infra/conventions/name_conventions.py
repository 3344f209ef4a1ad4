"""Our own conventions for names, by kind: abbreviation, which words a name shows, where we take less than allowed.

What the services allow is in `azure_facts.name_rules`; `naming` builds names. Abbreviations are those of the Cloud
Adoption Framework ("CAF"; learn.microsoft.com azure/cloud-adoption-framework/ready/azure-best-practices/
resource-abbreviations) where it has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.name_rules.rule import NameRule
from azure_facts.name_rules.tables import DATABRICKS_NAME_RULES, NAME_RULES
from infra.conventions.name_rules import NameConvention, ResourceKind

_ALERT = r"[^*#&+:<>?@%{}\\/]*[^*#&+:<>?@%{}\\/ .]"
_ALERT_TEXT = (
    "no '*', '#', '&', '+', ':', '<', '>', '?', '@', '%', '{', '}', '\\' or '/', last no space or '.'"
)


def _child(abbreviation: str, service: NameRule, *, separator: str = "-") -> NameConvention:
    """A convention for what shows neither workload nor environment, because its parent does."""
    return NameConvention(abbreviation, service, separator, shows_environment=False, shows_region=False)


def _collecting(abbreviation: str, max_length: int) -> NameConvention:
    return NameConvention(
        abbreviation,
        None,
        own_max_length=max_length,
        own_pattern=r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?",
        own_allowed="letters, digits and '-', first and last a letter or digit",
    )


NAME_CONVENTIONS: Mapping[ResourceKind, NameConvention] = MappingProxyType(
    {
        ResourceKind.RESOURCE_GROUP: NameConvention("rg", NAME_RULES["Microsoft.Resources/resourceGroups"]),
        ResourceKind.APPLICATION_INSIGHTS: NameConvention(
            "appi", NAME_RULES["Microsoft.Insights/components"]
        ),
        ResourceKind.LOG_ANALYTICS: NameConvention(
            "log", NAME_RULES["Microsoft.OperationalInsights/workspaces"]
        ),
        ResourceKind.USER_ASSIGNED_IDENTITY: NameConvention(
            "id", NAME_RULES["Microsoft.ManagedIdentity/userAssignedIdentities"]
        ),
        ResourceKind.VIRTUAL_NETWORK: NameConvention("vnet", NAME_RULES["Microsoft.Network/virtualNetworks"]),
        ResourceKind.SUBNET: _child("snet", NAME_RULES["Microsoft.Network/virtualNetworks/subnets"]),
        ResourceKind.NETWORK_SECURITY_GROUP: NameConvention(
            "nsg", NAME_RULES["Microsoft.Network/networkSecurityGroups"]
        ),
        # Its watcher is the whole subscription's.
        ResourceKind.FLOW_LOG: NameConvention(
            "flow", NAME_RULES["Microsoft.Network/networkWatchers/flowLogs"]
        ),
        ResourceKind.NAT_GATEWAY: NameConvention("ng", NAME_RULES["Microsoft.Network/natGateways"]),
        ResourceKind.ROUTE_TABLE: NameConvention("rt", NAME_RULES["Microsoft.Network/routeTables"]),
        ResourceKind.FIREWALL: NameConvention("afw", NAME_RULES["Microsoft.Network/azureFirewalls"]),
        ResourceKind.FIREWALL_POLICY: NameConvention(
            "afwp", NAME_RULES["Microsoft.Network/firewallPolicies"]
        ),
        ResourceKind.PUBLIC_IP: NameConvention("pip", NAME_RULES["Microsoft.Network/publicIPAddresses"]),
        ResourceKind.PRIVATE_ENDPOINT: NameConvention(
            "pep", NAME_RULES["Microsoft.Network/privateEndpoints"]
        ),
        ResourceKind.PRIVATE_LINK_SCOPE: NameConvention(
            "ampls", NAME_RULES["Microsoft.Insights/privateLinkScopes"]
        ),
        ResourceKind.RECOVERY_VAULT: NameConvention("rsv", NAME_RULES["Microsoft.RecoveryServices/vaults"]),
        # Azure documents no limits of its own; those of a recovery services vault are kept.
        ResourceKind.BACKUP_VAULT: NameConvention(
            "bvault",
            None,
            own_max_length=50,
            own_pattern=r"[A-Za-z][A-Za-z0-9-]*",
            own_allowed="letters, digits and '-', first a letter",
        ),
        # Azure documents no limits; those that its own templates for AKS cut names to are kept.
        ResourceKind.DATA_COLLECTION_RULE: _collecting("dcr", 64),
        ResourceKind.DATA_COLLECTION_ENDPOINT: _collecting("dce", 43),
        ResourceKind.ACTION_GROUP: NameConvention("ag", NAME_RULES["Microsoft.Insights/actionGroups"]),
        ResourceKind.BUDGET: NameConvention("bgt", NAME_RULES["Microsoft.Consumption/budgets"]),
        ResourceKind.METRIC_ALERT: NameConvention("ma", NAME_RULES["Microsoft.Insights/metricAlerts"]),
        ResourceKind.ACTIVITY_LOG_ALERT: NameConvention(
            "ala", NAME_RULES["Microsoft.Insights/activityLogAlerts"]
        ),
        ResourceKind.LOCK: _child("lock", NAME_RULES["Microsoft.Authorization/locks"]),
        ResourceKind.ML_WORKSPACE: NameConvention(
            "mlw", NAME_RULES["Microsoft.MachineLearningServices/workspaces"]
        ),
        ResourceKind.ML_COMPUTE_CLUSTER: NameConvention(
            "cc", NAME_RULES["Microsoft.MachineLearningServices/workspaces/computes"], shows_region=False
        ),
        # Without an abbreviation: with one, 24 characters would cut the person's own key.
        ResourceKind.ML_COMPUTE_INSTANCE: NameConvention(
            "",
            NAME_RULES["Microsoft.MachineLearningServices/workspaces/computes[ComputeInstance]"],
            shows_region=False,
        ),
        ResourceKind.ML_ATTACHED_COMPUTE: NameConvention(
            "ac", NAME_RULES["Microsoft.MachineLearningServices/workspaces/computes"], shows_region=False
        ),
        ResourceKind.ML_CONNECTION: _child(
            "", NAME_RULES["Microsoft.MachineLearningServices/workspaces/connections"]
        ),
        ResourceKind.ML_OUTBOUND_RULE: _child(
            "", NAME_RULES["Microsoft.MachineLearningServices/workspaces/outboundRules"]
        ),
        ResourceKind.ML_REGISTRY: NameConvention(
            "mlr", NAME_RULES["Microsoft.MachineLearningServices/registries"], shows_region=False
        ),
        ResourceKind.ML_ONLINE_ENDPOINT: NameConvention(
            "oep",
            NAME_RULES["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"],
            shows_region=False,
        ),
        ResourceKind.ML_BATCH_ENDPOINT: NameConvention(
            "bep",
            NAME_RULES["Microsoft.MachineLearningServices/workspaces/batchEndpoints"],
            shows_region=False,
        ),
        # On Kubernetes the endpoint's and the deployment's name have at most 62 characters together, so 30
        # fits below every endpoint.
        ResourceKind.ML_DEPLOYMENT: NameConvention(
            "",
            NAME_RULES["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"],
            shows_environment=False,
            shows_region=False,
            own_max_length=30,
        ),
        # The studio refuses '-', though the API takes it.
        ResourceKind.ML_DATASTORE: NameConvention(
            "",
            NAME_RULES["Microsoft.MachineLearningServices/workspaces/datastores"],
            separator="_",
            shows_environment=False,
            shows_region=False,
            own_pattern=r"[a-zA-Z0-9][a-zA-Z0-9_]*",
            own_allowed="letters, digits and '_', first a letter or digit",
        ),
        ResourceKind.ML_ASSET: _child("", NAME_RULES["Microsoft.MachineLearningServices/workspaces/models"]),
        ResourceKind.DATABRICKS_WORKSPACE: NameConvention(
            "dbw", NAME_RULES["Microsoft.Databricks/workspaces"]
        ),
        ResourceKind.DATABRICKS_ACCESS_CONNECTOR: NameConvention(
            "dbac", NAME_RULES["Microsoft.Databricks/accessConnectors"]
        ),
        ResourceKind.DATABRICKS_MANAGED_RESOURCE_GROUP: NameConvention(
            "rg-dbw-managed", NAME_RULES["Microsoft.Resources/resourceGroups"]
        ),
        # The shortest limit of policies, pools, warehouses and jobs; Databricks allows more characters.
        ResourceKind.DATABRICKS_OBJECT: NameConvention(
            "",
            DATABRICKS_NAME_RULES["SQL warehouse"],
            shows_region=False,
            own_pattern=r"[a-zA-Z0-9]([a-zA-Z0-9 _.()\[\]-]*[a-zA-Z0-9_.)\]-])?",
            own_allowed="letters, digits, space, '_', '-', '.', and brackets, first a letter or digit",
        ),
        # A DNS label's length.
        ResourceKind.DATABRICKS_SERVING_ENDPOINT: NameConvention(
            "",
            DATABRICKS_NAME_RULES["model serving endpoint"],
            shows_region=False,
            own_max_length=63,
            own_pattern=r"[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?",
            own_allowed="letters, digits, '-' and '_', both ends a letter or digit",
        ),
        ResourceKind.DATABRICKS_NETWORK_CONNECTIVITY: NameConvention(
            "ncc", DATABRICKS_NAME_RULES["network connectivity configuration"]
        ),
        # Lowercase and without '-', so that SQL needs no quotes.
        ResourceKind.UNITY_CATALOG_OBJECT: NameConvention(
            "",
            DATABRICKS_NAME_RULES["Unity Catalog object"],
            separator="_",
            shows_region=False,
            own_pattern=r"[a-z][a-z0-9_]*",
            own_allowed="lowercase letters, digits and '_', first a letter",
        ),
        ResourceKind.STORAGE_ACCOUNT: NameConvention(
            "st", NAME_RULES["Microsoft.Storage/storageAccounts"], separator="", shows_region=False
        ),
        # CAF gives dls to Data Lake Store, the retired first generation.
        ResourceKind.DATA_LAKE: NameConvention(
            "dls", NAME_RULES["Microsoft.Storage/storageAccounts"], separator="", shows_region=False
        ),
        ResourceKind.STORAGE_CONTAINER: _child(
            "", NAME_RULES["Microsoft.Storage/storageAccounts/blobServices/containers"]
        ),
        ResourceKind.KEY_VAULT: NameConvention(
            "kv", NAME_RULES["Microsoft.KeyVault/vaults"], shows_region=False
        ),
        ResourceKind.KEY_VAULT_KEY: _child("", NAME_RULES["Microsoft.KeyVault/vaults/keys"]),
        ResourceKind.DATA_FACTORY: NameConvention("adf", NAME_RULES["Microsoft.DataFactory/factories"]),
        # One rule for everything in a factory: the strictest, which is that of linked services, datasets and
        # data flows.
        ResourceKind.DATA_FACTORY_OBJECT: NameConvention(
            "",
            NAME_RULES["Microsoft.DataFactory/factories/linkedservices"],
            separator="_",
            shows_environment=False,
            shows_region=False,
            own_pattern=r"[a-zA-Z].*",
            own_allowed="anything after a first letter",
        ),
        ResourceKind.DATA_FACTORY_INTEGRATION_RUNTIME: _child(
            "ir", NAME_RULES["Microsoft.DataFactory/factories/integrationruntimes"]
        ),
        ResourceKind.SYNAPSE_WORKSPACE: NameConvention("synw", NAME_RULES["Microsoft.Synapse/workspaces"]),
        # Short and plain, so that SQL needs no quotes.
        ResourceKind.SYNAPSE_SQL_POOL: NameConvention(
            "",
            NAME_RULES["Microsoft.Synapse/workspaces/sqlPools"],
            separator="_",
            shows_environment=False,
            shows_region=False,
            own_max_length=15,
            own_pattern=r"[a-zA-Z][a-zA-Z0-9_]*",
            own_allowed="letters, digits and '_', first a letter",
        ),
        ResourceKind.SYNAPSE_SPARK_POOL: _child(
            "", NAME_RULES["Microsoft.Synapse/workspaces/bigDataPools"], separator=""
        ),
        ResourceKind.SYNAPSE_PRIVATE_LINK_HUB: NameConvention(
            "synplh", NAME_RULES["Microsoft.Synapse/privateLinkHubs"], separator=""
        ),
        ResourceKind.SQL_SERVER: NameConvention("sql", NAME_RULES["Microsoft.Sql/servers"]),
        ResourceKind.CONTAINER_REGISTRY: NameConvention(
            "cr", NAME_RULES["Microsoft.ContainerRegistry/registries"], separator=""
        ),
        ResourceKind.AKS_CLUSTER: NameConvention(
            "aks", NAME_RULES["Microsoft.ContainerService/managedClusters"]
        ),
        ResourceKind.AKS_NODE_POOL: _child(
            "np", NAME_RULES["Microsoft.ContainerService/managedClusters/agentPools"], separator=""
        ),
        ResourceKind.AKS_NODE_RESOURCE_GROUP: NameConvention(
            "rg-aks-nodes", NAME_RULES["Microsoft.Resources/resourceGroups[AKS nodes]"]
        ),
        ResourceKind.AKS_TRUSTED_ACCESS: _child(
            "", NAME_RULES["Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings"]
        ),
        ResourceKind.FLUX_CONFIGURATION: _child(
            "", NAME_RULES["Microsoft.KubernetesConfiguration/fluxConfigurations"]
        ),
        ResourceKind.CONTAINER_APP_ENVIRONMENT: NameConvention(
            "cae", NAME_RULES["Microsoft.App/managedEnvironments"]
        ),
        ResourceKind.CONTAINER_APP: NameConvention(
            "ca", NAME_RULES["Microsoft.App/containerApps"], shows_region=False
        ),
        ResourceKind.CONTAINER_GROUP: NameConvention(
            "ci", NAME_RULES["Microsoft.ContainerInstance/containerGroups"]
        ),
        # The name is its custom sub-domain too.
        ResourceKind.AI_SERVICES: NameConvention(
            "ais", NAME_RULES["Microsoft.CognitiveServices/accounts"], is_sub_domain=True
        ),
        ResourceKind.LOG_ALERT: NameConvention("la", NAME_RULES["Microsoft.Insights/scheduledQueryRules"]),
        ResourceKind.LOGIC_APP: NameConvention("logic", NAME_RULES["Microsoft.Logic/workflows"]),
        ResourceKind.EVENT_GRID_SYSTEM_TOPIC: NameConvention(
            "egst", NAME_RULES["Microsoft.EventGrid/systemTopics"]
        ),
        ResourceKind.EVENT_GRID_SUBSCRIPTION: _child(
            "", NAME_RULES["Microsoft.EventGrid/systemTopics/eventSubscriptions"]
        ),
        ResourceKind.REGISTRY_TASK: _child("", NAME_RULES["Microsoft.ContainerRegistry/registries/tasks"]),
        # Azure documents no rule for these three; they follow metric alerts.
        ResourceKind.DIAGNOSTIC_SETTING: NameConvention(
            "diag",
            None,
            shows_environment=False,
            shows_region=False,
            own_max_length=260,
            own_pattern=_ALERT,
            own_allowed=_ALERT_TEXT,
        ),
        ResourceKind.WEB_TEST: NameConvention(
            "wt", None, own_max_length=260, own_pattern=_ALERT, own_allowed=_ALERT_TEXT
        ),
        ResourceKind.AUTOSCALE_SETTING: NameConvention(
            "as", None, own_max_length=260, own_pattern=_ALERT, own_allowed=_ALERT_TEXT
        ),
    }
)
"""Kind -> convention. Where CAF has no abbreviation, it is ours: ampls, bgt, ma, la, wt, as, diag, lock, cc, ac, mlr,
oep, bep, dbac, ncc, ir."""
