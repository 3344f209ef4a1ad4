"""Permission levels by kind of Databricks workspace object, weakest first.

Unity Catalog's objects have privileges instead (`azure_facts.unity_catalog`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.source import Source

PERMISSIONS_SOURCE = Source(
    "databricks/terraform-provider-databricks permissions/permission_definitions.go, docs/resources/permissions.md",
    datetime.date(2026, 11, 29),
)


class PermissionObject(StrEnum):
    """A kind of object that has an access list."""

    CLUSTER = "cluster"
    CLUSTER_POLICY = "cluster policy"
    POOL = "pool"
    JOB = "job"
    PIPELINE = "pipeline"
    NOTEBOOK = "notebook"
    DIRECTORY = "directory"
    WORKSPACE_FILE = "workspace file"
    GIT_FOLDER = "git folder"
    EXPERIMENT = "experiment"
    REGISTERED_MODEL = "registered model"
    SERVING_ENDPOINT = "serving endpoint"
    VECTOR_SEARCH_ENDPOINT = "vector search endpoint"
    SQL_WAREHOUSE = "SQL warehouse"
    SQL_QUERY = "SQL query"
    SQL_ALERT = "SQL alert"
    SQL_DASHBOARD = "SQL dashboard"
    ALERT = "alert"
    DASHBOARD = "dashboard"
    APP = "app"
    DATABASE_INSTANCE = "database instance"
    DATABASE_PROJECT = "database project"
    KNOWLEDGE_ASSISTANT = "knowledge assistant"
    SUPERVISOR_AGENT = "supervisor agent"
    TOKENS = "tokens"
    PASSWORDS = "passwords"


@dataclass(frozen=True)
class PermissionLevels:
    """`arguments` are the properties of `databricks.Permissions` that name such an object; `authorization` names the
    access lists of tokens and of passwords."""

    levels: tuple[str, ...]
    arguments: tuple[str, ...]


_FILES = ("CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE")
# CAN_VIEW is the older name of CAN_READ there, and still accepted.
_LEGACY_SQL = ("CAN_VIEW", *_FILES)
_USE_OR_MANAGE = ("CAN_USE", "CAN_MANAGE")
_QUERY_OR_MANAGE = ("CAN_QUERY", "CAN_MANAGE")

PERMISSION_LEVELS: Mapping[PermissionObject, PermissionLevels] = MappingProxyType(
    {
        PermissionObject.CLUSTER: PermissionLevels(
            ("CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE"), ("clusterId",)
        ),
        PermissionObject.CLUSTER_POLICY: PermissionLevels(("CAN_USE",), ("clusterPolicyId",)),
        PermissionObject.POOL: PermissionLevels(("CAN_ATTACH_TO", "CAN_MANAGE"), ("instancePoolId",)),
        PermissionObject.JOB: PermissionLevels(
            ("CAN_VIEW", "CAN_MANAGE_RUN", "IS_OWNER", "CAN_MANAGE"), ("jobId",)
        ),
        PermissionObject.PIPELINE: PermissionLevels(
            ("CAN_VIEW", "CAN_RUN", "CAN_MANAGE", "IS_OWNER"), ("pipelineId",)
        ),
        PermissionObject.NOTEBOOK: PermissionLevels(_FILES, ("notebookId", "notebookPath")),
        PermissionObject.DIRECTORY: PermissionLevels(_FILES, ("directoryId", "directoryPath")),
        PermissionObject.WORKSPACE_FILE: PermissionLevels(_FILES, ("workspaceFileId", "workspaceFilePath")),
        PermissionObject.GIT_FOLDER: PermissionLevels(_FILES, ("repoId", "repoPath")),
        PermissionObject.EXPERIMENT: PermissionLevels(
            ("CAN_READ", "CAN_EDIT", "CAN_MANAGE"), ("experimentId",)
        ),
        PermissionObject.REGISTERED_MODEL: PermissionLevels(
            (
                "CAN_READ",
                "CAN_EDIT",
                "CAN_MANAGE_STAGING_VERSIONS",
                "CAN_MANAGE_PRODUCTION_VERSIONS",
                "CAN_MANAGE",
            ),
            ("registeredModelId",),
        ),
        PermissionObject.SERVING_ENDPOINT: PermissionLevels(
            ("CAN_VIEW", "CAN_QUERY", "CAN_MANAGE"), ("servingEndpointId",)
        ),
        PermissionObject.VECTOR_SEARCH_ENDPOINT: PermissionLevels(
            _USE_OR_MANAGE, ("vectorSearchEndpointId",)
        ),
        PermissionObject.SQL_WAREHOUSE: PermissionLevels(
            ("CAN_USE", "CAN_MONITOR", "CAN_VIEW", "CAN_MANAGE", "IS_OWNER"), ("sqlEndpointId",)
        ),
        PermissionObject.SQL_QUERY: PermissionLevels(_LEGACY_SQL, ("sqlQueryId",)),
        PermissionObject.SQL_ALERT: PermissionLevels(_LEGACY_SQL, ("sqlAlertId",)),
        PermissionObject.SQL_DASHBOARD: PermissionLevels(_LEGACY_SQL, ("sqlDashboardId",)),
        PermissionObject.ALERT: PermissionLevels(_FILES, ("alertV2Id",)),
        PermissionObject.DASHBOARD: PermissionLevels(_FILES, ("dashboardId",)),
        PermissionObject.APP: PermissionLevels(_USE_OR_MANAGE, ("appName",)),
        PermissionObject.DATABASE_INSTANCE: PermissionLevels(_USE_OR_MANAGE, ("databaseInstanceName",)),
        PermissionObject.DATABASE_PROJECT: PermissionLevels(_USE_OR_MANAGE, ("databaseProjectName",)),
        PermissionObject.KNOWLEDGE_ASSISTANT: PermissionLevels(_QUERY_OR_MANAGE, ("knowledgeAssistantId",)),
        PermissionObject.SUPERVISOR_AGENT: PermissionLevels(_QUERY_OR_MANAGE, ("supervisorAgentId",)),
        # Only admins, who are never listed, manage tokens.
        PermissionObject.TOKENS: PermissionLevels(("CAN_USE",), ("authorization",)),
        PermissionObject.PASSWORDS: PermissionLevels(("CAN_USE",), ("authorization",)),
    }
)


def levels_by_argument() -> Mapping[str, tuple[str, ...]]:
    """Property of `databricks.Permissions` to the levels of the object that it names."""
    return {argument: row.levels for row in PERMISSION_LEVELS.values() for argument in row.arguments}
