"""Clusters as their policies see them: attributes named as the Clusters API names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from azure_facts.cluster_policies.attributes import MAPS, VIRTUAL_ATTRIBUTES, ClusterType
from azure_facts.cluster_policies.elements import PolicyDefinition, read_definition
from azure_facts.cluster_policies.evaluation import SOME_VALUE, UNDECIDED, contradictions
from rehearsal.model.paths import child, item, walk
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import job_clusters, pipeline_clusters
from rehearsal.rules.rule import Violation

_CAPITAL = re.compile(r"(?<!^)([A-Z])")
_AFTER_LINE = re.compile(r"_(\w)")
_POOL_IDS = ("instance_pool_id", "driver_instance_pool_id")
_PROVIDER_DEFAULT_MINUTES = 60
"""What the provider sends as `autotermination_minutes` of a cluster that says none
(terraform-provider-databricks docs/resources/cluster.md)."""


@dataclass(frozen=True)
class GovernedCluster:
    """A cluster under a policy of the same program. `path` is its property path, empty for a cluster itself."""

    path: str
    attributes: Mapping[str, object]
    cluster_type: ClusterType
    policy: Resource
    definition: PolicyDefinition
    worker_pool: Resource | None = None
    driver_pool: Resource | None = None

    def property_path(self, attribute: str) -> str:
        """Where the program states an attribute of the Clusters API."""
        first, _, rest = attribute.partition(".")
        if first in VIRTUAL_ATTRIBUTES:
            return self._below("policyId")
        if first == "cluster_log_conf":
            return self._below("clusterLogConf")
        path = self._below(_camel(first))
        if first in MAPS:
            return child(path, rest)
        for step in rest.split(".") if rest else ():
            path = item(path, int(step)) if step.isdecimal() else child(path, _camel(step))
        return path

    def _below(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def definition_text(policy: Resource) -> str:
    """A policy's own definition, or what it overrides of a family's; the family's own part is not public."""
    return policy.text("definition") or policy.text("policyFamilyDefinitionOverrides")


def governed_clusters(resource: Resource, world: World) -> Iterator[GovernedCluster]:
    """The clusters that a cluster, a job or a pipeline describes, where their policy is the program's own."""
    for path, cluster_type in _places(resource):
        spec = walk(resource.inputs, path) if path else resource.inputs
        policy = policy_with_id(walk(spec, "policyId"), world)
        if policy is None or not isinstance(spec, Mapping):
            continue
        definition = read_policy(policy)
        pools = {name: _pool(spec, name, world) for name in _POOL_IDS}
        attributes = {_snake(name): as_api(_snake(name), value) for name, value in spec.items()}
        attributes |= {
            # A stand-in: the service gives the pool another id, which a policy may well fix.
            name: SOME_VALUE
            for name, pool in pools.items()
            if pool is not None and not _names_a_pool(definition, name, world)
        }
        if resource.type == tokens.CLUSTER and not attributes.get("apply_policy_default_values"):
            attributes.setdefault("autotermination_minutes", _PROVIDER_DEFAULT_MINUTES)
        yield GovernedCluster(
            path,
            attributes,
            cluster_type,
            policy,
            definition,
            pools["instance_pool_id"],
            pools["driver_instance_pool_id"] or pools["instance_pool_id"],
        )


def against_policies(resource: Resource, world: World) -> Iterator[Violation]:
    """Where the clusters that it describes contradict their policies."""
    for cluster in governed_clusters(resource, world):
        for found in contradictions(cluster.definition, cluster.attributes, cluster.cluster_type):
            yield Violation(
                cluster.property_path(found.path),
                f"{found.path} {found.message} (policy '{cluster.policy.name}')",
            )


def read_policy(policy: Resource) -> PolicyDefinition:
    """The limits that a policy states itself."""
    return _read(definition_text(policy))


@lru_cache(maxsize=64)
def _read(text: str) -> PolicyDefinition:
    return read_definition(text)


def _id_of(resource: Resource) -> str:
    return resource.id


def _places(resource: Resource) -> Iterator[tuple[str, ClusterType]]:
    if resource.type == tokens.CLUSTER:
        yield "", ClusterType.ALL_PURPOSE
    elif resource.type == tokens.PIPELINE:
        yield from ((path, ClusterType.PIPELINE) for path, _ in pipeline_clusters(resource))
    else:
        yield from ((path, ClusterType.JOB) for path, _ in job_clusters(resource))


def policy_with_id(policy_id: object, world: World) -> Resource | None:
    """The program's own policy of this id."""
    if not isinstance(policy_id, str):
        return None
    found = world.grouped((tokens.CLUSTER_POLICY,), _id_of).get(policy_id)
    return found[0] if found else None


def _pool(spec: Mapping[str, object], attribute: str, world: World) -> Resource | None:
    found = world.grouped((tokens.INSTANCE_POOL,), _id_of).get(walk(spec, _camel(attribute)))
    return found[0] if found else None


def _names_a_pool(definition: PolicyDefinition, attribute: str, world: World) -> bool:
    element = definition.elements.get(attribute)
    made = world.grouped((tokens.INSTANCE_POOL,), _id_of)
    return element is not None and any(value in made for value in (element.value, *element.values))


def as_api(name: str, value: object) -> object:
    """A value of the program as the Clusters API takes it; what is secret or not known yet is not judged."""
    if isinstance(value, Secret):
        return SOME_VALUE
    if value is UNKNOWN:
        return UNDECIDED
    if isinstance(value, Mapping):
        as_is = name in MAPS
        return {key if as_is else _snake(key): as_api(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_api("", inner) for inner in value]
    return value


def _snake(name: str) -> str:
    return _CAPITAL.sub(r"_\1", name).lower()


def _camel(name: str) -> str:
    return _AFTER_LINE.sub(lambda match: match[1].upper(), name)
