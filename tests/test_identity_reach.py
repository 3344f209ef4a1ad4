"""Which job can become which identity, by whose code; and that a planted way in is seen."""

from __future__ import annotations

import os
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs.azure_devops_reach import azure_devops_reaches
from docs.github_reach import github_reaches
from docs.identity_reach import all_reaches, pipelines_elsewhere

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


def test_a_variable_group_is_no_connection_though_they_share_a_name() -> None:
    stage = {"stage": "watch", "variables": [{"group": "platform-prod"}], "jobs": [{"job": "watch"}]}
    pipeline = {"trigger": "none", "pr": "none", "stages": [stage]}
    assert list(azure_devops_reaches(".azuredevops/watch.yml", pipeline)) == []


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


def for_every_job(workflow: dict[Any, Any]) -> None:
    """At the top, where no job's own line shows it."""
    workflow["permissions"] = {"contents": "read", "id-token": "write"}
    del workflow["jobs"]["check"]["permissions"]


def place_without_token(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["environment"] = {"name": "prod"}


def secret_without_token(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["env"] = {"TOKEN": "${{ secrets.SCORING_TLS_PRIVATE_KEY }}"}


def inherited_secrets(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"] = {"uses": "./.github/workflows/checks.yml", "secrets": "inherit"}


def own_machine(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["runs-on"] = {"group": "platform-prod"}


def own_label(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["runs-on"] = ["self-hosted", "linux"]


def title(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["check"]["steps"].append({"run": "echo ${{ github.event.pull_request.title }}"})


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (token_and_prod, "a pull request's code asks to be deploy: its place is main's"),
        (token_alone, "asks for a token outside any environment"),
        (everything, "asks for a token outside any environment"),
        (for_every_job, "asks for a token outside any environment"),
        (other_client, "PROD_DEPLOY_CLIENT_ID is not a variable of its own environment"),
        (secret, "a pull request's code is handed secrets"),
        (secret_without_token, "a pull request's code is handed secrets"),
        (inherited_secrets, "a pull request's code is handed secrets"),
        (target, "pull_request_target runs with main's rights"),
        (unknown_place, "names the environment anything"),
        (place_without_token, "a pull request's code asks to be deploy: its place is main's"),
        (own_machine, "a pull request's code runs on a machine of your own: {'group': 'platform-prod'}"),
        (own_label, "a pull request's code runs on a machine of your own"),
        (title, "${{ github.event.pull_request.title }} becomes a part of a script"),
    ],
)
def test_a_planted_way_in_is_seen(plant: Callable[[dict[Any, Any]], None], said: str) -> None:
    assert any(why.startswith(said) for why in refused(PULL_REQUEST, plant))


DEPLOY = ".github/workflows/deploy.yml"
CHECKOUT = 0


def step(workflow: dict[Any, Any], number: int) -> dict[str, Any]:
    return workflow["jobs"]["deploy"]["steps"][number]


def after_any_run(workflow: dict[Any, Any]) -> None:
    """Main's rights, started by what a stranger's pull request ran, with its files."""
    workflow[True] = {"workflow_run": {"workflows": ["Pull request"], "types": ["completed"]}}
    step(workflow, CHECKOUT)["with"]["ref"] = "${{ github.event.workflow_run.head_sha }}"
    workflow["jobs"]["deploy"]["steps"].insert(
        1, {"uses": "actions/download-artifact@v8", "with": {"run-id": "${{ github.event.workflow_run.id }}"}}
    )


def on_a_comment(workflow: dict[Any, Any]) -> None:
    workflow[True] = {"issue_comment": {"types": ["created"]}}


def given_reference(workflow: dict[Any, Any]) -> None:
    """Started on main, so the place lets it in; what runs is the branch that somebody typed."""
    step(workflow, CHECKOUT)["with"]["ref"] = "${{ inputs.ref }}"


def other_repository(workflow: dict[Any, Any]) -> None:
    step(workflow, CHECKOUT)["with"]["repository"] = "stranger/platform"


def fetched(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["steps"].insert(
        1, {"run": 'git fetch origin "$BRANCH" && git checkout FETCH_HEAD'}
    )


def other_run(workflow: dict[Any, Any]) -> None:
    download = {"name": "plan-prod", "run-id": "${{ inputs.run }}"}
    workflow["jobs"]["deploy"]["steps"].append({"uses": "actions/download-artifact@v8", "with": download})


def called_elsewhere(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"] = {
        "uses": "stranger/workflows/.github/workflows/deploy.yml@v1",
        "permissions": {"id-token": "write"},
    }


def callable_by_all(workflow: dict[Any, Any]) -> None:
    workflow[True]["workflow_call"] = None


def chosen_environment(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["environment"] = "${{ inputs.environment }}"


def chosen_matrix(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["strategy"]["matrix"] = {"environment": "${{ fromJson(inputs.environments) }}"}


def every_branch(workflow: dict[Any, Any]) -> None:
    workflow[True]["push"] = {"branches": ["main", "release/**"]}


def in_a_container(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["container"] = {"image": "example/tools:latest"}


def typed_words(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["steps"].append({"run": "make deploy APPROVE=${{ inputs.approve }}"})


def written_client(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["env"]["ARM_CLIENT_ID"] = "c0000000-0000-4000-8000-000000000001"


def indexed_variable(workflow: dict[Any, Any]) -> None:
    workflow["jobs"]["deploy"]["env"]["ARM_CLIENT_ID"] = "${{ vars[format('{0}_CLIENT_ID', inputs.who)] }}"


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (after_any_run, "workflow_run: what a stranger did starts a job that becomes an identity"),
        (after_any_run, "checks out ${{ github.event.workflow_run.head_sha }}"),
        (after_any_run, "takes an artifact of another run"),
        (on_a_comment, "issue_comment: what a stranger did starts a job that becomes an identity"),
        (given_reference, "checks out ${{ inputs.ref }}"),
        (other_repository, "checks out stranger/platform"),
        (fetched, "brings code by `git fetch`"),
        (other_run, "takes an artifact of another run"),
        (called_elsewhere, "hands its rights to the workflow stranger/workflows"),
        (callable_by_all, "workflow_call: whose code and whose rights"),
        (chosen_environment, "names the environment ${{ inputs.environment }}"),
        (chosen_matrix, "its environments come from ${{ fromJson(inputs.environments) }}"),
        (every_branch, "a push to any branch asks to be deploy"),
        (in_a_container, "runs in example/tools:latest"),
        (typed_words, "${{ inputs.approve }} becomes a part of a script"),
        (written_client, "a client id is written out"),
        (indexed_variable, "a variable's name is put together"),
    ],
)
def test_a_planted_way_to_the_deploying_identity_is_seen(
    plant: Callable[[dict[Any, Any]], None], said: str
) -> None:
    assert any(why.startswith(said) for why in refused(DEPLOY, plant))


def test_a_workflow_that_comments_checks_out_nothing_of_the_run_that_started_it() -> None:
    def planted(workflow: dict[Any, Any]) -> None:
        workflow["jobs"]["comment"]["steps"][0]["with"]["ref"] = (
            "${{ github.event.workflow_run.head_branch }}"
        )

    assert any(
        why.startswith("checks out") for why in refused(".github/workflows/pull-request-comment.yml", planted)
    )


DEVOPS = ".azuredevops/pull-request.yml"


def devops_stage(pipeline: dict[Any, Any]) -> dict[str, Any]:
    """The stage of real previews: it is inside an `each`, inside an `if`."""
    for one in pipeline["stages"]:
        for inner in one.values():
            if isinstance(inner, list) and "stage" not in one and "stage" not in inner[0]:
                return next(iter(inner[0].values()))[0]
    raise AssertionError("no stage inside two expressions")


def connection_of_deployments(pipeline: dict[Any, Any]) -> None:
    parameters = devops_stage(pipeline)["jobs"][0]["steps"][0]["parameters"]
    parameters["serviceConnection"] = "platform-${{ environment.name }}"


def forks(pipeline: dict[Any, Any]) -> None:
    devops_stage(pipeline)["condition"] = "succeeded()"


def secrets_of_deployments(pipeline: dict[Any, Any]) -> None:
    devops_stage(pipeline)["jobs"][0]["variables"] = [{"group": "platform-prod"}]


def secrets_for_all_stages(pipeline: dict[Any, Any]) -> None:
    pipeline["variables"] = [{"group": "platform-prod"}]


def other_key(pipeline: dict[Any, Any]) -> None:
    """A task that calls its connection something else."""
    task = {"task": "AzureKeyVault@2", "inputs": {"ConnectedServiceNameARM": "platform-prod"}}
    devops_stage(pipeline)["jobs"][0]["steps"].append(task)


def own_pool(pipeline: dict[Any, Any]) -> None:
    pipeline["stages"][0]["jobs"][0]["pool"] = {"name": "forecast-prod"}


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (connection_of_deployments, "a pull request's pipeline names platform-ENVIRONMENT"),
        (other_key, "a pull request's pipeline names platform-prod"),
        (forks, "a fork's pull request starts the stage"),
        (secrets_of_deployments, "a pull request's code is handed the variable group platform-prod"),
        (secrets_for_all_stages, "a pull request's code is handed the variable group platform-prod"),
        (own_pool, "a pull request's code runs on a machine of your own: forecast-prod"),
    ],
)
def test_a_planted_way_in_is_seen_on_azure_devops(plant: Callable[[dict[Any, Any]], None], said: str) -> None:
    assert any(why.startswith(said) for why in refused(DEVOPS, plant))


DEVOPS_PROMOTION = ".azuredevops/promote.yml"


def steps_of_promote(pipeline: dict[Any, Any]) -> list[dict[str, Any]]:
    return pipeline["stages"][1]["jobs"][0]["strategy"]["runOnce"]["deploy"]["steps"]


def after_a_pipeline(pipeline: dict[Any, Any]) -> None:
    """In one repository the run that follows takes the branch of the run before."""
    pipeline["resources"] = {"pipelines": [{"pipeline": "checks", "source": "checks", "trigger": True}]}


def a_webhook(pipeline: dict[Any, Any]) -> None:
    pipeline["resources"] = {"webhooks": [{"webhook": "hook", "connection": "incoming"}]}


def template_of_another(pipeline: dict[Any, Any]) -> None:
    pipeline["resources"] = {
        "repositories": [{"repository": "shared", "type": "git", "name": "other/shared"}]
    }
    steps_of_promote(pipeline).insert(0, {"template": "deploy.yml@shared"})


def extends_another(pipeline: dict[Any, Any]) -> None:
    del pipeline["stages"]
    pipeline["extends"] = {"template": "all.yml@shared"}


def says_nothing_of_pull_requests(pipeline: dict[Any, Any]) -> None:
    del pipeline["pr"]


def says_nothing_of_pushes(pipeline: dict[Any, Any]) -> None:
    del pipeline["trigger"]


def pushes_to_any_branch(pipeline: dict[Any, Any]) -> None:
    pipeline["trigger"] = {"branches": {"include": ["*"]}}


def without_stages(pipeline: dict[Any, Any]) -> None:
    """Jobs at the top, under a connection that the table does not have."""
    del pipeline["stages"]
    task = {"task": "AzureCLI@2", "inputs": {"azureSubscription": "of-somebody"}}
    pipeline["jobs"] = [{"job": "all", "steps": [task]}]


def checks_out_another(pipeline: dict[Any, Any]) -> None:
    steps_of_promote(pipeline)[0]["checkout"] = "git://project/platform@refs/heads/feature"


def fetches(pipeline: dict[Any, Any]) -> None:
    steps_of_promote(pipeline).insert(1, {"bash": "git checkout $(branch)"})


def files_of_another_run(pipeline: dict[Any, Any]) -> None:
    steps_of_promote(pipeline).insert(1, {"download": "checks"})


def typed(pipeline: dict[Any, Any]) -> None:
    steps_of_promote(pipeline).insert(1, {"bash": "echo ${{ parameters.model }}"})


def branch_name(pipeline: dict[Any, Any]) -> None:
    steps_of_promote(pipeline).insert(1, {"bash": "echo $(Build.SourceVersionMessage)"})


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (after_a_pipeline, "a run of checks on any branch starts it"),
        (a_webhook, "a webhook starts it"),
        (template_of_another, "runs deploy.yml@shared, which another repository decides"),
        (extends_another, "runs all.yml@shared, which another repository decides"),
        (says_nothing_of_pull_requests, "does not say pr"),
        (says_nothing_of_pushes, "does not say trigger"),
        (pushes_to_any_branch, "a push to ['*'] starts it"),
        (without_stages, "names the service connection of-somebody"),
        (checks_out_another, "checks out git://project/platform@refs/heads/feature"),
        (fetches, "brings code by `git checkout`"),
        (files_of_another_run, "takes artifacts of checks"),
        (typed, "${{ parameters.model becomes a part of a script"),
        (branch_name, "$(Build.SourceVersionMessage) becomes a part of a script"),
    ],
)
def test_a_planted_way_to_the_deploying_connection_is_seen(
    plant: Callable[[dict[Any, Any]], None], said: str
) -> None:
    assert any(why.startswith(said) for why in refused(DEVOPS_PROMOTION, plant))


def test_a_template_names_no_connection_of_its_own() -> None:
    def planted(template: dict[Any, Any]) -> None:
        for one in template["steps"]:
            if one.get("task") == "AzureCLI@2":
                one["inputs"]["azureSubscription"] = "platform-prod"

    (why,) = refused(".azuredevops/steps.yml", planted)
    assert why.startswith("a template names the service connection platform-prod")


def test_no_pipeline_is_where_nobody_looks(tmp_path: Path) -> None:
    assert list(pipelines_elsewhere(ROOT)) == []
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/build.yaml").write_text("steps: [{script: echo}]\n")
    (tmp_path / ".azuredevops/nested").mkdir(parents=True)
    (tmp_path / ".azuredevops/nested/more.yaml").write_text("trigger: none\npr: none\nstages: []\n")
    assert list(pipelines_elsewhere(tmp_path)) == ["tools/build.yaml"]


def test_every_way_of_writing_a_file_s_name_is_read(tmp_path: Path) -> None:
    (tmp_path / ".github/workflows").mkdir(parents=True)
    text = "on: pull_request\njobs: {a: {runs-on: ubuntu-24.04, permissions: {id-token: write}}}\n"
    (tmp_path / ".github/workflows/more.yaml").write_text(text)
    (reach,) = all_reaches(tmp_path)
    assert reach.refused


def unowned() -> list[str]:
    """Code that no line of CODEOWNERS names. Measurements run in no pipeline."""
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owned = [line.split()[0].lstrip("/") for line in lines if line and not line.startswith("#")]
    found = []
    for folder, folders, names in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        folders[:] = [
            name for name in folders if not name.startswith(".") and name not in ("benchmarks", "venv")
        ]
        for name in names:
            path = (place / name).as_posix()
            code = name.endswith((".py", ".sh")) or name == "Makefile"
            if code and not any(path.startswith(one) or fnmatch(path, one) for one in owned):
                found.append(path)
    return found


def test_what_jobs_with_an_identity_run_has_owners() -> None:
    assert unowned() == []
