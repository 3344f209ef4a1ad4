"""What job clusters and interactive clusters have in common, as plain values.

The SDK has a class of its own for the same block in each place; the values are decided once, here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pulumi

from infra.databricks.cluster_policies import ClusterPolicies
from infra.databricks.pools import Pools
from infra.databricks.secret_scopes import SecretScopes
from infra.databricks.tracking import Tracking
from infra.settings.databricks.clusters import Cluster, ClusterAvailability, InteractiveCluster, Libraries

SINGLE_NODE_CONF: Mapping[str, str] = {
    "spark.databricks.cluster.profile": "singleNode",
    "spark.master": "local[*]",
}
"""Without these a cluster of 0 workers waits for a worker for ever (docs.databricks.com clusters API)."""

SINGLE_NODE_TAGS: Mapping[str, str] = {"ResourceClass": "SingleNode"}


@dataclass(frozen=True)
class ClusterSurroundings:
    """What a cluster names by key, and what every cluster carries."""

    policies: ClusterPolicies
    pools: Pools
    tracking: Tracking
    scopes: SecretScopes
    table_properties: Mapping[str, str]
    """Spark configuration of the tables that clusters make."""

    def environment(self, settings: Cluster) -> Mapping[str, pulumi.Input[str]]:
        """Tracking's variables, the cluster's own, and its secrets as references."""
        secrets = {
            name: self.scopes.reference(secret.secret_scope, secret.secret_name)
            for name, secret in settings.secrets.items()
        }
        credential = {} if isinstance(settings, InteractiveCluster) else self.tracking.credential
        return {**self.tracking.environment, **credential, **settings.environment, **secrets}


@dataclass(frozen=True)
class ClusterParts:
    """One cluster's values; None where a pool decides."""

    policy_id: pulumi.Output[str]
    pool_id: pulumi.Output[str] | None
    node_type: str | None
    availability: str | None
    bid_price: float | None
    data_security_mode: str
    spark_conf: Mapping[str, str]
    environment: Mapping[str, pulumi.Input[str]]
    tags: Mapping[str, str]

    @staticmethod
    def of(settings: Cluster, around: ClusterSurroundings, tags: Mapping[str, str]) -> ClusterParts:
        """Drawn from a pool, so without a node type; or of its own machines, with a driver on demand."""
        single = settings.is_single_node
        spot = settings.availability is not ClusterAvailability.ON_DEMAND
        return ClusterParts(
            policy_id=around.policies.policies[settings.policy].id,
            pool_id=around.pools.pools[settings.pool].id if settings.pool else None,
            node_type=settings.node_type,
            availability=None if settings.pool else settings.availability,
            bid_price=-1 if spot and not settings.pool else None,
            data_security_mode=around.policies.data_security_mode(settings.policy),
            spark_conf={
                **(SINGLE_NODE_CONF if single else {}),
                **around.table_properties,
                **settings.spark_conf,
            },
            environment=around.environment(settings),
            tags={**tags, **(SINGLE_NODE_TAGS if single else {})},
        )


def init_script_field(path: str) -> str:
    """The field of an init script's block that takes a path of this kind."""
    if path.startswith("/Volumes/"):
        return "volumes"
    return "abfss" if path.startswith("abfss://") else "workspace"


def libraries(settings: Libraries, extra: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Kind and coordinates of each library; `extra` Python packages are added unless one names them."""
    for package, version in sorted({**extra, **settings.pypi}.items()):
        yield "pypi", f"{package}=={version}"
    named: Sequence[tuple[str, Sequence[str]]] = (
        ("maven", settings.maven),
        ("cran", settings.cran),
        ("whl", settings.wheels),
        ("jar", settings.jars),
        ("requirements", settings.requirements),
    )
    for kind, entries in named:
        for entry in entries:
            yield kind, entry
