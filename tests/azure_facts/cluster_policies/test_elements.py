"""Reading a policy's definition, and the paths that it may name."""

import pytest

from azure_facts.cluster_policies.attributes import path_problem
from azure_facts.cluster_policies.elements import ElementKind, PolicyElement, definition_of, read_definition


def test_a_definition_is_read_by_path() -> None:
    text = '{"num_workers": {"type": "range", "minValue": 1, "maxValue": 4, "isOptional": true}}'
    assert read_definition(text).elements == {
        "num_workers": PolicyElement(ElementKind.RANGE, minimum=1, maximum=4, is_optional=True)
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{'a': 1}", "must be JSON (pass a dict through json.dumps)"),
        ("[]", "must be a JSON object from settings to limits"),
        ('{"num_workers": {"type": "max"}}', "'num_workers' has type 'max'; use one of fixed, forbidden"),
        ('{"num_workers": 4}', "'num_workers' has type None"),
    ],
)
def test_what_is_no_definition(text: str, problem: str) -> None:
    (found,) = read_definition(text).problems
    assert found.startswith(problem)


def test_the_older_names_of_the_lists_are_read() -> None:
    definition = definition_of({"spark_version": {"type": "whitelist", "values": ["a"]}})
    assert definition.elements["spark_version"].kind is ElementKind.ALLOWLIST


@pytest.mark.parametrize(
    "limit",
    [
        {"type": "fixed"},
        {"type": "allowlist"},
        {"type": "regex", "value": "5.*"},
        {"type": "range", "maxValue": "many"},
    ],
)
def test_a_limit_that_lacks_its_part_is_said_and_left_out(limit: dict[str, object]) -> None:
    definition = definition_of({"spark_version": limit})
    assert (definition.elements, len(definition.incomplete)) == ({}, 1)


@pytest.mark.parametrize(
    "path",
    [
        "spark_version",
        "dbus_per_hour",
        "autoscale.max_workers",
        "azure_attributes.spot_bid_max_price",
        "custom_tags.x",
        "spark_conf.spark.executor.memory",
        "init_scripts.*.volumes.destination",
        "init_scripts.0.s3.region",
        "ssh_public_keys.*",
        "aws_attributes.zone_id",
        "docker_image.basic_auth.username",
        "cluster_log_conf.type",
    ],
)
def test_paths_that_clusters_have(path: str) -> None:
    assert path_problem(path) == ""


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("sparkVersion", "is no attribute of a cluster; use spark_version"),
        ("autoscale.max_worker", "is no attribute of a cluster; use autoscale.max_workers"),
        ("custom_tags", "names all of custom_tags; name one key: custom_tags.KEY"),
        ("init_scripts", "must be init_scripts.*.abfss.destination, or an index in place of *"),
        ("color", "is no attribute of a cluster; use one of the Clusters API"),
    ],
)
def test_paths_that_no_cluster_has(path: str, problem: str) -> None:
    assert path_problem(path) == problem
