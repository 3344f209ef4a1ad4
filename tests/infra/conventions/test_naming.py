"""Generated names, character by character, and the guarantee over a sweep of parts, generations and kinds."""

from __future__ import annotations

import itertools
import re

import pytest

from infra.conventions.name_conventions import NAME_CONVENTIONS
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming, NamingError, check_name

DEV = Naming("mlplat", "dev", "westeurope", "11111111-1111-1111-1111-111111111111")
LONGEST = Naming("mlplatform", "prod", "northcentralus", "22222222-2222-2222-2222-222222222222")


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [
        (ResourceKind.RESOURCE_GROUP, "", "rg-mlplat-dev-weu"),
        (ResourceKind.RESOURCE_GROUP, "network", "rg-mlplat-network-dev-weu"),
        (ResourceKind.ML_WORKSPACE, "", "mlw-mlplat-dev-weu"),
        (ResourceKind.ML_COMPUTE_CLUSTER, "cpu", "cc-mlplat-cpu-dev"),
        (ResourceKind.LOG_ANALYTICS, "", "log-mlplat-dev-weu"),
        (ResourceKind.APPLICATION_INSIGHTS, "", "appi-mlplat-dev-weu"),
        (ResourceKind.DATABRICKS_WORKSPACE, "", "dbw-mlplat-dev-weu"),
        (ResourceKind.DATABRICKS_ACCESS_CONNECTOR, "", "dbac-mlplat-dev-weu"),
        (ResourceKind.DATABRICKS_MANAGED_RESOURCE_GROUP, "", "rg-dbw-managed-mlplat-dev-weu"),
        (ResourceKind.DATABRICKS_OBJECT, "daily-training", "mlplat-daily-training-dev"),
        (ResourceKind.AKS_CLUSTER, "", "aks-mlplat-dev-weu"),
        (ResourceKind.AKS_NODE_RESOURCE_GROUP, "", "rg-aks-nodes-mlplat-dev-weu"),
        (ResourceKind.USER_ASSIGNED_IDENTITY, "training", "id-mlplat-training-dev-weu"),
        (ResourceKind.VIRTUAL_NETWORK, "", "vnet-mlplat-dev-weu"),
        (ResourceKind.PRIVATE_ENDPOINT, "key-vault", "pep-mlplat-key-vault-dev-weu"),
        (ResourceKind.BUDGET, "", "bgt-mlplat-dev-weu"),
        (ResourceKind.CONTAINER_APP, "dashboard", "ca-mlplat-dashboard-dev"),
    ],
)
def test_plain_names_show_abbreviation_workload_part_environment_region(
    kind: ResourceKind, part: str, name: str
) -> None:
    assert DEV.name(kind, part) == name


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [
        (ResourceKind.AKS_NODE_POOL, "system", "npsystem"),
        (ResourceKind.AKS_NODE_POOL, "scoring", "npscoring"),
        (ResourceKind.ML_DEPLOYMENT, "blue", "blue"),
        (ResourceKind.ML_DATASTORE, "raw-zone", "raw_zone"),
        (ResourceKind.STORAGE_CONTAINER, "predictions", "predictions"),
        (ResourceKind.SUBNET, "databricks-public", "snet-databricks-public"),
        (ResourceKind.DATA_FACTORY_OBJECT, "daily-scoring", "daily_scoring"),
        (ResourceKind.SYNAPSE_SQL_POOL, "predictions", "predictions"),
        (ResourceKind.DIAGNOSTIC_SETTING, "", "diag"),
        (ResourceKind.LOCK, "delete", "lock-delete"),
    ],
)
def test_children_show_what_tells_them_from_their_siblings(kind: ResourceKind, part: str, name: str) -> None:
    assert DEV.name(kind, part) == name


@pytest.mark.parametrize(
    ("kind", "part", "start"),
    [
        (ResourceKind.STORAGE_ACCOUNT, "", "stmlplatdev"),
        (ResourceKind.DATA_LAKE, "", "dlsmlplatdev"),
        (ResourceKind.KEY_VAULT, "", "kv-mlplat-dev-"),
        (ResourceKind.CONTAINER_REGISTRY, "", "crmlplatdevweu"),
        (ResourceKind.DATA_FACTORY, "", "adf-mlplat-dev-weu-"),
        (ResourceKind.ML_REGISTRY, "", "mlr-mlplat-dev-"),
        (ResourceKind.ML_ONLINE_ENDPOINT, "scoring", "oep-mlplat-scoring-dev-"),
        (ResourceKind.ML_COMPUTE_INSTANCE, "ada", "mlplat-ada-dev-"),
        (ResourceKind.AI_SERVICES, "", "ais-mlplat-dev-weu-"),
    ],
)
def test_names_shared_with_strangers_end_in_a_hash(kind: ResourceKind, part: str, start: str) -> None:
    name = DEV.name(kind, part)
    assert re.fullmatch(re.escape(start) + "[a-z][a-z2-7]{4}", name)
    other_owner = Naming("mlplat", "dev", "westeurope", "33333333-3333-3333-3333-333333333333")
    assert other_owner.name(kind, part) != name


def test_hashes_never_change() -> None:
    """A changed hash would rename, hence replace, every storage account, vault and registry out there."""
    assert DEV.name(ResourceKind.STORAGE_ACCOUNT) == "stmlplatdevhvrtg"
    assert DEV.name(ResourceKind.KEY_VAULT) == "kv-mlplat-dev-f3zul"
    assert DEV.name(ResourceKind.ML_COMPUTE_CLUSTER, "gpu-training-large") == "cc-mlplat-gpu-dev-m4xor"


def test_the_seed_is_compared_without_case() -> None:
    upper = Naming("mlplat", "dev", "westeurope", "ABCDEF00-0000-0000-0000-000000000000")
    lower = Naming("mlplat", "dev", "westeurope", "abcdef00-0000-0000-0000-000000000000")
    assert upper.name(ResourceKind.KEY_VAULT) == lower.name(ResourceKind.KEY_VAULT)


@pytest.mark.parametrize(
    ("kind", "part", "generation", "name"),
    [
        (ResourceKind.ML_WORKSPACE, "", 2, "mlw-mlplat-dev-weu-g2"),
        (ResourceKind.ML_COMPUTE_CLUSTER, "cpu", 12, "cc-mlplat-cpu-dev-g12"),
        (ResourceKind.LOG_ANALYTICS, "", 3, "log-mlplat-dev-weu-g3"),
        (ResourceKind.ML_DATASTORE, "raw", 2, "raw_g2"),
        (ResourceKind.ML_DEPLOYMENT, "blue", 2, "blue-g2"),
    ],
)
def test_a_later_generation_shows(kind: ResourceKind, part: str, generation: int, name: str) -> None:
    assert DEV.name(kind, part, generation=generation) == name


def test_the_hash_carries_the_generation_where_nothing_else_fits() -> None:
    first = LONGEST.name(ResourceKind.KEY_VAULT)
    second = LONGEST.name(ResourceKind.KEY_VAULT, generation=2)
    assert len(first) == len(second) == 24
    assert first.startswith("kv-mlplatform-prod-")
    assert second.startswith("kv-mlplatform-prod-")
    assert first != second


def test_only_the_part_is_cut_and_a_hash_tells_the_cut_ones_apart() -> None:
    one = LONGEST.name(ResourceKind.ML_WORKSPACE, "demand-forecasting-north")
    two = LONGEST.name(ResourceKind.ML_WORKSPACE, "demand-forecasting-south")
    assert re.fullmatch("mlw-mlplatform-de-prod-ncus-[a-z][a-z2-7]{4}", one)
    assert len(one) == len(two) == 33
    assert one != two


def test_joined_parts_that_look_alike_are_told_apart() -> None:
    """Without separators "a-b" and "ab", and "x" in its second generation and "xg2", are the same letters."""
    names = {
        DEV.name(ResourceKind.AKS_NODE_POOL, "ab"),
        DEV.name(ResourceKind.AKS_NODE_POOL, "a-b"),
        DEV.name(ResourceKind.AKS_NODE_POOL, "abg2"),
        DEV.name(ResourceKind.AKS_NODE_POOL, "ab", generation=2),
    }
    assert len(names) == 4
    assert {"npab", "npabg2"} < names


PARTS = [
    "",
    "raw",
    "ab",
    "a-b",
    "scoring",
    "batch-scoring",
    "batchscoring",
    "x" * 40,
    "x" * 39 + "y",
    "a-1-2",
]
NAMINGS = [
    DEV,
    LONGEST,
    Naming("ml", "qa", "eastus2", "seed"),
    Naming("forecast", "preprd", "swedencentral", "seed"),
    Naming("ab", "staging1", "uksouth", "seed"),
]


@pytest.mark.parametrize("kind", ResourceKind)
@pytest.mark.parametrize("naming", NAMINGS, ids=lambda naming: f"{naming.workload}-{naming.environment}")
def test_guarantee(naming: Naming, kind: ResourceKind) -> None:
    """Legal, no longer than allowed, showing workload and environment, and distinct per part and
    generation."""
    rule = NAME_CONVENTIONS[kind]
    names: dict[str, tuple[str, int]] = {}
    for part, generation in itertools.product(PARTS, (1, 2, 10, 99)):
        try:
            name = naming.name(kind, part, generation=generation)
        except NamingError:
            assert len(part) < rule.min_length or not rule.shows_environment
            continue
        assert rule.min_length <= len(name) <= rule.max_length
        assert check_name(kind, name) is None
        assert name == name.lower()
        if rule.shows_environment:
            assert naming.workload in name
            assert naming.environment in name
        assert names.setdefault(name, (part, generation)) == (part, generation)
        assert naming.name(kind, part, generation=generation) == name
    assert len(names) >= 4 * 6


def test_a_compute_name_never_ends_in_dash_and_digits() -> None:
    """Azure refuses `cpu-01`; so many parts that a hash of five digits alone would come up."""
    for number in range(3000):
        name = DEV.name(ResourceKind.ML_COMPUTE_INSTANCE, f"user{number}")
        assert not re.search(r"-\d+$", name)


@pytest.mark.parametrize(
    ("workload", "environment", "location", "message"),
    [
        (
            "ML",
            "dev",
            "westeurope",
            "workload 'ML' must be 2 to 10 lowercase letters and digits, first a letter, e.g. 'mlplat'",
        ),
        ("machinelearning", "dev", "westeurope", "workload 'machinelearning' must be 2 to 10"),
        ("ml-plat", "dev", "westeurope", "workload 'ml-plat' must be 2 to 10"),
        ("mlplat", "1dev", "westeurope", "environment '1dev' must be 2 to 8 .* first a letter"),
        ("mlplat", "g2", "westeurope", "environment 'g2' looks like a generation"),
        ("mlplat", "dev", "West Europe", "location 'West Europe' is not an Azure region: write it like"),
        ("mlplatform", "preprod", "westeurope", "have 17 characters together: at most 14"),
    ],
)
def test_refused_pieces(workload: str, environment: str, location: str, message: str) -> None:
    with pytest.raises(NamingError, match=message):
        Naming(workload, environment, location, "seed")


def test_every_refused_piece_is_named_at_once() -> None:
    with pytest.raises(NamingError, match=r"workload 'M'.*; environment ''.*; location 'mars'"):
        Naming("M", "", "mars", "seed")


@pytest.mark.parametrize(
    ("kind", "part", "message"),
    [
        (ResourceKind.ML_WORKSPACE, "Batch", "part 'Batch' must be lowercase letters and digits in words"),
        (ResourceKind.ML_WORKSPACE, "a--b", "part 'a--b' must be lowercase"),
        (ResourceKind.ML_WORKSPACE, "a_b", "part 'a_b' must be lowercase"),
        (ResourceKind.ML_WORKSPACE, "x" * 41, "has 41 characters, at most 40"),
        (ResourceKind.ML_WORKSPACE, "blue-g2", "looks like a generation .*: pass generation=2"),
        (ResourceKind.STORAGE_CONTAINER, "", "the part is empty: give one, e.g. 'raw'"),
        (ResourceKind.ML_DEPLOYMENT, "a1", "name 'a1' has 2 characters; it must have 3 to 30"),
        (ResourceKind.ML_DEPLOYMENT, "2nd", "part '2nd' gives an illegal name: .* first a letter"),
        (ResourceKind.SYNAPSE_WORKSPACE, "x-ondemand", "without '-ondemand'"),
        (ResourceKind.KEY_VAULT, "windows", "may not contain the reserved word 'windows'"),
    ],
)
def test_refused_parts(kind: ResourceKind, part: str, message: str) -> None:
    with pytest.raises(NamingError, match=message):
        Naming("ml", "dev", "westeurope", "seed").name(kind, part)


@pytest.mark.parametrize("generation", [0, -1, 100])
def test_refused_generations(generation: int) -> None:
    with pytest.raises(NamingError, match=f"generation {generation} is not between 1 and 99"):
        DEV.name(ResourceKind.ML_WORKSPACE, generation=generation)


def test_a_shared_name_needs_a_seed_and_others_do_not() -> None:
    naming = Naming("mlplat", "dev", "westeurope", "")
    assert naming.name(ResourceKind.ML_WORKSPACE) == "mlw-mlplat-dev-weu"
    with pytest.raises(NamingError, match="key vault: unique_seed is empty"):
        naming.name(ResourceKind.KEY_VAULT)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ResourceKind.RESOURCE_GROUP, "RG_(Shared).data"),
        (ResourceKind.ML_WORKSPACE, "Team_Workspace-01"),
        (ResourceKind.ML_COMPUTE_CLUSTER, "cpu-cluster1"),
        (ResourceKind.STORAGE_ACCOUNT, "stshareddata01"),
        (ResourceKind.KEY_VAULT, "kv-Shared-01"),
        (ResourceKind.CONTAINER_REGISTRY, "CrShared01"),
        (ResourceKind.AKS_CLUSTER, "a"),
        (ResourceKind.VIRTUAL_NETWORK, "vnet.hub_"),
        (ResourceKind.ML_BATCH_ENDPOINT, "daily-login"),
    ],
)
def test_legal_names_given_by_users(kind: ResourceKind, name: str) -> None:
    assert check_name(kind, name) is None


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        (ResourceKind.RESOURCE_GROUP, "rg.", "last no '.'"),
        (ResourceKind.RESOURCE_GROUP, "x" * 91, "has 91 characters; it must have 1 to 90"),
        (ResourceKind.ML_WORKSPACE, "-ml-ws", "first a letter or digit"),
        (ResourceKind.ML_WORKSPACE, "ml-platform-workspace-production-1", "has 34 characters"),
        (ResourceKind.ML_COMPUTE_CLUSTER, "cpu-01", "not ending in '-' and digits"),
        (ResourceKind.ML_COMPUTE_INSTANCE, "ci-dev-1", "not ending in '-' and digits"),
        (ResourceKind.ML_COMPUTE_INSTANCE, "1ci", "first a letter"),
        (ResourceKind.ML_ONLINE_ENDPOINT, "score--me", "single '-'"),
        (ResourceKind.ML_DATASTORE, "raw-zone", "letters, digits and '_'"),
        (ResourceKind.STORAGE_ACCOUNT, "stShared", "lowercase letters and digits"),
        (ResourceKind.STORAGE_ACCOUNT, "st", "has 2 characters; it must have 3 to 24"),
        (ResourceKind.STORAGE_CONTAINER, "raw--zone", "single '-'"),
        (ResourceKind.KEY_VAULT, "kv--shared", "single '-'"),
        (ResourceKind.KEY_VAULT, "kv-shared-", "last a letter or digit"),
        (ResourceKind.APPLICATION_INSIGHTS, "appi/x", "no '%'"),
        (ResourceKind.CONTAINER_REGISTRY, "cr-shared", "letters and digits"),
        (ResourceKind.CONTAINER_REGISTRY, "cr01", "it must have 5 to 50"),
        (ResourceKind.LOG_ANALYTICS, "log-", "last a letter or digit|first and last"),
        (ResourceKind.AKS_NODE_POOL, "1pool", "first a letter"),
        (ResourceKind.AKS_NODE_POOL, "verylongpool1", "has 13 characters"),
        (ResourceKind.DATA_FACTORY, "adf--x", "single '-'"),
        (ResourceKind.DATA_FACTORY_OBJECT, "copy-lake", "or '-'"),
        (ResourceKind.SYNAPSE_WORKSPACE, "syn-ondemand", "without '-ondemand'"),
        (ResourceKind.STORAGE_ACCOUNT, "microsoftdata", "may not contain the reserved word 'microsoft'"),
        (ResourceKind.KEY_VAULT, "login-vault", "may not start with the reserved word 'login'"),
        (ResourceKind.CONTAINER_REGISTRY, "Azure", "may not be the reserved word 'azure'"),
        (ResourceKind.CONTAINER_GROUP, "ci-Test", "lowercase"),
        (ResourceKind.STORAGE_ACCOUNT, "stdata\n", "lowercase letters and digits"),
    ],
)
def test_illegal_names_given_by_users(kind: ResourceKind, name: str, problem: str) -> None:
    found = check_name(kind, name)
    assert found is not None
    assert re.search(problem, found), found


def test_an_environment_that_comes_and_goes_has_names_of_each_life() -> None:
    first, second = (
        Naming("mlplat", "dev", "westeurope", DEV.unique_seed, nonce) for nonce in ("pr-1", "pr-2")
    )
    for kind, part in (
        (ResourceKind.RESOURCE_GROUP, ""),
        (ResourceKind.ML_WORKSPACE, ""),
        (ResourceKind.KEY_VAULT, "ml"),
    ):
        names = {naming.name(kind, part) for naming in (DEV, first, second)}
        assert len(names) == 3
    assert re.fullmatch("mlw-mlplat-dev-weu-[a-z][a-z2-7]{4}", first.name(ResourceKind.ML_WORKSPACE))
    # What goes with its parent needs no other name.
    assert first.name(ResourceKind.ML_DEPLOYMENT, "blue") == "blue"


@pytest.mark.parametrize("kind", [kind for kind in ResourceKind if NAME_CONVENTIONS[kind].shows_environment])
def test_names_with_a_nonce_are_legal(kind: ResourceKind) -> None:
    naming = Naming("mlplatform", "prod", "northcentralus", DEV.unique_seed, "pr-214-1")
    assert check_name(kind, naming.name(kind, "scoring")) is None
