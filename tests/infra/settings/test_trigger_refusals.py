"""What triggers, the steps of a pipeline and the names of both may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]
LOAD = "data_factory.pipelines.daily-load"
ENDPOINT = {
    "training_cluster": "cpu",
    "deployments": {"forecast": {"pipeline_component": "azureml:forecast-pipeline:4"}},
    "default_deployment": "forecast",
}
POOL = {
    "writer": "forecast-jobs",
    "pause": {
        "at": "19:00",
        "resume_at": "02:30",
        "time_zone": "Europe/Amsterdam",
        "start": "2026-12-01T19:00:00",
    },
}


def pipelines(areas: Areas) -> Areas:
    return areas["data_factory"]["pipelines"]


def window(**more: object) -> Areas:
    return {"tumbling_window": {"every_minutes": 60, "start": "2026-12-01T00:00:00", **more}}


def waiting(pipeline: str, trigger: str) -> Areas:
    return window(waits_for={"facts": {"pipeline": pipeline, "trigger": trigger}})


def test_an_empty_marker_fires_no_trigger_that_ignores_empty_files(refusals: Refusals) -> None:
    event = {"zone": "raw", "folder": "landing", "suffix": "_SUCCESS"}

    def edit(areas: Areas) -> None:
        pipelines(areas)["daily-load"]["triggers"]["landed"] = {"storage_event": event}

    message = refusals(edit)[f"{LOAD}.triggers.landed.storage_event.ignore_empty"]
    assert (
        message == "is true with suffix _SUCCESS, a marker of 0 bytes: it would never fire; set it to false"
    )


@pytest.mark.parametrize(
    ("trigger", "key", "message"),
    [
        (
            waiting("load", "hourly"),
            ".pipeline",
            "'load' is not in data_factory.pipelines (there: daily-load,",
        ),
        (
            waiting("publish-predictions", "morning"),
            ".trigger",
            "'morning' is not in the tumbling windows of data_factory.pipelines.publish-predictions (there: none)",
        ),
        (waiting("daily-load", "hourly"), "", "is the trigger itself; say waits_for_previous: true"),
    ],
)
def test_a_window_waits_for_one_that_there_is(
    refusals: Refusals, trigger: Areas, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        pipelines(areas)["daily-load"]["triggers"] = {"hourly": trigger}

    assert message in refusals(edit)[f"{LOAD}.triggers.hourly.tumbling_window.waits_for.facts{key}"]


def test_windows_do_not_wait_in_a_circle(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        pipelines(areas)["daily-load"]["triggers"] = {"hourly": waiting("publish-predictions", "slow")}
        pipelines(areas)["publish-predictions"]["triggers"]["slow"] = waiting("daily-load", "hourly")

    ((key, message),) = refusals(edit).items()
    assert key.endswith("tumbling_window.waits_for")
    assert "goes in a circle, daily-load/" in message
    assert message.endswith("; remove one of the waits")


def test_a_window_does_not_wait_for_what_comes_later(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["content"] = "deferred"
        pipelines(areas)["daily-load"]["triggers"] = {"hourly": window()}
        pipelines(areas)["publish-predictions"]["triggers"]["hourly"] = waiting("daily-load", "hourly")

    key = (
        "data_factory.pipelines.publish-predictions.triggers.hourly.tumbling_window.waits_for.facts.pipeline"
    )
    assert "'daily-load' runs on Databricks and comes with databricks.content: managed" in refusals(edit)[key]


def with_pool(areas: Areas) -> None:
    areas["synapse"]["dedicated_pools"] = {"reporting": POOL}
    areas["lake"]["zones"]["predictions"] = {
        "landing_folders": ["synapse-staging"],
        "delete_landing_after_days": 2,
    }


@pytest.mark.parametrize("step", ["pause", "resume"])
def test_a_pipeline_has_not_the_name_of_a_pool_s(refusals: Refusals, step: str) -> None:
    def edit(areas: Areas) -> None:
        with_pool(areas)
        pipelines(areas)[f"{step}-reporting"] = pipelines(areas)["publish-predictions"]

    message = refusals(edit)[f"data_factory.pipelines.{step}-reporting"]
    assert message == (
        "has the name of what synapse.dedicated_pools.reporting.pause makes; give it another key"
    )


def test_a_trigger_has_not_the_name_of_a_pool_s(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        with_pool(areas)
        pipelines(areas)["pause"] = {
            "activities": {"train": {"databricks_job": "train-many-models"}},
            "triggers": {"reporting": pipelines(areas)["daily-load"]["triggers"]["nightly"]},
        }

    message = refusals(edit)["data_factory.pipelines.pause.triggers.reporting"]
    assert message.startswith("has the name of synapse.dedicated_pools.reporting.pause")


@pytest.mark.parametrize("step", ["start", "wait", "pause", "check", "result", "failed"])
def test_an_activity_has_not_the_name_of_a_step_behind_another(refusals: Refusals, step: str) -> None:
    def edit(areas: Areas) -> None:
        areas["serving"]["batch_endpoints"] = {"monthly": ENDPOINT}
        pipelines(areas)["daily-load"]["activities"] |= {
            f"score-{step}": {"databricks_job": "score-batch"},
            "score": {"batch_endpoint": "monthly"},
        }

    message = refusals(edit)[f"{LOAD}.activities.score-{step}"]
    assert message == f"has the name of a step behind 'score', score-{step}; give it another key"


def test_an_activity_has_not_the_name_of_the_end_of_a_handler(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        pipelines(areas)["daily-load"]["activities"]["fail-after-set-aside"] = {
            "databricks_job": "score-batch"
        }

    assert "a step behind 'set-aside'" in refusals(edit)[f"{LOAD}.activities.fail-after-set-aside"]


def test_what_is_sent_counts_not_what_is_written(refusals: Refusals) -> None:
    """daily-load has 4 already: two activities, a handler and its end."""

    def edit(areas: Areas) -> None:
        areas["serving"]["batch_endpoints"] = {"monthly": ENDPOINT}
        pipelines(areas)["daily-load"]["activities"] |= {
            f"score-{number}": {"batch_endpoint": "monthly"} for number in range(11)
        }

    message = refusals(edit)[f"{LOAD}.activities"]
    assert message.startswith("are 81, with the steps behind batch endpoints (7 each)")
    assert message.endswith("Data Factory takes 80: make two pipelines")
