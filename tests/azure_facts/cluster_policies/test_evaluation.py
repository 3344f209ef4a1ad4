"""What a policy makes of a cluster: one case for each kind of element, path and absence."""

import json
from collections.abc import Mapping

import pytest

from azure_facts.cluster_policies.attributes import ClusterType
from azure_facts.cluster_policies.elements import read_definition
from azure_facts.cluster_policies.evaluation import SOME_VALUE, UNDECIDED, Contradiction, contradictions

CLUSTER: dict[str, object] = {
    "spark_version": "16.4.x-scala2.12",
    "node_type_id": "Standard_D4ds_v5",
    "autoscale": {"min_workers": 1, "max_workers": 8},
    "custom_tags": {"team": "science"},
    "spark_conf": {"spark.executor.memory": "4g"},
    "init_scripts": [
        {"volumes": {"destination": "/Volumes/a/b/c/one.sh"}},
        {"workspace": {"destination": "/Shared/two.sh"}},
    ],
    "azure_attributes": {"availability": "SPOT_AZURE", "first_on_demand": 1},
    "cluster_log_conf": {"volumes": {"destination": "/Volumes/a/b/logs"}},
    "enable_elastic_disk": True,
}
UNITS = {"Standard_D4ds_v5": 1.0}


def found(
    definition: Mapping[str, object],
    cluster: Mapping[str, object] = CLUSTER,
    cluster_type: ClusterType = ClusterType.JOB,
) -> list[Contradiction]:
    return list(contradictions(read_definition(json.dumps(definition)), cluster, cluster_type, UNITS.get))


@pytest.mark.parametrize(
    ("path", "element", "message"),
    [
        (
            "custom_tags.team",
            {"type": "fixed", "value": "data"},
            "is science; the policy fixes it: use data",
        ),
        (
            "spark_version",
            {"type": "allowlist", "values": ["15.4.x-scala2.12"]},
            "is 16.4.x-scala2.12; the policy allows only: use one of 15.4.x-scala2.12",
        ),
        (
            "node_type_id",
            {"type": "blocklist", "values": ["Standard_D4ds_v5"]},
            "is Standard_D4ds_v5, which the policy blocks; use another",
        ),
        (
            "spark_conf.spark.executor.memory",
            {"type": "regex", "pattern": "[12]g"},
            "is 4g; the policy asks for the pattern [12]g: correct it",
        ),
        (
            "autoscale.max_workers",
            {"type": "range", "maxValue": 4},
            "is 8; the policy allows at most 4: keep to that",
        ),
        (
            "azure_attributes.first_on_demand",
            {"type": "range", "minValue": 2, "maxValue": 3},
            "is 1; the policy allows 2 to 3: keep to that",
        ),
        (
            "enable_elastic_disk",
            {"type": "forbidden"},
            "is given, and the policy forbids it; leave it out",
        ),
        (
            "custom_tags.cost",
            {"type": "unlimited"},
            "is missing, and the policy requires it; set it, or make it optional there (isOptional)",
        ),
        (
            "init_scripts.0.volumes.destination",
            {"type": "fixed", "value": "/Volumes/a/b/c/other.sh"},
            "is /Volumes/a/b/c/one.sh; the policy fixes it: use /Volumes/a/b/c/other.sh",
        ),
        (
            "cluster_log_conf.type",
            {"type": "fixed", "value": "DBFS"},
            "is VOLUMES; the policy fixes it: use DBFS",
        ),
        (
            "cluster_log_conf.path",
            {"type": "regex", "pattern": "/Volumes/x/.*"},
            "is /Volumes/a/b/logs; the policy asks for the pattern /Volumes/x/.*: correct it",
        ),
        (
            "dbus_per_hour",
            {"type": "range", "maxValue": 8},
            "is 9; the policy allows at most 8: keep to that",
        ),
        (
            "cluster_type",
            {"type": "allowlist", "values": ["all-purpose", "dlt"]},
            "is job; the policy allows only: use one of all-purpose, dlt",
        ),
    ],
)
def test_what_the_service_refuses(path: str, element: dict[str, object], message: str) -> None:
    assert found({path: element}) == [Contradiction(path, message)]


@pytest.mark.parametrize(
    ("path", "element"),
    [
        # The service supplies a fixed value that a request leaves out, and fills in by itself what has a default.
        ("custom_tags.cost", {"type": "fixed", "value": "1"}),
        ("runtime_engine", {"type": "allowlist", "values": ["PHOTON"]}),
        ("driver_node_type_id", {"type": "unlimited"}),
        ("custom_tags.cost", {"type": "unlimited", "isOptional": True}),
        ("num_workers", {"type": "range", "maxValue": 4, "isOptional": True}),
        ("instance_pool_id", {"type": "forbidden"}),
        # A pattern holds for the whole value; a number and a truth value may be text.
        ("spark_version", {"type": "regex", "pattern": r"16\.[0-9]+\.x-.*"}),
        ("azure_attributes.first_on_demand", {"type": "fixed", "value": "1"}),
        ("enable_elastic_disk", {"type": "fixed", "value": "True"}),
        ("dbus_per_hour", {"type": "range", "maxValue": 9}),
        # The day decides which runtime such a name means.
        ("spark_version", {"type": "fixed", "value": "auto:latest-lts"}),
        ("spark_version", {"type": "allowlist", "values": ["auto:prev-lts", "15.4.x-scala2.12"]}),
        ("spark_version", {"type": "blocklist", "values": ["auto:prev-lts"]}),
        # A script of another kind has no such destination.
        ("init_scripts.*.dbfs.destination", {"type": "forbidden"}),
        ("spark_conf.a", {"type": "whitelist", "values": ["x"], "isOptional": True}),
    ],
)
def test_what_the_service_takes(path: str, element: dict[str, object]) -> None:
    assert found({path: element}) == []


def test_a_runtime_that_a_list_names_itself_is_held_beside_a_dynamic_one() -> None:
    blocked = {"spark_version": {"type": "blocklist", "values": ["auto:prev-lts", "16.4.x-scala2.12"]}}
    assert [item.path for item in found(blocked)] == ["spark_version"]
    latest = {"spark_version": "auto:latest-lts", "node_type_id": "Standard_D4ds_v5"}
    assert found({"spark_version": {"type": "fixed", "value": "16.4.x-scala2.12"}}, latest) == []


def test_a_general_limit_holds_for_entries_without_one_of_their_own() -> None:
    everywhere = {"init_scripts.*.volumes.destination": {"type": "forbidden"}}
    message = "is given, and the policy forbids it; leave it out"
    assert found(everywhere) == [Contradiction("init_scripts.0.volumes.destination", message)]
    own = {"init_scripts.0.volumes.destination": {"type": "fixed", "value": "/Volumes/a/b/c/one.sh"}}
    assert found({**everywhere, **own}) == []


def test_an_entry_that_a_policy_asks_for_is_missing() -> None:
    definition: dict[str, object] = {"init_scripts.2.volumes.destination": {"type": "regex", "pattern": ".*"}}
    assert [item.path for item in found(definition)] == ["init_scripts.2.volumes.destination"]


def test_a_default_value_is_supplied_only_where_the_cluster_asks_for_it() -> None:
    definition: dict[str, object] = {"custom_tags.cost": {"type": "unlimited", "defaultValue": "1"}}
    assert [item.path for item in found(definition)] == ["custom_tags.cost"]
    assert found(definition, {**CLUSTER, "apply_policy_default_values": True}) == []


def test_what_nobody_knows_is_not_judged() -> None:
    unknown: dict[str, object] = {
        **CLUSTER,
        "node_type_id": UNDECIDED,
        "instance_pool_id": SOME_VALUE,
        "custom_tags": UNDECIDED,
    }
    definition: dict[str, object] = {
        "node_type_id": {"type": "fixed", "value": "Standard_D8ds_v5"},
        "custom_tags.team": {"type": "unlimited"},
        "dbus_per_hour": {"type": "range", "maxValue": 0},
        "instance_pool_id": {"type": "fixed", "value": "0101-120000-pool"},
    }
    assert found(definition, unknown) == []
    # What is certainly there may not be there.
    assert len(found({"instance_pool_id": {"type": "forbidden"}}, unknown)) == 1


def test_units_of_an_unknown_node_are_not_counted() -> None:
    cluster: dict[str, object] = {**CLUSTER, "node_type_id": "Standard_X1"}
    assert found({"dbus_per_hour": {"type": "range", "maxValue": 1}}, cluster) == []
