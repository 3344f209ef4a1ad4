"""Which job can become which identity, by whose code; and that a planted way in is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs.identity_reach import all_reaches, azure_devops_reaches, github_reaches

ROOT = Path(__file__).parents[1]


def document(path: str) -> dict[Any, Any]:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def test_no_job_asks_for_more_than_its_place_gives() -> None:
    assert [one for one in all_reaches(ROOT) if one.refused] == []


def test_unmerged_code_reaches_two_identities_that_only_read() -> None:
    assert {one.identity for one in all_reaches(ROOT) if one.code != "main"} == {
        "preview",
        "smoke (notebooks)",
    }


def test_every_identity_is_reached_on_both_services() -> None:
    for folder in (".github", ".azuredevops"):
        reached = {one.identity for one in all_reaches(ROOT) if one.path.startswith(folder)}
        assert reached == {"gate", "drift", "plan", "preview", "deploy"}


def refused(path: str, plant: Callable[[dict[Any, Any]], None]) -> list[str]:
    """What is said of a file with something planted in it."""
    planted = document(path)
    plant(planted)
    read = github_reaches if ".github" in path else azure_devops_reaches
    return [why for one in read(path, planted) for why in one.refused]


PULL_REQUEST = ".github/workflows/pull-request.yml"


def token_and_prod(workflow: dict[Any, Any]) -> None:
    """The regression: a job on pull_request with a token and an environment's client id."""
    workflow["jobs"]["check"] |= {
        "permissions": {"contents": "read", "id-token": "write"},
        "environment": "prod",
        "env": {"AZURE_CLIENT_ID": "${{ vars.AZURE_CLIENT_ID }}"},
    }


def token_alone(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["permissions"] = {"id-token": "write"}


def other_client(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["preview"]["env"]["ARM_CLIENT_ID"] = "${{ vars.PROD_DEPLOY_CLIENT_ID }}"


def secret(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["preview"]["env"]["TOKEN"] = "${{ secrets.DATABRICKS_GIT_TOKEN }}"


def target(workflow: dict[Any, Any]) -> None:
    workflow[True] = {"pull_request_target": None}


def unknown_place(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["preview"]["environment"] = "anything"


def everything(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["permissions"] = "write-all"


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (token_and_prod, "a pull request's code asks to be deploy: its place is main's"),
        (token_alone, "asks for a token outside any environment"),
        (everything, "asks for a token outside any environment"),
        (other_client, "PROD_DEPLOY_CLIENT_ID is not a variable of its own environment"),
        (secret, "a pull request's code is handed secrets"),
        (target, "pull_request_target runs with main's rights"),
        (unknown_place, "names the environment anything"),
    ],
)
def test_a_planted_way_in_is_seen(plant: Callable[[dict[Any, Any]], None], said: str) -> None:
    (why,) = refused(PULL_REQUEST, plant)
    assert why.startswith(said)


DEVOPS = ".azuredevops/pull-request.yml"


def devops_stage(pipeline: dict[Any, Any]) -> dict[str, Any]:
    for one in pipeline["stages"]:
        for inner in one.values():
            if isinstance(inner, list) and "stage" not in one:
                return next(iter(inner[0].values()))[0]
    raise AssertionError("no stage inside an expression")


def connection_of_deployments(pipeline: dict[Any, Any]) -> None:
    parameters = devops_stage(pipeline)["jobs"][0]["steps"][0]["parameters"]
    parameters["serviceConnection"] = "platform-${{ environment.name }}"


def forks(pipeline: dict[Any, Any]) -> None:
    devops_stage(pipeline)["condition"] = "succeeded()"


def secrets_of_deployments(pipeline: dict[Any, Any]) -> None:
    devops_stage(pipeline)["jobs"][0]["variables"] = [{"group": "platform-prod"}]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (connection_of_deployments, "a pull request's pipeline names platform-ENVIRONMENT"),
        (forks, "a fork's pull request starts the stage"),
        (secrets_of_deployments, "a pull request's code is handed the variable group of deployments"),
    ],
)
def test_a_planted_way_in_is_seen_on_azure_devops(plant: Callable[[dict[Any, Any]], None], said: str) -> None:
    (why,) = refused(DEVOPS, plant)
    assert why.startswith(said)
