"""Data Factory: what a failed step means, when things start, and the steps around a release."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.conventions.time_zones import WINDOWS_TIME_ZONES
from infra.data.data_factory.trigger_steps import Step, commands, main, run
from infra.settings.load import load_from_stack_file
from tests.infra.platforms import ROOT, TODAY, resources_of

pytestmark = pytest.mark.xdist_group("platforms")


def named(stack: str, name: str) -> dict[str, Any]:
    (found,) = [item for item in resources_of(stack) if item["name"] == name]
    return found["inputs"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_handled_failure_still_fails_the_run(stack: str) -> None:
    """Data Factory counts a run by its last activities: the handler alone would make it succeed."""
    activities = {item["name"]: item for item in named(stack, "pipeline-daily-load")["activities"]}
    assert activities["set-aside"]["dependsOn"] == [
        {"activity": "make-tables", "dependencyConditions": ["Failed"]}
    ]
    assert activities["fail-after-set-aside"]["type"] == "Fail"
    assert activities["fail-after-set-aside"]["dependsOn"] == [
        {"activity": "set-aside", "dependencyConditions": ["Completed"]}
    ]


def test_a_schedule_starts_by_the_clock_of_its_place() -> None:
    recurrence = named("prod", "trigger-daily-load-nightly")["properties"]["recurrence"]
    assert recurrence == {
        "frequency": "Day",
        "interval": 1,
        "startTime": "2026-12-01T01:00:00",
        "timeZone": "W. Europe Standard Time",
        "schedule": {"hours": [1], "minutes": [0]},
    }


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_no_linked_service_holds_a_credential(stack: str) -> None:
    services = [item for item in resources_of(stack) if item["type"].endswith("datafactory:LinkedService")]
    assert len(services) == 4
    keys = {key for item in services for key in item["inputs"]["properties"]}
    assert keys.isdisjoint(
        {"accessToken", "accountKey", "servicePrincipalKey", "connectionString", "password"}
    )


def test_in_private_mode_everything_is_reached_through_the_managed_network() -> None:
    services = [item for item in resources_of("prod") if item["type"].endswith("datafactory:LinkedService")]
    assert {item["inputs"]["properties"]["connectVia"]["referenceName"] for item in services} == {
        "ir-managed"
    }
    reached = [
        item["inputs"]["managedPrivateEndpointName"]
        for item in resources_of("prod")
        if item["type"].endswith("datafactory:ManagedPrivateEndpoint")
    ]
    assert sorted(reached) == ["databricks", "key-vault", "lake-blob", "lake-dfs", "source-erp"]


def test_every_time_zone_has_a_windows_name() -> None:
    assert all("/" not in windows for windows in WINDOWS_TIME_ZONES.values())
    assert WINDOWS_TIME_ZONES["Europe/Amsterdam"] == "W. Europe Standard Time"


@pytest.mark.parametrize(("stack", "started"), [("dev", 0), ("prod", 1)])
def test_every_trigger_is_stopped_and_those_that_run_are_started(stack: str, started: int) -> None:
    settings = load_from_stack_file(ROOT / f"Pulumi.{stack}.yaml", today=TODAY).settings
    assert len(list(commands(settings, Step.STOP))) == 1
    assert len(list(commands(settings, Step.START))) == started


def test_the_steps_name_what_is_deployed() -> None:
    settings = load_from_stack_file(ROOT / "Pulumi.prod.yaml", today=TODAY).settings
    (command,) = commands(settings, Step.STOP)
    trigger = named("prod", "trigger-daily-load-nightly")
    assert command[:4] == ["az", "datafactory", "trigger", "stop"]
    assert trigger["factoryName"] in command
    assert trigger["triggerName"] in command
    assert trigger["resourceGroupName"] in command


def answer(monkeypatch: pytest.MonkeyPatch, code: int, error: str) -> None:
    done = subprocess.CompletedProcess([], code, "", error)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_keywords: done)


def test_a_trigger_that_does_not_exist_yet_is_nothing_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(
        monkeypatch, 3, "(ResourceNotFound) The Resource 'Microsoft.DataFactory/factories/x' was not found"
    )
    assert run(Step.STOP, [["az"]]) == 0
    assert run(Step.START, [["az"]]) == 3


def test_a_refused_call_ends_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, 1, "(AuthorizationFailed) The client does not have authorization")
    assert run(Step.STOP, [["az"], ["az"]]) == 1


def test_refused_settings_end_the_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["stop", "--stack", "dev"]) == 2


def test_a_batch_job_that_failed_fails_its_activity() -> None:
    """What comes after names the verdict, not the call, which succeeds as soon as the job is queued."""
    activities = {item["name"]: item for item in named("data-max", "pipeline-everything")["activities"]}
    start, wait, verdict = activities["score-start"], activities["score-wait"], activities["score"]
    assert start["authentication"] == {"type": "MSI", "resource": "https://ml.azure.com"}
    assert start["url"].endswith(".westeurope.inference.ml.azure.com/jobs")
    assert wait["timeout"] == "1.01:00:00"
    assert verdict["type"] == "IfCondition"
    assert verdict["ifFalseActivities"][0]["type"] == "Fail"


def test_a_pool_that_is_paused_already_is_left_alone() -> None:
    ask, pause = named("data-max", "pipeline-pause-reporting")["activities"]
    assert ask["method"] == "GET"
    assert pause["expression"]["value"] == "@equals(activity('ask').output.properties.status, 'Online')"
    assert pause["ifTrueActivities"][0]["url"].partition("?")[0].endswith("/sqlPools/reporting/pause")
