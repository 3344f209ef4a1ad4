"""The rule table: complete, self-consistent, and equal to the providers' own patterns where they state
one."""

from __future__ import annotations

import re

import pytest

from infra.conventions.name_rules import NAME_RULES, SHARED_SCOPES, NameScope, ResourceKind
from infra.conventions.naming import HASH_LENGTH, MAX_WORKLOAD_AND_ENVIRONMENT
from infra.conventions.regions import REGIONS


@pytest.mark.parametrize("kind", ResourceKind)
def test_every_kind_has_a_rule_with_a_source(kind: ResourceKind) -> None:
    rule = NAME_RULES[kind]
    assert 1 <= rule.min_length <= rule.max_length
    assert rule.source
    assert rule.allowed
    re.compile(rule.pattern)


@pytest.mark.parametrize("kind", ResourceKind)
def test_workload_environment_and_hash_always_fit(kind: ResourceKind) -> None:
    rule = NAME_RULES[kind]
    words = [len(rule.abbreviation)] if rule.abbreviation else []
    words.append(HASH_LENGTH)
    total = sum(words)
    count = len(words)
    if rule.shows_environment:
        total += MAX_WORKLOAD_AND_ENVIRONMENT
        count += 2
    if rule.shows_region:
        total += max(len(region.code) for region in REGIONS.values())
        count += 1
    assert total + len(rule.separator) * (count - 1) <= rule.max_length


@pytest.mark.parametrize("kind", ResourceKind)
def test_only_children_may_leave_workload_and_environment_to_their_parent(kind: ResourceKind) -> None:
    rule = NAME_RULES[kind]
    if not rule.shows_environment:
        assert rule.scope is NameScope.PARENT
        assert not rule.shows_region


def test_names_with_a_domain_name_of_their_own_are_shared_with_strangers() -> None:
    public = {kind for kind, rule in NAME_RULES.items() if rule.public_endpoint}
    # A container app's domain name lies below its environment's, which Azure makes unique.
    assert {kind for kind in public if NAME_RULES[kind].scope not in SHARED_SCOPES} == {
        ResourceKind.CONTAINER_APP
    }


def test_names_that_stay_blocked_after_a_delete() -> None:
    blocked = {kind: rule.soft_delete_days for kind, rule in NAME_RULES.items() if rule.soft_delete_days}
    assert blocked == {
        ResourceKind.ML_WORKSPACE: 14,
        ResourceKind.LOG_ANALYTICS: 14,
        ResourceKind.KEY_VAULT: 90,
        ResourceKind.KEY_VAULT_KEY: 90,
        ResourceKind.AI_SERVICES: 2,
    }


@pytest.mark.parametrize(
    ("kind", "length"),
    [
        (ResourceKind.RESOURCE_GROUP, (1, 90)),
        (ResourceKind.ML_WORKSPACE, (3, 33)),
        (ResourceKind.ML_COMPUTE_CLUSTER, (3, 24)),
        (ResourceKind.ML_REGISTRY, (3, 32)),
        (ResourceKind.ML_ONLINE_ENDPOINT, (3, 32)),
        (ResourceKind.STORAGE_ACCOUNT, (3, 24)),
        (ResourceKind.STORAGE_CONTAINER, (3, 63)),
        (ResourceKind.KEY_VAULT, (3, 24)),
        (ResourceKind.APPLICATION_INSIGHTS, (1, 260)),
        (ResourceKind.LOG_ANALYTICS, (4, 63)),
        (ResourceKind.CONTAINER_REGISTRY, (5, 50)),
        (ResourceKind.DATABRICKS_WORKSPACE, (3, 64)),
        (ResourceKind.AKS_CLUSTER, (1, 63)),
        (ResourceKind.AKS_NODE_POOL, (1, 12)),
        (ResourceKind.AKS_NODE_RESOURCE_GROUP, (1, 80)),
        (ResourceKind.AKS_TRUSTED_ACCESS, (1, 24)),
        (ResourceKind.DATA_FACTORY, (3, 63)),
        (ResourceKind.SYNAPSE_WORKSPACE, (1, 50)),
        (ResourceKind.SYNAPSE_SQL_POOL, (1, 15)),
        (ResourceKind.SYNAPSE_PRIVATE_LINK_HUB, (1, 45)),
        (ResourceKind.USER_ASSIGNED_IDENTITY, (3, 128)),
        (ResourceKind.VIRTUAL_NETWORK, (2, 64)),
        (ResourceKind.SUBNET, (1, 80)),
        (ResourceKind.CONTAINER_APP, (2, 32)),
    ],
)
def test_documented_lengths(kind: ResourceKind, length: tuple[int, int]) -> None:
    assert (NAME_RULES[kind].min_length, NAME_RULES[kind].max_length) == length


@pytest.mark.parametrize(
    ("kind", "abbreviation"),
    [
        (ResourceKind.RESOURCE_GROUP, "rg"),
        (ResourceKind.ML_WORKSPACE, "mlw"),
        (ResourceKind.STORAGE_ACCOUNT, "st"),
        (ResourceKind.DATA_LAKE, "dls"),
        (ResourceKind.KEY_VAULT, "kv"),
        (ResourceKind.APPLICATION_INSIGHTS, "appi"),
        (ResourceKind.LOG_ANALYTICS, "log"),
        (ResourceKind.CONTAINER_REGISTRY, "cr"),
        (ResourceKind.DATABRICKS_WORKSPACE, "dbw"),
        (ResourceKind.AKS_CLUSTER, "aks"),
        (ResourceKind.AKS_NODE_POOL, "np"),
        (ResourceKind.DATA_FACTORY, "adf"),
        (ResourceKind.SYNAPSE_WORKSPACE, "synw"),
        (ResourceKind.SYNAPSE_PRIVATE_LINK_HUB, "synplh"),
        (ResourceKind.USER_ASSIGNED_IDENTITY, "id"),
        (ResourceKind.VIRTUAL_NETWORK, "vnet"),
        (ResourceKind.SUBNET, "snet"),
        (ResourceKind.NETWORK_SECURITY_GROUP, "nsg"),
        (ResourceKind.NAT_GATEWAY, "ng"),
        (ResourceKind.PUBLIC_IP, "pip"),
        (ResourceKind.PRIVATE_ENDPOINT, "pep"),
        (ResourceKind.ACTION_GROUP, "ag"),
        (ResourceKind.SQL_SERVER, "sql"),
        (ResourceKind.CONTAINER_APP_ENVIRONMENT, "cae"),
        (ResourceKind.CONTAINER_APP, "ca"),
        (ResourceKind.CONTAINER_GROUP, "ci"),
        (ResourceKind.AI_SERVICES, "ais"),
    ],
)
def test_abbreviations_of_the_cloud_adoption_framework(kind: ResourceKind, abbreviation: str) -> None:
    assert NAME_RULES[kind].abbreviation == abbreviation
