"""How the Databricks API finds an object by the name that users see, and where it keeps the object's access list."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.databricks_permissions import PermissionObject
from azure_facts.source import Source

LOOKUPS_SOURCE = Source(
    "databricks/databricks-sdk-py databricks/sdk/service: compute, jobs, sql, ml, workspace, serving, and "
    "PermissionsAPI.get of iam",
    datetime.date(2026, 11, 30),
)


@dataclass(frozen=True)
class Lookup:
    """`path` answers one object, named by the query `by` or at the path's end where `by` is empty; or, with `listed`,
    the objects that the caller may see, under that key. `name` and `id` are dotted paths in what is found. `access` is
    the kind in `/api/2.0/permissions/{access}/{id}`; empty where the object has no list there."""

    path: str
    id: str
    by: str = ""
    listed: str = ""
    name: str = ""
    access: str = ""
    levels: PermissionObject | None = None


LOOKUPS: Mapping[str, Lookup] = MappingProxyType(
    {
        "cluster": Lookup(
            "/api/2.1/clusters/list",
            "cluster_id",
            listed="clusters",
            name="cluster_name",
            access="clusters",
            levels=PermissionObject.CLUSTER,
        ),
        "cluster-policy": Lookup(
            "/api/2.0/policies/clusters/list",
            "policy_id",
            listed="policies",
            name="name",
            access="cluster-policies",
            levels=PermissionObject.CLUSTER_POLICY,
        ),
        "pool": Lookup(
            "/api/2.0/instance-pools/list",
            "instance_pool_id",
            listed="instance_pools",
            name="instance_pool_name",
            access="instance-pools",
            levels=PermissionObject.POOL,
        ),
        "job": Lookup(
            "/api/2.2/jobs/list",
            "job_id",
            by="name",
            listed="jobs",
            name="settings.name",
            access="jobs",
            levels=PermissionObject.JOB,
        ),
        "warehouse": Lookup(
            "/api/2.0/sql/warehouses",
            "id",
            listed="warehouses",
            name="name",
            access="warehouses",
            levels=PermissionObject.SQL_WAREHOUSE,
        ),
        "directory": Lookup(
            "/api/2.0/workspace/get-status",
            "object_id",
            by="path",
            access="directories",
            levels=PermissionObject.DIRECTORY,
        ),
        "experiment": Lookup(
            "/api/2.0/mlflow/experiments/get-by-name",
            "experiment.experiment_id",
            by="experiment_name",
            access="experiments",
            levels=PermissionObject.EXPERIMENT,
        ),
        "serving-endpoint": Lookup(
            "/api/2.0/serving-endpoints",
            "id",
            access="serving-endpoints",
            levels=PermissionObject.SERVING_ENDPOINT,
        ),
        "secret-scope": Lookup("/api/2.0/secrets/list", "", by="scope"),
    }
)
"""By the kinds of objects that promises name (docs/promises.md)."""

SECURABLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "catalog": ("catalog", "catalogs"),
        "schema": ("schema", "schemas"),
        "table": ("table", "tables"),
        "volume": ("volume", "volumes"),
        "external-location": ("external_location", "external-locations"),
    }
)
"""Kinds of promises to the securable type of Unity Catalog's permissions API, and to the folder of the objects below
`/api/2.1/unity-catalog/` (databricks-sdk-py catalog.py)."""
