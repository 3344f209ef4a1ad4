"""Edits of a stack file's Databricks part, and the keys that tests of its refusals name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

JOB = "jobs.train-many-models"
FOLDER = "git_folders.forecasting"
SOURCE = {"url": "https://github.com/example-org/forecasting", "branch": "main"}
CLUSTER = f"{JOB}.clusters.main"
DAILY = "jobs.train-and-score"
SCHEDULE = f"{DAILY}.trigger.schedule"
ACCOUNT = "99999999-0000-4000-8000-000000000001"
CONNECTIVITY = "99999999-0000-4000-8000-000000000003"
LAKE = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-lake"
    "/providers/Microsoft.Storage/storageAccounts/stlake"
)
LOCATION = {
    "storage_account_id": LAKE,
    "container": "gold",
}
CATALOG = {"external_location": "lake", "path": "catalogs/lake"}


def put(path: str, value: object) -> Callable[[Areas], None]:
    """An edit of one key below databricks; None removes it, and what is missing on the way is made."""

    def edit(areas: Areas) -> None:
        *parents, last = path.split(".")
        target = areas["databricks"]
        for parent in parents:
            target = target.setdefault(parent, {})
        if value is None:
            del target[last]
        else:
            target[last] = value

    return edit
