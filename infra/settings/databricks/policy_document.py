"""The document of a cluster policy, and clusters of the settings as their policy judges them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.cluster_policies.attributes import ClusterType
from azure_facts.cluster_policies.elements import definition_of
from azure_facts.cluster_policies.evaluation import SOME_VALUE, Contradiction, contradictions
from infra.settings.databricks.clusters import Cluster, InstancePool, InteractiveCluster
from infra.settings.databricks.policies import AccessMode, ClusterKind, PolicyFile, SpotRule

PolicyDocument = Mapping[str, Mapping[str, object]]

DATA_SECURITY_MODES = {AccessMode.DEDICATED: "SINGLE_USER", AccessMode.STANDARD: "USER_ISOLATION"}
"""Dedicated access mode: ML runtimes need it; Unity Catalog needs one of the two."""

_SPOT = {
    SpotRule.NEVER: (),
    SpotRule.WITH_FALLBACK: ("SPOT_WITH_FALLBACK_AZURE",),
    SpotRule.ALLOWED: ("SPOT_WITH_FALLBACK_AZURE", "SPOT_AZURE"),
}
_CLUSTER_TYPES = {ClusterKind.JOB: ClusterType.JOB, ClusterKind.ALL_PURPOSE: ClusterType.ALL_PURPOSE}


def policy_document(
    policy: PolicyFile,
    tags: Mapping[str, str],
    suggested_tags: Mapping[str, str],
    variables: Mapping[str, str],
) -> PolicyDocument:
    """Forces `tags` and environment `variables`, and suggests `suggested_tags`, which differ from cluster to cluster.

    Node type and availability are optional because a cluster that draws from a pool must leave them out.
    """
    node_types: Mapping[str, object] = {
        "type": "allowlist",
        "values": list(policy.node_types),
        "isOptional": True,
    }
    document: dict[str, Mapping[str, object]] = {
        "cluster_type": {"type": "fixed", "value": str(policy.cluster)},
        "spark_version": {"type": "allowlist", "values": sorted(policy.runtimes)},
        "node_type_id": node_types,
        "driver_node_type_id": node_types,
        "num_workers": {"type": "range", "maxValue": policy.max_workers, "isOptional": True},
        "autoscale.max_workers": {"type": "range", "maxValue": policy.max_workers, "isOptional": True},
        "dbus_per_hour": {"type": "range", "maxValue": policy.max_dbu_per_hour},
        "azure_attributes.availability": {
            "type": "allowlist",
            "values": ["ON_DEMAND_AZURE", *_SPOT[policy.spot]],
            "isOptional": True,
        },
        "azure_attributes.first_on_demand": {"type": "range", "minValue": 1, "isOptional": True},
        "data_security_mode": {"type": "fixed", "value": DATA_SECURITY_MODES[policy.access_mode]},
    }
    if policy.auto_termination_minutes:
        bounds = policy.auto_termination_minutes
        document["autotermination_minutes"] = {
            "type": "range",
            "minValue": bounds.minimum,
            "maxValue": bounds.maximum,
            "defaultValue": bounds.default,
        }
    forced = {f"custom_tags.{name}": value for name, value in {**tags, **policy.forced_tags}.items()}
    forced |= {f"spark_env_vars.{name}": value for name, value in variables.items()}
    document |= {path: {"type": "fixed", "value": value} for path, value in forced.items()}
    document |= {
        f"custom_tags.{name}": {"type": "unlimited", "defaultValue": value, "isOptional": True}
        for name, value in suggested_tags.items()
    }
    return document


def policy_contradictions(
    cluster: Cluster, kind: ClusterKind, policy: PolicyFile, pool: InstancePool | None
) -> Iterator[tuple[str, Contradiction]]:
    """What Databricks would refuse of a cluster, with the key of the settings that says it."""
    definition = definition_of(policy_document(policy, {}, {}, {}))
    for found in contradictions(definition, _as_the_policy_sees(cluster, pool), _CLUSTER_TYPES[kind]):
        yield "pool" if pool and found.path in _OF_THE_POOL else _key(found.path, cluster), found


def _as_the_policy_sees(cluster: Cluster, pool: InstancePool | None) -> Mapping[str, object]:
    """What the settings decide; the access mode and the forced tags come from the policy itself."""
    interactive = cluster.auto_termination_minutes if isinstance(cluster, InteractiveCluster) else None
    return {
        "spark_version": cluster.runtime,
        "node_type_id": pool.node_type if pool else cluster.node_type,
        "num_workers": cluster.workers,
        "autoscale": cluster.autoscale.model_dump() if cluster.autoscale else None,
        "azure_attributes": {"availability": str(pool.availability if pool else cluster.availability)},
        "autotermination_minutes": interactive,
        "spark_conf": cluster.spark_conf,
        "spark_env_vars": {**cluster.environment, **dict.fromkeys(cluster.secrets, SOME_VALUE)},
    }


_OF_THE_POOL = ("node_type_id", "azure_attributes.availability")
_KEYS = {
    "spark_version": "runtime",
    "node_type_id": "node_type",
    "num_workers": "workers",
    "autoscale": "autoscale",
    "azure_attributes": "availability",
    "autotermination_minutes": "auto_termination_minutes",
    "cluster_type": "policy",
}


def _key(path: str, cluster: Cluster) -> str:
    first, _, rest = path.partition(".")
    if first == "spark_env_vars":
        return f"{'secrets' if rest in cluster.secrets else 'environment'}.{rest}"
    return path if first == "spark_conf" else _KEYS.get(first, "policy")
