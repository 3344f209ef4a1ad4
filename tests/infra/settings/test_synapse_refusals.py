"""What Synapse and its pools may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]
PAUSE = {"at": "19:00", "time_zone": "Europe/Amsterdam", "start": "2026-12-01T19:00:00"}


@pytest.mark.parametrize(
    ("synapse", "key", "message"),
    [
        (
            {"dedicated_pools": {"reporting": {}}},
            "dedicated_pools.reporting.pause",
            "is missing in a nonprod environment, where the pool would bill day and night; give at",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": {**PAUSE, "time_zone": "Antarctica/Troll"}}}},
            "dedicated_pools.reporting.pause.time_zone",
            "'Antarctica/Troll' is not an IANA name that has a name of Windows",
        ),
        (
            {"dedicated_pools": {"reporting": {"size": "DW150c", "pause": PAUSE}}},
            "dedicated_pools.reporting.size",
            "is 'DW150c'; give a size of a dedicated SQL pool",
        ),
        (
            {"dedicated_pools": {"master": {"pause": PAUSE}}},
            "dedicated_pools.master",
            "no system database's name",
        ),
        (
            {"dedicated_pools": {"a-b": {"pause": PAUSE}}},
            "dedicated_pools.a-b",
            "give 1 to 15 small letters and digits",
        ),
        ({"views": {"v": {"zone": "gold", "folder": "x"}}}, "views.v.zone", "'gold' is not in lake.zones"),
        (
            {"views": {"v": {"zone": "raw", "folder": "/x"}}},
            "views.v.folder",
            "is '/x'; give a folder without a slash at either end",
        ),
        ({"workspace_zone": "raw"}, "workspace_zone", "'raw' is a zone of the lake"),
        (
            {"sql_administrator": "ci"},
            "sql_administrator",
            "is one service principal; give a persona that is a group",
        ),
        (
            {"spark_pools": {"train": {"min_nodes": 2}}},
            "spark_pools.train.min_nodes",
            "is 2; give at least 3",
        ),
        (
            {"spark_pools": {"train": {"min_nodes": 9, "max_nodes": 3}}},
            "spark_pools.train.min_nodes",
            "is 9, more than max_nodes 3",
        ),
        (
            {"spark_pools": {"train": {"spark_version": "3.2"}}},
            "spark_pools.train.spark_version",
            "is 3.2, out of support since 2024-07-08; give 3.5",
        ),
        (
            {"spark_pools": {"train": {"spark_version": "3.4"}}},
            "spark_pools.train.spark_version",
            "is 3.4, out of support since 2026-03-31; give 3.5",
        ),
        (
            {"spark_pools": {"train": {"spark_version": "3.0"}}},
            "spark_pools.train.spark_version",
            "is 3.0, no runtime of Synapse; give 3.5",
        ),
        (
            {"spark_pools": {"train": {"attach_to_ml": True}}},
            "spark_pools.train.attach_to_ml",
            "Azure ML does not support Synapse workspaces that prevent exfiltration; set it to false, or "
            "synapse.prevent_exfiltration to false",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": {**PAUSE, "resume_at": "19:00"}}}},
            "dedicated_pools.reporting.pause.resume_at",
            "is 19:00 as at is: the pool would be stopped and started at once",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": PAUSE}}},
            "dedicated_pools.reporting.writer",
            "is missing; batch scoring on Databricks writes to the pool",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": PAUSE, "writer": "x'; DROP"}}},
            "dedicated_pools.reporting.writer",
            "without brackets, quotes, backslashes",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": PAUSE, "staging": {"zone": "gold"}}}},
            "dedicated_pools.reporting.staging.zone",
            "'gold' is not in lake.zones",
        ),
        (
            {"dedicated_pools": {"reporting": {"pause": PAUSE, "writer": "jobs"}}},
            "dedicated_pools.reporting.staging.folder",
            "'synapse-staging' is not in lake.zones.predictions.landing_folders, so nothing would clear it",
        ),
    ],
)
def test_synapse_is_refused(refusals: Refusals, synapse: Areas, key: str, message: str) -> None:
    def edit(areas: Areas) -> None:
        areas["synapse"] = synapse

    assert message in refusals(edit)[f"synapse.{key}"]


def test_synapse_needs_a_lake(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        for area in ("lake", "data_factory", "sources"):
            del areas[area]
        del areas["databricks"]["unity_catalog"]
        areas["access"]["reads_from"]["prod"]["scopes"] = ["ml-storage"]

    assert "needs lake, on whose account it keeps its files" in refusals(edit)["synapse"]


def test_a_pause_needs_the_data_factory(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["data_factory"]
        areas["synapse"]["dedicated_pools"] = {"reporting": {"pause": PAUSE}}

    assert (
        "needs data_factory, whose pipeline pauses the pool"
        in refusals(edit)["synapse.dedicated_pools.reporting.pause"]
    )


def test_a_copy_of_backups_needs_a_paired_region(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["azure"]["location"] = "qatarcentral"
        areas["synapse"]["dedicated_pools"] = {"reporting": {"pause": PAUSE}}

    assert (
        "copies to a paired region, and qatarcentral has none; set it to false"
        in refusals(edit)["synapse.dedicated_pools.reporting.geo_backup"]
    )


def test_a_key_of_our_own_for_synapse_needs_synapse(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["synapse"]
        areas["encryption"] = {"customer_managed_keys": ["synapse"]}

    assert (
        refusals(edit)["encryption.customer_managed_keys"] == "names synapse, which this stack does not make"
    )


def test_an_attached_pool_needs_ml(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["ml"]
        areas["synapse"]["spark_pools"] = {"training": {"attach_to_ml": True}}

    assert (
        "is true and there is no ml; set it to false"
        in refusals(edit)["synapse.spark_pools.training.attach_to_ml"]
    )
