"""Names that Databricks keeps for itself."""

from __future__ import annotations

import pytest

from azure_facts.unity_catalog_names import reserved_catalog_problem, reserved_schema_problem


@pytest.mark.parametrize("name", ["system", "SYSTEM", "databricks_sales", "hive_metastore", "samples"])
def test_a_catalog_of_databricks_own(name: str) -> None:
    assert reserved_catalog_problem(name)


@pytest.mark.parametrize("name", ["information_schema", "BuiltIn", "session", "sys", "databricks"])
def test_a_schema_of_databricks_own(name: str) -> None:
    assert reserved_schema_problem(name)


def test_other_names_are_free() -> None:
    for name in ("forecast_dev_lake", "main", "session", "information_schema"):
        assert reserved_catalog_problem(name) is None
    for name in ("predictions", "default", "samples", "hive_metastore", "global_temp"):
        assert reserved_schema_problem(name) is None
