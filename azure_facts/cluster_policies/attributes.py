"""The attributes of a cluster that a policy may name, by their paths in the Clusters API."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from azure_facts.source import Source

ATTRIBUTES_SOURCE = Source(
    "learn.microsoft.com azure/databricks/admin/clusters/policy-definition (supported attributes: all of the "
    "Clusters API); databricks/cli bundle/schema/jsonschema.json (compute.ClusterSpec)",
    datetime.date(2026, 11, 30),
)


class ClusterType(StrEnum):
    """Who makes a cluster: the virtual attribute `cluster_type`."""

    ALL_PURPOSE = "all-purpose"
    JOB = "job"
    PIPELINE = "dlt"


CLUSTER_TYPE = "cluster_type"
UNITS_PER_HOUR = "dbus_per_hour"
VIRTUAL_ATTRIBUTES = (CLUSTER_TYPE, UNITS_PER_HOUR)
"""What no request says and a policy limits all the same."""

DYNAMIC_RUNTIME = "auto:"
"""How a `spark_version` begins that names no runtime but the latest or the one before of a kind, such as
`auto:latest-lts` (learn.microsoft.com azure/databricks/admin/clusters/policy-definition, read 2026-11-30)."""

MAPS = ("custom_tags", "spark_conf", "spark_env_vars")
"""Attributes whose next part is a key, dots included: `spark_conf.spark.executor.memory`."""

ARRAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "init_scripts": tuple(
            f"{place}.{part}"
            for place in ("abfss", "dbfs", "file", "gcs", "s3", "volumes", "workspace")
            for part in (("destination", "region") if place == "s3" else ("destination",))
        ),
        "ssh_public_keys": ("",),
    }
)
"""Attributes whose next part is `*` or an index, and what may follow it."""

SINGLE = frozenset(
    {
        "apply_policy_default_values",
        "autotermination_minutes",
        "cluster_name",
        "data_security_mode",
        "driver_instance_pool_id",
        "driver_node_type_id",
        "enable_elastic_disk",
        "enable_local_disk_encryption",
        "instance_pool_id",
        "is_single_node",
        "kind",
        "node_type_id",
        "num_workers",
        "remote_disk_throughput",
        "runtime_engine",
        "single_user_name",
        "spark_version",
        "total_initial_remote_disk_size",
        "use_ml_runtime",
        *VIRTUAL_ATTRIBUTES,
    }
)
NESTED = frozenset(
    {
        "autoscale.max_workers",
        "autoscale.min_workers",
        "azure_attributes.availability",
        "azure_attributes.capacity_reservation_group",
        "azure_attributes.first_on_demand",
        "azure_attributes.log_analytics_info.log_analytics_primary_key",
        "azure_attributes.log_analytics_info.log_analytics_workspace_id",
        "azure_attributes.spot_bid_max_price",
        # Policies name a log's destination by its kind and its path, whatever block the request has.
        "cluster_log_conf.path",
        "cluster_log_conf.region",
        "cluster_log_conf.type",
        "docker_image.basic_auth.password",
        "docker_image.basic_auth.username",
        "docker_image.url",
        "workload_type.clients.jobs",
        "workload_type.clients.notebooks",
    }
)
_OPEN = (
    "aws_attributes",
    "driver_node_type_flexibility",
    "gcp_attributes",
    "worker_node_type_flexibility",
)
"""Attributes whose parts are not told apart here."""


def path_problem(path: str) -> str:
    """Why no cluster has an attribute at a path, with the one that was meant; empty where it has."""
    first, _, rest = path.partition(".")
    if path in SINGLE or path in NESTED:
        return ""
    if first in MAPS:
        return "" if rest else f"names all of {first}; name one key: {first}.KEY"
    if first in ARRAYS:
        place, _, part = rest.partition(".")
        if (place == "*" or place.isdecimal()) and part in ARRAYS[first]:
            return ""
        example = next(iter(ARRAYS[first]))
        return f"must be {first}.*{'.' + example if example else ''}, or an index in place of *"
    if first in _OPEN:
        return ""
    known = sorted((*SINGLE, *NESTED))
    meant = difflib.get_close_matches(path, known, 1, 0.7)
    return "is no attribute of a cluster" + (
        f"; use {meant[0]}" if meant else "; use one of the Clusters API"
    )
