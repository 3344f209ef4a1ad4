"""The application AzureDatabricks, where the id cannot be imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from azure_facts.well_known_applications import AZURE_DATABRICKS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "DATABRICKS = {}\n"),
        ("docs/orchestrators-dagster.md", '"{}/.default"'),
        ("infra/settings/databricks/workspace.py", "az ad sp show --id {}\n"),
        ("infra/settings/encryption.py", "az ad sp show --id {}\n"),
        ("templates/notebooks-repository/.azuredevops/sync.yml", "--resource {} "),
        ("templates/notebooks-repository/.github/workflows/sync.yml", "DATABRICKS: {} "),
    ],
)
def test_files_that_cannot_import_the_id_have_the_same(path: str, text: str) -> None:
    assert text.format(AZURE_DATABRICKS) in (ROOT / path).read_text()
