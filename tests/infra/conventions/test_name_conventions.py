"""Our conventions for names: complete, within what the services allow, and with room for what a name must show."""

from __future__ import annotations

import re

import pytest

from azure_facts.name_rules.rule import NameScope
from azure_facts.name_rules.tables import DATABRICKS_NAME_RULES, NAME_RULES
from azure_facts.regions import REGIONS
from infra.conventions.name_conventions import NAME_CONVENTIONS
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import HASH_LENGTH, MAX_WORKLOAD_AND_ENVIRONMENT
from infra.conventions.region_codes import REGION_CODES


@pytest.mark.parametrize("kind", ResourceKind)
def test_workload_environment_and_hash_always_fit(kind: ResourceKind) -> None:
    rule = NAME_CONVENTIONS[kind]
    words = [len(rule.abbreviation)] if rule.abbreviation else []
    words.append(HASH_LENGTH)
    total = sum(words)
    count = len(words)
    if rule.shows_environment:
        total += MAX_WORKLOAD_AND_ENVIRONMENT
        count += 2
    if rule.shows_region:
        total += max(len(code) for code in REGION_CODES.values())
        count += 1
    assert total + len(rule.separator) * (count - 1) <= rule.max_length


@pytest.mark.parametrize("kind", ResourceKind)
def test_only_children_may_leave_workload_and_environment_to_their_parent(kind: ResourceKind) -> None:
    rule = NAME_CONVENTIONS[kind]
    if not rule.shows_environment:
        assert rule.service is None or rule.service.scope is NameScope.PARENT
        assert not rule.shows_region


def test_names_that_strangers_may_hold() -> None:
    assert {kind for kind, rule in NAME_CONVENTIONS.items() if rule.is_shared_with_strangers} == {
        ResourceKind.AI_SERVICES,
        ResourceKind.CONTAINER_REGISTRY,
        ResourceKind.DATA_FACTORY,
        ResourceKind.DATA_LAKE,
        ResourceKind.KEY_VAULT,
        ResourceKind.ML_BATCH_ENDPOINT,
        ResourceKind.ML_COMPUTE_INSTANCE,
        ResourceKind.ML_ONLINE_ENDPOINT,
        ResourceKind.ML_REGISTRY,
        ResourceKind.SQL_SERVER,
        ResourceKind.STORAGE_ACCOUNT,
        ResourceKind.SYNAPSE_WORKSPACE,
    }


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        (
            ResourceKind.DATA_FACTORY_OBJECT,
            [
                f"Microsoft.DataFactory/factories/{kind}"
                for kind in ("dataflows", "datasets", "pipelines", "triggers")
            ],
        ),
        (
            ResourceKind.ML_ASSET,
            [
                f"Microsoft.MachineLearningServices/workspaces/{kind}"
                for kind in ("codes", "components", "data", "environments")
            ],
        ),
        (
            ResourceKind.ML_DEPLOYMENT,
            ["Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments"],
        ),
    ],
)
def test_one_convention_for_several_types_fits_all_of_them(kind: ResourceKind, types: list[str]) -> None:
    convention = NAME_CONVENTIONS[kind]
    assert convention.service is not None
    for arm_type in types:
        rule = NAME_RULES[arm_type]
        assert (rule.min_length, rule.max_length) == (
            convention.service.min_length,
            convention.service.max_length,
        )
        for name in ("raw_zone1", "Daily.Scoring", "copy-lake", "1st"):
            assert convention.problem_with(name) or not rule.problem_with(name)


def test_databricks_objects_fit_the_shortest_of_their_limits() -> None:
    longest = "x" * NAME_CONVENTIONS[ResourceKind.DATABRICKS_OBJECT].max_length
    for kind in ("cluster policy", "instance pool", "job", "SQL warehouse"):
        assert DATABRICKS_NAME_RULES[kind].problem_with(longest) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ResourceKind.ML_DEPLOYMENT, "d" * 31),
        (ResourceKind.ML_DATASTORE, "raw-zone"),
        (ResourceKind.SYNAPSE_SQL_POOL, "predictions_2026"),
        (ResourceKind.SYNAPSE_SQL_POOL, "1pool"),
        (ResourceKind.DATA_FACTORY_OBJECT, "1st"),
        (ResourceKind.DATABRICKS_OBJECT, "*"),
        (ResourceKind.DATABRICKS_SERVING_ENDPOINT, "-scoring"),
        (ResourceKind.UNITY_CATALOG_OBJECT, "Sales-Data"),
    ],
)
def test_what_only_we_refuse(kind: ResourceKind, name: str) -> None:
    convention = NAME_CONVENTIONS[kind]
    assert convention.service is not None
    assert convention.service.problem_with(name) is None
    assert convention.problem_with(name)


def test_every_region_has_a_code_that_is_short_distinct_and_no_generation() -> None:
    assert set(REGION_CODES) == set(REGIONS)
    assert len(set(REGION_CODES.values())) == len(REGION_CODES)
    assert all(re.fullmatch("[a-z]{2,4}[0-9]?", code) and len(code) <= 4 for code in REGION_CODES.values())
    assert not any(re.fullmatch("g[0-9]+", code) for code in REGION_CODES.values())


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
        (ResourceKind.ROUTE_TABLE, "rt"),
        (ResourceKind.FIREWALL, "afw"),
        (ResourceKind.FIREWALL_POLICY, "afwp"),
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
    assert NAME_CONVENTIONS[kind].abbreviation == abbreviation
