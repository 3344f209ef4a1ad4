"""Databricks and its Unity Catalog. All goes over the workspace's front end; people's browsers sign in besides."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import Action, ClusterContent, Trial, operations, privileges
from azure_facts.databricks_groups import ADMIN_OPERATION, ADMIN_OPERATION_SOURCE
from azure_facts.databricks_service_principals import ROLES_PAGE
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_ACCESS_LISTS = Source("learn.microsoft.com azure/databricks/security/auth-authz/access-control", _READ)
_ENTITLEMENTS = Source("databricks/terraform-provider-databricks docs/resources/entitlements.md", _READ)
_MEMBERS = Source("databricks/terraform-provider-databricks docs/resources/permission_assignment.md", _READ)
_SECRETS = Source("learn.microsoft.com azure/databricks/security/secrets/workspace-secret-scopes", _READ)
_PRIVILEGES = Source(
    "learn.microsoft.com azure/databricks/data-governance/unity-catalog/access-control/privileges-reference",
    _READ,
)
_PRIVATE_LINK = Source("learn.microsoft.com azure/databricks/security/network/concepts/private-link", _READ)
_TRACKING = Source(
    "learn.microsoft.com azure/machine-learning/how-to-use-mlflow-configure-tracking (prerequisites, tracking URI)",
    _READ,
)
_TRACKS = ClusterContent(packages=("azureml-mlflow",), variables=("MLFLOW_TRACKING_URI",))
"""A notebook on a cluster that has these logs to Azure ML without a line of its own."""
_GROUPS = ("databricks_ui_api",)


def _by_level(
    word: str, level: str, trial: Trial = Trial.ASK_DATABRICKS, source: Source = _ACCESS_LISTS
) -> Action:
    return Action(word, source, level=level, groups=_GROUPS, trial=trial)


def _tracking(word: str, level: str) -> Action:
    return Action(word, _TRACKING, level=level, cluster=_TRACKS, groups=_GROUPS, trial=Trial.ASK_DATABRICKS)


def _by_entitlement(word: str, entitlement: str) -> Action:
    return Action(word, _ENTITLEMENTS, entitlement=entitlement, groups=_GROUPS, trial=Trial.READ_DATABRICKS)


def _by_privileges(word: str, *names: str, trial: Trial = Trial.ASK_DATABRICKS) -> Action:
    return Action(word, _PRIVILEGES, privileges=privileges(*names), groups=_GROUPS, trial=trial)


DATABRICKS_ACTIONS: tuple[Action, ...] = (
    # Of the workspace.
    _by_level("enter Databricks", "USER", Trial.READ_DATABRICKS, _MEMBERS),
    _by_level("administer Databricks", "ADMIN", Trial.READ_DATABRICKS, _MEMBERS),
    # Contributor on the workspace's resource: who calls with it needs no membership inside.
    Action(
        "call Databricks with an Azure role",
        ADMIN_OPERATION_SOURCE,
        operations(ADMIN_OPERATION),
        groups=_GROUPS,
        trial=Trial.READ_DATABRICKS,
    ),
    Action("sign in to Databricks", _PRIVATE_LINK, groups=("browser_authentication",)),
    _by_entitlement("open Databricks", "workspace_access"),
    _by_entitlement("open Databricks SQL", "databricks_sql_access"),
    _by_entitlement("see shared dashboards", "workspace_consume"),
    _by_entitlement("make any cluster", "allow_cluster_create"),
    _by_entitlement("make any pool", "allow_instance_pool_create"),
    Action("connect to the control plane", _PRIVATE_LINK, groups=_GROUPS, trial=Trial.NONE),
    # Of its objects.
    _by_level("attach to a cluster", "CAN_ATTACH_TO"),
    _by_level("restart a cluster", "CAN_RESTART"),
    _by_level("make a cluster under the policy", "CAN_USE"),
    _tracking("log to Azure ML from a cluster of the policy", "CAN_USE"),
    _tracking("log to Azure ML from the cluster", "CAN_ATTACH_TO"),
    _by_level("take machines from the pool", "CAN_ATTACH_TO"),
    _by_level("see a Databricks job", "CAN_VIEW"),
    _by_level("start a Databricks job", "CAN_MANAGE_RUN", Trial.RUN),
    _by_level("query the SQL warehouse", "CAN_USE", Trial.SELECT_ONE),
    _by_level("read notebooks", "CAN_READ", Trial.READ_DATABRICKS),
    _by_level("run notebooks", "CAN_RUN"),
    _by_level("edit notebooks", "CAN_EDIT"),
    _by_level("move notebooks", "CAN_MANAGE"),
    _by_level("read the experiment", "CAN_READ", Trial.READ_DATABRICKS),
    _by_level("log to the experiment", "CAN_EDIT"),
    _by_level("query the serving endpoint", "CAN_QUERY"),
    _by_level("watch the SQL warehouse", "CAN_MONITOR"),
    _by_level("see the object", "CAN_VIEW", Trial.READ_DATABRICKS),
    _by_level("manage the object", "CAN_MANAGE"),
    _by_level("read the secret scope", "READ", Trial.READ_DATABRICKS, _SECRETS),
    _by_level("manage the service principal", "servicePrincipal.manager", Trial.NONE, ROLES_PAGE),
    _by_level("run as the service principal", "servicePrincipal.user", Trial.NONE, ROLES_PAGE),
    # Of Unity Catalog.
    _by_privileges("see the catalog", "USE_CATALOG"),
    _by_privileges("read table", "USE_CATALOG", "USE_SCHEMA", "SELECT", trial=Trial.READ_TABLE),
    _by_privileges("write table", "USE_CATALOG", "USE_SCHEMA", "SELECT", "MODIFY"),
    _by_privileges("create tables", "USE_CATALOG", "USE_SCHEMA", "CREATE_TABLE"),
    _by_privileges("create schemas", "USE_CATALOG", "CREATE_SCHEMA"),
    _by_privileges("read volume", "USE_CATALOG", "USE_SCHEMA", "READ_VOLUME"),
    _by_privileges("write volume", "USE_CATALOG", "USE_SCHEMA", "READ_VOLUME", "WRITE_VOLUME"),
    _by_privileges("register catalog models", "USE_CATALOG", "USE_SCHEMA", "CREATE_MODEL"),
    _by_privileges("use the catalog's models", "USE_CATALOG", "USE_SCHEMA", "EXECUTE"),
    _by_privileges("read files of the location", "READ_FILES"),
    _by_privileges("write files of the location", "READ_FILES", "WRITE_FILES"),
    _by_privileges("make tables in the location", "CREATE_EXTERNAL_TABLE"),
)
