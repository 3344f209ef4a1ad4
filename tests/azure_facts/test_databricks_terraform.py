"""Terraform's names of Databricks' resources."""

from __future__ import annotations

import pytest

from azure_facts import databricks_terraform as module
from azure_facts.data_files import FactsError
from azure_facts.databricks_terraform import terraform_name, terraform_type


@pytest.mark.parametrize(
    ("class_name", "property_name", "name"),
    [
        ("Job", "tasks", "task"),
        ("Job", "jobClusters", "job_cluster"),
        ("JobTask", "dependsOns", "depends_on"),
        ("JobTask", "libraries", "library"),
        ("Permissions", "accessControls", "access_control"),
        ("Cluster", "initScripts", "init_scripts"),
        ("Cluster", "numWorkers", "num_workers"),
        ("SqlTable", "columns", "column"),
    ],
)
def test_a_block_that_repeats_is_singular_where_terraform_has_it_so(
    class_name: str, property_name: str, name: str
) -> None:
    assert terraform_name(class_name, property_name) == name


def test_types_are_words_but_for_the_one_that_was_renamed() -> None:
    assert terraform_type("MwsNccPrivateEndpointRule") == "databricks_mws_ncc_private_endpoint_rule"
    assert terraform_type("MetastoreProvider") == "databricks_provider"


@pytest.mark.parametrize("damaged", [[], {"names": {"Job": "task"}}])
def test_a_damaged_table_names_its_file(damaged: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_json", lambda _: damaged)
    with pytest.raises(FactsError, match="is damaged"):
        module._singulars.__wrapped__()
