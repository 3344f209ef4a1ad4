"""What the ML workspace is told, as Azure gets it."""

from __future__ import annotations

import base64
import json
from typing import Any

import yaml

from infra.ml.environments import conda_file
from infra.ml.housekeeping import IDLE_REPORT, purge_task
from infra.settings.ml import RegistryPurge
from infra.settings.ml_data import MlEnvironment
from tests.infra.platforms import rehearsed


def inputs(kind: str, name: str, platform: str = "ml-max") -> dict[str, Any]:
    """The inputs of one resource of a platform, as plain JSON."""
    for resource in json.loads(rehearsed(platform).inventory.to_json())["resources"]:
        if resource["type"].endswith(f":{kind}") and resource["name"] == name:
            return resource["inputs"]
    raise LookupError(f"{platform} has no {kind} {name}")


def test_an_environment_is_a_conda_file_on_an_image() -> None:
    settings = MlEnvironment(image="base:1", version="1", conda_packages=["numpy=2.1"], pip_packages=["a==1"])
    assert yaml.safe_load(conda_file("training", settings) or "") == {
        "name": "training",
        "channels": ["conda-forge"],
        "dependencies": ["python=3.11", "numpy=2.1", "pip", {"pip": ["a==1"]}],
    }
    assert conda_file("plain", MlEnvironment(image="base:1", version="1")) is None


def test_packages_come_from_the_index_that_is_given() -> None:
    settings = MlEnvironment(image="base:1", version="1", pip_packages=["numpy==2.1.0"])
    document = yaml.safe_load(conda_file("training", settings, "https://packages.example.com/simple") or "")
    assert document["dependencies"][-1] == {
        "pip": ["--index-url https://packages.example.com/simple", "numpy==2.1.0"]
    }


def test_the_registry_is_purged_by_a_task_of_its_own() -> None:
    assert yaml.safe_load(purge_task(RegistryPurge(older_than_days=14, keep=5))) == {
        "version": "v1.1.0",
        "steps": [
            {
                "cmd": "acr purge --filter '.*:.*' --ago 14d --keep 5 --untagged --dry-run",
                "disableWorkingDirectoryOverride": True,
                "timeout": 3600,
            }
        ],
    }


def test_an_instance_has_a_script_applications_and_hours() -> None:
    properties = inputs("Compute", "ml-compute-instance-ada")["properties"]["properties"]
    script = properties["setupScripts"]["scripts"]["startupScript"]
    assert base64.b64decode(script["scriptData"]).decode().startswith("#!/bin/bash")
    assert script["scriptSource"] == "inline"
    assert [service["endpoints"][0]["published"] for service in properties["customServices"]] == [8787, 3838]
    hours = {
        schedule["action"]: schedule["cron"]["expression"]
        for schedule in properties["schedules"]["computeStartStop"]
    }
    assert hours == {"Start": "0 8 * * 1-5", "Stop": "0 18 * * 1-5"}


def test_a_datastore_keeps_no_credential_unless_it_must() -> None:
    lake = inputs("Datastore", "ml-datastore-curated")["properties"]
    assert lake["credentials"] == {"credentialsType": "None"}
    assert lake["serviceDataAccessAuthIdentity"] == "WorkspaceUserAssignedIdentity"
    supplier = inputs("Datastore", "ml-datastore-supplier")["properties"]
    assert supplier["credentials"]["secrets"]["sasToken"] == "[secret]"


def test_every_version_of_a_data_asset_is_a_resource_of_its_own() -> None:
    old, new = (inputs("DataVersion", f"ml-data-sales-2026-{month}") for month in ("10", "11"))
    assert old["properties"]["dataUri"].endswith(
        "/workspaces/mlw-forecast-test-weu/datastores/curated/paths/sales/2026-10/"
    )
    assert new["properties"]["dataUri"].startswith(
        "azureml://subscriptions/22222222-2222-2222-2222-222222222222/resourcegroups/rg-forecast-test-weu/"
    )


def test_an_automl_job_has_limits_and_a_horizon() -> None:
    job = inputs("Schedule", "ml-schedule-search")["properties"]["action"]["jobDefinition"]
    assert job["taskDetails"]["limitSettings"] == {
        "enableEarlyTermination": True,
        "exitScore": 0.05,
        "maxConcurrentTrials": 4,
        # All of a node: the SDK's default.
        "maxCoresPerTrial": -1,
        "maxTrials": 50,
        "timeout": "PT240M",
        "trialTimeout": "PT30M",
    }
    assert job["taskDetails"]["forecastingSettings"]["forecastHorizon"] == {"mode": "Custom", "value": 14}


def test_the_idle_report_travels_with_its_schedule() -> None:
    job = inputs("Schedule", "ml-schedule-idle-report")["properties"]["action"]["jobDefinition"]
    assert base64.b64decode(job["environmentVariables"]["SCRIPT"]) == IDLE_REPORT.read_bytes()
    assert ".delete(" not in IDLE_REPORT.read_text(encoding="utf-8")
