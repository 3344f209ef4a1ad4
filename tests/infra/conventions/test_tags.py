"""The tag vocabulary and the limits of Azure and Databricks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from infra.conventions.tags import (
    REQUIRED_TAGS,
    DataClassification,
    TagError,
    build_tags,
    check_tags,
    component_tags,
    databricks_tags,
    missing_tags,
)


def tags(**extra: str) -> Mapping[str, str]:
    return build_tags(
        workload="mlplat",
        environment="dev",
        owner="ml-platform@example.com",
        cost_center="CC-4711",
        data_classification=DataClassification.CONFIDENTIAL,
        extra=extra,
    )


def test_the_vocabulary_in_order_then_extras_by_name() -> None:
    assert list(tags(team="ml", budget="2027").items()) == [
        ("environment", "dev"),
        ("workload", "mlplat"),
        ("owner", "ml-platform@example.com"),
        ("cost-center", "CC-4711"),
        ("data-classification", "confidential"),
        ("managed-by", "pulumi"),
        ("budget", "2027"),
        ("team", "ml"),
    ]


def test_a_resource_adds_its_component_and_is_then_complete() -> None:
    finished = component_tags(tags(), "ml-workspace")
    assert finished["component"] == "ml-workspace"
    assert tuple(finished) == REQUIRED_TAGS
    assert missing_tags(finished) == ()
    assert missing_tags(tags()) == ("component",)
    assert missing_tags({"Environment": "dev", "owner": ""}) == tuple(
        name for name in REQUIRED_TAGS if name != "environment"
    )


def test_a_component_needs_a_name() -> None:
    with pytest.raises(TagError, match="name the component"):
        component_tags(tags(), "")


def test_tags_cannot_be_changed_by_a_component() -> None:
    with pytest.raises(TypeError):
        tags()["owner"] = "me"  # pyright: ignore[reportIndexIssue]  # that it is refused is the point


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"Owner": "me"}, "extra tag 'Owner' repeats the required tag 'owner'"),
        ({"component": "x"}, "extra tag 'component' repeats the required tag 'component'"),
        ({"a/b": "x"}, "tag name 'a/b' may not contain /"),
        ({"a<b>": "x"}, "tag name 'a<b>' may not contain < >"),
        ({"": "x"}, "tag name '' is empty"),
        ({"azure-x": "x"}, "tag name 'azure-x' may not start with microsoft, azure, windows"),
        ({"n" * 129: "x"}, "has 129 characters: at most 128"),
        ({"note": "v" * 257}, "tag 'note' has a value of 257 characters: at most 256"),
        ({"team": "a", "Team": "b"}, "tags 'Team' and 'team' differ in case only"),
        (
            {f"tag{number}": "x" for number in range(44)},
            "50 tags: Azure takes at most 50 less the tag 'component'",
        ),
    ],
)
def test_refused_extras(extra: dict[str, str], message: str) -> None:
    with pytest.raises(TagError, match=message):
        tags(**extra)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(
        TagError, match=r"tag 'owner' is empty.*; extra tag 'Workload' repeats.*; tag name 'a%'"
    ):
        build_tags(
            workload="mlplat",
            environment="dev",
            owner="",
            cost_center="CC-4711",
            data_classification=DataClassification.PUBLIC,
            extra={"Workload": "x", "a%": "y"},
        )


def test_limits_are_inclusive() -> None:
    assert check_tags({"n" * 128: "v" * 256}) == ()
    assert check_tags({f"tag{number}": "" for number in range(50)}) == ()
    assert check_tags({f"tag{number}": "" for number in range(51)}) == ("51 tags: Azure takes at most 50",)


def test_databricks_takes_ascii_only() -> None:
    assert dict(databricks_tags({"cost-center": "CC 4711", "équipe": "Zürich & Bern (#1)"})) == {
        "cost-center": "CC 4711",
        "_quipe": "Z_rich _ Bern __1_",
    }
    assert dict(databricks_tags(tags())) == dict(tags())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({f"tag{number}": "x" for number in range(44)}, "44 tags: Databricks takes at most 43"),
        ({"Vendor": "x"}, "tag 'Vendor' is one that Databricks sets itself"),
        ({"name": "x"}, "tag 'name' is one that Databricks sets itself"),
        ({"a&": "x", "a#": "y"}, "two tag names are the same"),
    ],
)
def test_refused_by_databricks(given: dict[str, str], message: str) -> None:
    with pytest.raises(TagError, match=message):
        databricks_tags(given)
