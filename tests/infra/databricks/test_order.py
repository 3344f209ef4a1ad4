"""What must exist before what, and on whose behalf it is made."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.infra.platforms import rehearsed


def everything(name: str) -> dict[str, dict[str, Any]]:
    """Logical name to resource, of a platform's resources."""
    resources = json.loads(rehearsed(name).inventory.to_json())["resources"]
    return {resource["name"]: resource for resource in resources if resource["custom"]}


def waits_for(resource: dict[str, Any]) -> set[str]:
    """The logical names of what a resource depends on."""
    return {urn.rsplit("::", 1)[-1] for urn in resource["dependencies"]}


def test_an_endpoint_waits_for_its_model_every_grant_and_the_way_to_the_data() -> None:
    resources = everything("databricks-max")
    grants = {name for name, it in resources.items() if it["type"].endswith(":Grants")}
    assert grants
    assert waits_for(resources["databricks-serving-endpoint-demand"]) >= grants | {
        "unity-catalog-model-lake-gold-demand",
        "databricks-network-connectivity-binding",
    }


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_view_waits_for_the_table_it_reads(stack: str) -> None:
    view = everything(stack)["unity-catalog-view-lake-reporting-demand-by-day"]
    assert "unity-catalog-table-lake-predictions-demand" in waits_for(view)
    assert f"FROM forecast_lake_{stack}.predictions.demand " in view["inputs"]["viewDefinition"]


def test_a_configuration_stands_before_the_workspace_that_it_must_outlive() -> None:
    resources = everything("databricks-max")
    assert "databricks-network-connectivity" in waits_for(resources["databricks-workspace"])
    binding = resources["databricks-network-connectivity-binding"]
    assert {"databricks-network-connectivity", "databricks-workspace"} <= waits_for(binding)
    assert "::databricks-account::" in binding["provider"]
    assert resources["databricks-account"]["inputs"]["host"] == "https://accounts.azuredatabricks.net"
    assert "accountId" not in resources["databricks"]["inputs"]


def test_folders_are_cloned_by_the_pipeline_and_sources_read_by_the_job() -> None:
    resources = everything("databricks-max")
    folder = resources["databricks-git-folder-forecasting"]
    assert {"databricks-git-credential-azure-devops", "databricks-production-folder"} <= waits_for(folder)
    cloning = resources["databricks-git-credential-azure-devops"]
    assert cloning["inputs"]["principalId"] == resources["databricks-ci-principal"]["id"]
    credential = resources["databricks-git-credential-jobs"]
    assert credential["inputs"]["principalId"] == resources["databricks-jobs-principal"]["id"]
    job = resources["databricks-job-from-git"]
    assert "databricks-git-credential-jobs" in waits_for(job)
    notebook, python, sql = (task for task in job["inputs"]["tasks"])
    assert notebook["notebookTask"]["notebookPath"] == "notebooks/build"
    assert notebook["notebookTask"]["source"] == "GIT"
    assert python["sparkPythonTask"]["source"] == "GIT"
    assert sql["sqlTask"]["file"] == {"path": "sql/report.sql", "source": "GIT"}


def test_scoring_runs_after_training_which_the_jobs_principal_may_start() -> None:
    resources = everything("prod")
    daily = resources["databricks-job-train-and-score"]
    names = {"train": "train-many-models", "score": "score-batch"}
    tasks = {task["taskKey"]: task for task in daily["inputs"]["tasks"]}
    assert tasks["score"]["dependsOns"] == [{"taskKey": "train"}]
    for key, name in names.items():
        called = f"databricks-job-{name}"
        assert called in waits_for(daily)
        assert str(int(tasks[key]["runJobTask"]["jobId"])) == resources[called]["id"]
        first, *people = resources[f"{called}-permissions"]["inputs"]["accessControls"]
        assert (first["permissionLevel"], len(people)) == ("CAN_MANAGE_RUN", 2)
        assert "servicePrincipalName" in first


def test_a_webhook_s_url_is_nowhere_to_be_read() -> None:
    resources = everything("databricks-max")
    configs = {
        key: resources[f"databricks-notification-destination-{key}"]["inputs"]["config"]
        for key in ("chat", "channel", "duty", "hook")
    }
    assert configs["chat"] == {"slack": {"url": "[secret]"}}
    assert configs["channel"] == {"microsoftTeams": {"url": "[secret]"}}
    assert configs["duty"] == {"pagerduty": {"integrationKey": "[secret]"}}
    assert configs["hook"] == {
        "genericWebhook": {"url": "[secret]", "username": "alerts", "password": "[secret]"}
    }


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_experiments_lie_in_a_folder_that_lists_the_jobs_alone(stack: str) -> None:
    resources = everything(stack)
    folder = resources["databricks-experiments-folder"]
    assert folder["inputs"]["path"] == f"/forecast-experiments-{stack}"
    permissions = resources["databricks-experiments-folder-permissions"]["inputs"]
    assert [entry["permissionLevel"] for entry in permissions["accessControls"]] == ["CAN_EDIT"]
    experiment = resources["databricks-experiment-demand"]
    assert experiment["inputs"]["name"] == f"/forecast-experiments-{stack}/forecast-demand-{stack}"
    assert "databricks-experiments-folder-permissions" in waits_for(experiment)
