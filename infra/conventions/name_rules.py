"""What a kind of named thing is, and what we decide of its names.

What the services allow is in `azure_facts.name_rules`; the conventions themselves are in `name_conventions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from azure_facts.name_rules.rule import SHARED_SCOPES, NameRule


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
    FLOW_LOG = "flow log"
    NETWORK_SECURITY_GROUP = "network security group"
    NAT_GATEWAY = "nat gateway"
    ROUTE_TABLE = "route table"
    FIREWALL = "firewall"
    FIREWALL_POLICY = "firewall policy"
    PUBLIC_IP = "public ip address"
    PRIVATE_ENDPOINT = "private endpoint"
    PRIVATE_LINK_SCOPE = "azure monitor private link scope"
    DATA_COLLECTION_RULE = "data collection rule"
    DATA_COLLECTION_ENDPOINT = "data collection endpoint"
    ACTION_GROUP = "action group"
    BUDGET = "budget"
    METRIC_ALERT = "metric alert"
    ACTIVITY_LOG_ALERT = "activity log alert"
    LOG_ALERT = "log search alert"
    WEB_TEST = "availability test"
    AUTOSCALE_SETTING = "autoscale setting"
    LOGIC_APP = "logic app"
    DIAGNOSTIC_SETTING = "diagnostic setting"
    LOCK = "management lock"
    RECOVERY_VAULT = "recovery services vault"
    BACKUP_VAULT = "backup vault"
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
class NameConvention:
    """How we name one kind.

    `service` is what Azure or Databricks allows; None where it documents nothing. `separator` joins the words of a
    generated name; "" where the service allows no dash. `shows_environment` is false only for children whose
    parent's name already shows workload and environment: repeating both in a 12-character node pool or in a
    deployment called "blue" would leave no room for what tells it from its siblings. `shows_region` is false
    where the length is too short for it (the hash of the name covers the region there) or the parent shows
    it. `is_sub_domain`: we make the name a DNS label of the public domain, which the type alone does not ask.
    `own_max_length` and `own_pattern` are what we allow of it; `own_allowed` says the pattern in words.
    """

    abbreviation: str
    service: NameRule | None
    separator: str = "-"
    shows_environment: bool = True
    shows_region: bool = True
    is_sub_domain: bool = False
    own_max_length: int | None = None
    own_pattern: str = ""
    own_allowed: str = ""

    @property
    def min_length(self) -> int:
        """The fewest characters of a name."""
        return self.service.min_length if self.service else 1

    @property
    def max_length(self) -> int:
        """The most characters of a name: ours, or else the service's."""
        of_service = self.service.max_length if self.service else None
        return min(limit for limit in (self.own_max_length, of_service) if limit is not None)

    @property
    def is_shared_with_strangers(self) -> bool:
        """Whether somebody else may hold the name already."""
        return self.is_sub_domain or (self.service is not None and self.service.scope in SHARED_SCOPES)

    def problem_with(self, name: str) -> str | None:
        """What is wrong with the length or the characters of `name`, to be read after the name; None if nothing is."""
        if not self.min_length <= len(name) <= self.max_length:
            return f"has {len(name)} characters; it must have {self.min_length} to {self.max_length}"
        if self.own_pattern and not re.fullmatch(self.own_pattern, name):
            return f"must be made of {self.own_allowed}"
        return self.service.problem_with(name) if self.service else None
