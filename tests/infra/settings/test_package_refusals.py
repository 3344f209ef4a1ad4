"""Where jobs' packages come from: what cannot be so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from infra.settings.load import Loaded
from tests.infra.settings.databricks_edits import CLUSTER, JOB, Areas, Refusals, put

LOCK = {"git_folder": "forecasting", "path": "requirements-jobs.txt"}


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        (
            {"package_index": "http://packages.example.com"},
            "databricks.package_index",
            "http",
        ),
        (
            {"package_index": "https://ci:token@packages.example.com/simple"},
            "databricks.package_index",
            "packages.example.com",
        ),
        (
            {"job_requirements": {**LOCK, "git_folder": "elsewhere"}},
            "databricks.job_requirements.git_folder",
            "'elsewhere' is not in git_folders (there: forecasting)",
        ),
        (
            {"job_requirements": LOCK, f"{JOB}.tasks.train.libraries": {"pypi": {"lightgbm": "4.6.0"}}},
            f"databricks.{JOB}.tasks.train.libraries.pypi",
            "is installed without a hash; put it into the lock of job_requirements",
        ),
        (
            {"job_requirements": LOCK, f"{CLUSTER}.runtime": "14.3.x-cpu-ml-scala2.12"},
            f"databricks.{CLUSTER}.runtime",
            "job_requirements needs 15.0 or newer",
        ),
    ],
)
def test_packages_that_cannot_be_so_are_refused(
    refusals: Refusals, changes: Areas, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        for path, value in changes.items():
            put(path, value)(areas)

    found = refusals(edit)
    assert key in found, found
    assert message in found[key]


def test_a_lock_beside_an_index_is_accepted(load_edited: Callable[[Callable[[Areas], None]], Loaded]) -> None:
    def edit(areas: Areas) -> None:
        put("package_index", "https://packages.example.com/simple")(areas)
        put("job_requirements", LOCK)(areas)

    databricks = load_edited(edit).settings.databricks
    assert databricks is not None
    assert databricks.job_requirements is not None
