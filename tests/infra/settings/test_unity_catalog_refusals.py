"""What a stack may not ask of Unity Catalog, and what it is told."""

from __future__ import annotations

import pytest

from tests.infra.settings.databricks_edits import CATALOG, LOCATION, Areas, Refusals, put

ONE_PROBLEM: list[tuple[str, object, str, str]] = [
    (
        "unity_catalog.catalogs.lake.schemas.reporting.views.empty",
        " ",
        "unity_catalog.catalogs.lake.schemas.reporting.views.empty",
        "is empty; give a query",
    ),
    (
        "unity_catalog",
        {"catalogs": {"lake": CATALOG}},
        "unity_catalog.catalogs.lake.external_location",
        "'lake' is not in external_locations (there: none)",
    ),
    (
        "unity_catalog",
        {"external_locations": {"lake": LOCATION, "raw": {**LOCATION, "path": "raw"}}},
        "unity_catalog.external_locations.raw",
        "lies in 'lake'; locations must not overlap",
    ),
    (
        "unity_catalog",
        {"external_locations": {"lake": {**LOCATION, "read_only": True}}, "catalogs": {"lake": CATALOG}},
        "unity_catalog.catalogs.lake.external_location",
        "'lake' is read_only; managed tables are written there",
    ),
    (
        "unity_catalog",
        {
            "external_locations": {"lake": LOCATION},
            "catalogs": {"lake": {**CATALOG, "schemas": {"reporting": {"views": {"days": "SELECT 1"}}}}},
        },
        "unity_catalog.view_warehouse",
        "is missing; tables and views of lake.reporting are made on it",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.columns",
        {"day": "DATETIME"},
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.columns.day",
        "give a type of Spark SQL",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.reporting.views",
        {"days": "SELECT day FROM {lake}.predictions.demand"},
        "unity_catalog.catalogs.lake.schemas.reporting.views.days",
        "has {lake}; only {catalog} is put in",
    ),
    *(
        (
            f"unity_catalog.catalogs.lake.schemas.{schema}",
            {},
            f"unity_catalog.catalogs.lake.schemas.{schema}",
            message,
        )
        for schema, message in (
            ("information-schema", "is a name of Databricks' own; choose another"),
            ("session", "is a name of Databricks' own; choose another"),
            (
                "system-tables",
                "begins with 'sys', which Databricks keeps for itself; choose another beginning",
            ),
        )
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.views",
        {"demand": "SELECT 1"},
        "unity_catalog.catalogs.lake.schemas.predictions.views.demand",
        "is a table's name in this schema too",
    ),
    (
        "unity_catalog.external_locations.raw.jobs_may",
        ["READ_FILES", "WRITE_FILES"],
        "unity_catalog.external_locations.raw.jobs_may",
        "has WRITE_FILES, and the location is read_only; leave it out, or set read_only to false",
    ),
    (
        "unity_catalog.external_locations.raw.grants",
        {"data_engineer": ["CREATE_MANAGED_STORAGE"]},
        "unity_catalog.external_locations.raw.grants.data_engineer",
        "has CREATE_MANAGED_STORAGE, and the location is read_only",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.external_location",
        "raw",
        "unity_catalog.catalogs.lake.schemas.predictions.tables.demand.external_location",
        "'raw' is read_only, and jobs fill the table; give another location",
    ),
    (
        "unity_catalog.catalogs.lake.schemas.predictions.volumes",
        {"drop": {"external_location": "raw", "path": "drop", "grants": {"data_engineer": ["WRITE_VOLUME"]}}},
        "unity_catalog.catalogs.lake.schemas.predictions.volumes.drop.grants.data_engineer",
        "has WRITE_VOLUME, and 'raw' is read_only; leave it out",
    ),
]


ALONG_WITH: dict[str, tuple[str, ...]] = {
    "unity_catalog.external_locations.raw": (
        "jobs.score-batch.parameters.drift",
        "jobs.score-batch.parameters.forecasts",
        "jobs.score-batch.parameters.model_quality",
    ),
}
"""What else is refused where the key is: one run tells every problem."""


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_PROBLEM)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert found.keys() - {f"databricks.{other}" for other in ALONG_WITH.get(key, ())} == {
        f"databricks.{key}"
    }
    assert message in found[f"databricks.{key}"]


def test_a_local_group_receives_nothing_in_unity_catalog(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["workspace_local_groups"] = ["analyst"]
        del areas["databricks"]["jobs"]["score-batch"]["parameters"]
        areas["databricks"]["unity_catalog"] = {
            "external_locations": {"lake": {**LOCATION, "grants": {"analyst": ["READ_FILES"]}}}
        }

    assert refusals(edit) == {
        "databricks.unity_catalog.external_locations.lake.grants.analyst": "is in workspace_local_groups, which "
        "Unity Catalog does not know; use its Entra group"
    }


def test_models_in_unity_catalog_need_it(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["model_registry"] = "unity_catalog"
        del areas["databricks"]["unity_catalog"]

    assert refusals(edit)["databricks.unity_catalog"] == (
        "is missing, and model_registry: unity_catalog registers models there"
    )


def test_a_workload_does_not_begin_a_catalog_as_databricks_begins_its_own(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["workload"] = "systems"

    assert refusals(edit)["environment.workload"].startswith(
        "names the catalog systems_lake_dev, which begins with 'sys'"
    )
