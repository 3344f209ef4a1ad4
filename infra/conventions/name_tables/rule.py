"""What a name rule is: the kinds of named things, the scopes of uniqueness, the shape of one row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SPEC_ML = "Azure REST spec machinelearningservices 2025-12-01"
NAME_RULES_PAGE = "learn.microsoft.com resource-name-rules"
OWN_ABBREVIATION = "abbreviation ours, CAF has none"


class NameScope(StrEnum):
    """Where a name must be unique; GLOBAL, TENANT and REGION are shared with strangers."""

    GLOBAL = "global"
    TENANT = "tenant"
    SUBSCRIPTION = "subscription"
    REGION = "region"
    RESOURCE_GROUP = "resource group"
    PARENT = "parent"


SHARED_SCOPES = frozenset({NameScope.GLOBAL, NameScope.TENANT, NameScope.REGION})


class ResourceKind(StrEnum):
    """A kind of thing that has a name rule; not one-to-one with ARM types (a lake is a storage account)."""

    RESOURCE_GROUP = "resource group"
    ML_WORKSPACE = "machine-learning workspace"
    ML_COMPUTE_CLUSTER = "machine-learning compute cluster"
    ML_COMPUTE_INSTANCE = "machine-learning compute instance"
    ML_ATTACHED_COMPUTE = "machine-learning attached compute"
    ML_CONNECTION = "machine-learning connection"
    ML_OUTBOUND_RULE = "machine-learning managed-network outbound rule"
    ML_REGISTRY = "machine-learning registry"
    ML_ONLINE_ENDPOINT = "machine-learning online endpoint"
    ML_BATCH_ENDPOINT = "machine-learning batch endpoint"
    ML_DEPLOYMENT = "machine-learning deployment"
    ML_DATASTORE = "machine-learning datastore"
    ML_ASSET = "machine-learning asset"
    STORAGE_ACCOUNT = "storage account"
    DATA_LAKE = "data lake storage account"
    STORAGE_CONTAINER = "storage container"
    KEY_VAULT = "key vault"
    KEY_VAULT_KEY = "key vault key"
    APPLICATION_INSIGHTS = "application insights"
    LOG_ANALYTICS = "log analytics workspace"
    CONTAINER_REGISTRY = "container registry"
    DATABRICKS_WORKSPACE = "databricks workspace"
    DATABRICKS_ACCESS_CONNECTOR = "databricks access connector"
    DATABRICKS_MANAGED_RESOURCE_GROUP = "databricks managed resource group"
    DATABRICKS_OBJECT = "databricks workspace object"
    DATABRICKS_SERVING_ENDPOINT = "databricks serving endpoint"
    DATABRICKS_NETWORK_CONNECTIVITY = "databricks network connectivity configuration"
    UNITY_CATALOG_OBJECT = "unity catalog object"
    AKS_CLUSTER = "kubernetes cluster"
    AKS_NODE_POOL = "kubernetes node pool"
    AKS_NODE_RESOURCE_GROUP = "kubernetes node resource group"
    AKS_TRUSTED_ACCESS = "kubernetes trusted access role binding"
    DATA_FACTORY = "data factory"
    DATA_FACTORY_OBJECT = "data factory object"
    DATA_FACTORY_INTEGRATION_RUNTIME = "data factory integration runtime"
    SYNAPSE_WORKSPACE = "synapse workspace"
    SYNAPSE_SQL_POOL = "synapse dedicated sql pool"
    SYNAPSE_SPARK_POOL = "synapse spark pool"
    SYNAPSE_PRIVATE_LINK_HUB = "synapse private link hub"
    USER_ASSIGNED_IDENTITY = "user-assigned identity"
    VIRTUAL_NETWORK = "virtual network"
    SUBNET = "subnet"
    NETWORK_SECURITY_GROUP = "network security group"
    NAT_GATEWAY = "nat gateway"
    PUBLIC_IP = "public ip address"
    PRIVATE_ENDPOINT = "private endpoint"
    PRIVATE_LINK_SCOPE = "azure monitor private link scope"
    ACTION_GROUP = "action group"
    BUDGET = "budget"
    METRIC_ALERT = "metric alert"
    LOG_ALERT = "log search alert"
    WEB_TEST = "availability test"
    AUTOSCALE_SETTING = "autoscale setting"
    LOGIC_APP = "logic app"
    DIAGNOSTIC_SETTING = "diagnostic setting"
    LOCK = "management lock"
    RECOVERY_VAULT = "recovery services vault"
    SQL_SERVER = "sql server"
    CONTAINER_APP_ENVIRONMENT = "container apps environment"
    CONTAINER_APP = "container app"
    CONTAINER_GROUP = "container group"
    AI_SERVICES = "ai services account"
    REGISTRY_TASK = "container registry task"
    EVENT_GRID_SYSTEM_TOPIC = "event grid system topic"
    EVENT_GRID_SUBSCRIPTION = "event grid subscription"
    FLUX_CONFIGURATION = "flux configuration"


@dataclass(frozen=True)
class NameRule:
    """What one kind of name must look like.

    `allowed` says in words what `pattern` says to the machine, for messages. `separator` joins the words of a
    generated name; "" where the service allows no dash. `shows_environment` is false only for children whose
    parent's name already shows workload and environment: repeating both in a 12-character node pool or in a
    deployment called "blue" would leave no room for what tells it from its siblings. `shows_region` is false
    where the length is too short for it (the hash of the name covers the region there) or the parent shows
    it. `forbidden` are texts the name may not contain. `public_endpoint`: the name becomes a DNS label under
    a Microsoft domain, so Azure's reserved words apply. `soft_delete_days`: how long a deleted name stays
    blocked, at most.
    """

    abbreviation: str
    min_length: int
    max_length: int
    pattern: str
    allowed: str
    scope: NameScope
    source: str
    separator: str = "-"
    lowercase: bool = False
    shows_environment: bool = True
    shows_region: bool = True
    forbidden: tuple[str, ...] = ()
    public_endpoint: bool = False
    soft_delete_days: int | None = None


WORD = r"[a-zA-Z0-9][a-zA-Z0-9_-]*"
WORD_TEXT = "letters, digits, '-' and '_', first a letter or digit"
LETTER_FIRST_DASHED = r"[a-zA-Z](-?[a-zA-Z0-9])*"
LETTER_FIRST_DASHED_TEXT = "letters, digits and single '-', first a letter, last a letter or digit"
LOWER_DASHED = r"[a-z0-9](-?[a-z0-9])*"
LOWER_DASHED_TEXT = "lowercase letters, digits and single '-', first and last a letter or digit"
RESOURCE_GROUP_PATTERN = r"[a-zA-Z0-9_.()-]*[a-zA-Z0-9_()-]"
RESOURCE_GROUP_TEXT = "letters, digits, '_', '-', '.', '(' and ')', last no '.'"
