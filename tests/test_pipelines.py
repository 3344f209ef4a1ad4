"""The pipelines name what there is: environments, policy configurations, make targets, pinned actions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reference_platform import FOLDER

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted(
    [
        *ROOT.glob(".github/workflows/*.yml"),
        *ROOT.glob("templates/notebooks-repository/.github/workflows/*.yml"),
    ]
)
WHERE = [
    {key: one[key] for key in ("name", "runner") if key in one}
    for one in json.loads((FOLDER / "environments.json").read_text(encoding="utf-8"))
]
"""As the template names them: what copies it changes them there."""


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def parameters_of(path: str) -> dict[str, Any]:
    return {one["name"]: one.get("default") for one in document(ROOT / path)["parameters"]}


def test_the_notebooks_own_repository_walks_environments_of_the_platform() -> None:
    """Those whose folder follows a branch: tests/test_notebooks_template.py."""
    template = "templates/notebooks-repository"
    jobs = document(ROOT / template / ".github/workflows/sync.yml")["jobs"]
    for listed in (
        parameters_of(f"{template}/.azuredevops/sync.yml")["environments"],
        jobs["sync"]["strategy"]["matrix"]["environment"],
    ):
        assert [one for one in WHERE if one in listed] == listed


@pytest.mark.parametrize(
    ("path", "job"),
    [
        (".github/workflows/deploy.yml", "deploy plan"),
        (".github/workflows/drift.yml", "look"),
        (".github/workflows/pull-request.yml", "preview"),
        (".github/workflows/sync-git-folders.yml", "sync"),
        ("templates/notebooks-repository/.github/workflows/sync.yml", "sync"),
    ],
)
def test_what_speaks_to_an_environment_runs_where_that_one_answers(path: str, job: str) -> None:
    jobs = document(ROOT / path)["jobs"]
    for speaks in job.split():
        assert jobs[speaks]["runs-on"] == "${{ matrix.environment.runner || 'ubuntu-24.04' }}"
    # What does not, needs no place in a private network.
    assert {other["runs-on"] for name, other in jobs.items() if name not in job.split()} <= {"ubuntu-24.04"}


def test_a_promotion_runs_where_prod_answers() -> None:
    jobs = document(ROOT / ".github/workflows/promote.yml")["jobs"]
    assert {name: job["runs-on"] for name, job in jobs.items()} == {
        "prod": "ubuntu-24.04",
        "gate": "${{ needs.prod.outputs.runner }}",
        "promote": "${{ needs.prod.outputs.runner }}",
        "propose": "ubuntu-24.04",
    }
    (command,) = [step["run"] for step in jobs["prod"]["steps"] if "run" in step]
    assert """jq --raw-output '.[] | select(.name == "prod") | .runner // "ubuntu-24.04"'""" in command


@pytest.mark.parametrize(
    "path",
    [
        ".azuredevops/deploy.yml",
        ".azuredevops/drift.yml",
        ".azuredevops/pull-request.yml",
        ".azuredevops/sync-git-folders.yml",
        "templates/notebooks-repository/.azuredevops/sync.yml",
    ],
)
def test_on_azure_devops_too(path: str) -> None:
    pipeline = document(ROOT / path)
    assert pipeline["pool"] == {"vmImage": "ubuntu-24.04"}
    for stage in _stages(pipeline["stages"]):
        for job in stage["jobs"]:
            speaks = "azureSubscription" in str(job) or "serviceConnection" in str(job)
            inside = job.get("${{ if environment.runner }}")
            assert inside == ({"pool": {"name": "${{ environment.runner }}"}} if speaks else None), path


def test_service_connections_have_one_name_for_each_environment_and_purpose() -> None:
    named = {
        connection.replace("${{ environment.name }}", "ENVIRONMENT")
        for path in ROOT.glob(".azuredevops/*.yml")
        for connection in re.findall(
            r"(?:serviceConnection|azureSubscription): (platform-.+)", path.read_text("utf-8")
        )
    }
    assert named == {
        "platform-ENVIRONMENT",
        "platform-drift-ENVIRONMENT",
        "platform-plan-ENVIRONMENT",
        "platform-preview-ENVIRONMENT",
        "platform-gate-dev",
        "platform-gate-prod",
        "platform-prod",
    }
    for page in ("docs/pipelines.md", "docs/promotion.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for connection in ("platform-gate-dev", "platform-gate-prod", "platform-prod"):
            assert f"`{connection}`" in text, page


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_workflow_pins_its_actions_and_gives_each_job_its_rights(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for used in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
    workflow = document(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert "write-all" not in str(job["permissions"])
        assert job["timeout-minutes"]


def test_one_version_of_an_action_is_used_everywhere() -> None:
    used = {
        found for path in WORKFLOWS for found in re.findall(r"uses: (\S+)@(\S+)", path.read_text("utf-8"))
    }
    assert len(used) == len({action for action, _ in used})


def test_the_job_that_comments_runs_nothing_of_the_pull_request() -> None:
    steps = document(ROOT / ".github/workflows/pull-request-comment.yml")["jobs"]["comment"]["steps"]
    assert steps[0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert [step["run"] for step in steps if "run" in step] == ['python3 -m pipelines.comment "$REPORTS"']


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_job_has_an_identity_in_azure_and_the_right_to_write(path: Path) -> None:
    """What runs a pull request's code, or talks to the cloud, cannot speak on the repository's behalf."""
    for name, job in document(path)["jobs"].items():
        written = [scope for scope, right in job["permissions"].items() if right == "write"]
        if "id-token" in written:
            assert written == ["id-token"], name
        else:
            assert "secrets." not in str(job), name


def test_on_azure_devops_only_jobs_without_a_service_connection_get_the_builds_token() -> None:
    given = []
    for path in sorted(ROOT.glob(".azuredevops/*.yml")):
        for job in re.split(r"- (?:job|deployment): ", path.read_text(encoding="utf-8"))[1:]:
            name = job.split()[0]
            token = "System.AccessToken" in job or 'persistCredentials: "true"' in job
            given += [f"{path.stem} {name}"] if token else []
            assert not (token and re.search("serviceConnection|azureSubscription|group:", job)), (
                path.name,
                name,
            )
    assert given == ["drift tell", "promote propose", "pull-request comment"]
    assert "System.AccessToken" not in (ROOT / ".azuredevops/steps.yml").read_text(encoding="utf-8")


def test_what_does_not_start_by_itself_says_so_and_every_job_ends() -> None:
    for path in sorted(ROOT.glob(".azuredevops/*.yml")):
        pipeline = document(path)
        if "stages" not in pipeline:
            continue
        assert "pr" in pipeline, path.name
        assert "trigger" in pipeline, path.name
        for stage in _stages(pipeline["stages"]):
            assert all("timeoutInMinutes" in job for job in stage["jobs"]), (path.name, stage["stage"])


def test_a_forks_code_gets_neither_identity_nor_token_of_azure_devops() -> None:
    listed = _stages(document(ROOT / ".azuredevops/pull-request.yml")["stages"])
    stages = {stage["stage"]: stage for stage in listed}
    for name in ("preview_${{ environment.name }}", "comment"):
        assert "ne(variables['System.PullRequest.IsFork'], 'True')" in stages[name]["condition"]
    commands = [step["script"] for step in stages["comment"]["jobs"][0]["steps"] if "script" in step]
    assert commands[0] == 'git checkout --quiet "origin/${TARGET#refs/heads/}"'


def _stages(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stages, those inside template expressions too."""
    found = []
    for one in listed:
        found += [one] if "stage" in one else [each for inner in one.values() for each in _stages(inner)]
    return found


def test_what_a_fork_can_start_has_no_secret_and_no_token() -> None:
    workflow = document(ROOT / ".github/workflows/pull-request.yml")
    for name in ("rehearse", "check"):
        job = workflow["jobs"][name]
        assert job["permissions"] == {"contents": "read"}
        assert "secrets." not in str(job)
        assert "vars." not in str(job)
    assert "head.repo.full_name == github.repository" in workflow["jobs"]["environments"]["if"]
    assert workflow["jobs"]["preview"]["needs"] == "environments"


def test_every_make_target_that_pipelines_run_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [path.read_text("utf-8") for path in [*WORKFLOWS, *ROOT.glob(".azuredevops/*.yml")]]
    run = {
        found
        for text in texts
        for found in re.findall(r"(?:run:|script:|^) *make ([a-z-]+)", text, re.MULTILINE)
    }
    run |= {
        target
        for text in texts
        for found in re.findall(r"targets: ([a-z -]+)$", text, re.MULTILINE)
        for target in found.split()
    }
    assert {
        "pull-request",
        "check",
        "test",
        "deploy",
        "preflight",
        "drift",
        "real-preview",
        "sync-git-folders",
    } <= run
    assert run <= targets


GIT_FOLDER_PIPELINES = [
    *ROOT.glob(".github/workflows/sync*.yml"),
    *ROOT.glob(".azuredevops/sync*.yml"),
    *ROOT.glob("templates/*/.github/workflows/sync*.yml"),
    *ROOT.glob("templates/*/.azuredevops/sync*.yml"),
]


@pytest.mark.parametrize("path", GIT_FOLDER_PIPELINES, ids=lambda path: str(path.relative_to(ROOT)))
def test_git_folders_follow_main_after_a_merge_or_by_hand_and_never_a_pull_request(path: Path) -> None:
    pipeline = document(path)
    if ".azuredevops" in path.parts:
        assert pipeline["trigger"]["branches"]["include"] == ["main"]
        assert pipeline["pr"] == "none"
        for stage in _stages(pipeline["stages"]):
            assert "eq(variables['Build.SourceBranch'], 'refs/heads/main')" in stage["condition"]
        return
    started = pipeline[True]  # YAML 1.1 reads `on` as a truth value
    assert set(started) == {"push", "workflow_dispatch"}
    assert started["push"]["branches"] == ["main"]


def test_what_reaches_databricks_late_has_its_tokens_from_the_beginning() -> None:
    """az can exchange the job's own token for some minutes only."""
    checked = 0
    for path in ROOT.glob(".github/workflows/*.yml"):
        for job in document(path)["jobs"].values():
            commands = [step.get("run", step.get("uses", "")) for step in job["steps"]]
            if {"make deploy", "make plan", "make drift", "make real-preview"} & set(commands):
                signs_in = next(place for place, one in enumerate(commands) if one.startswith("azure/login@"))
                assert commands[signs_in + 1] == "make azure-tokens", path.name
                checked += 1
    assert checked == 4
    steps = (ROOT / ".azuredevops/steps.yml").read_text(encoding="utf-8")
    assert "make azure-tokens\n        make ${{ parameters.targets }} " in steps


def test_a_pull_request_is_compared_with_the_base_that_it_was_merged_with() -> None:
    steps = document(ROOT / ".github/workflows/pull-request.yml")["jobs"]["rehearse"]["steps"]
    (command,) = [step["run"] for step in steps if "make pull-request" in step.get("run", "")]
    assert command == 'make pull-request BASE="$(git rev-parse HEAD^1)"'


@pytest.mark.parametrize("path", [".github/workflows/promote.yml", ".azuredevops/promote.yml"])
def test_a_promotion_looks_at_the_files_before_it_asks_the_gate(path: str) -> None:
    """And copies the files that the gate saw, whatever lies there by then."""
    text = (ROOT / path).read_text(encoding="utf-8")
    steps = [
        "read_candidate.sh",
        "infra.promotion.scan --stack prod --folder candidate",
        "infra.promotion.gate --stack prod",
        "ACCEPTED_CONTENT: $",
        "copy_model.sh",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert text.count("jq --raw-output .content candidate.json") == 1


@pytest.mark.parametrize("purpose", ["mlflow", "scan"])
def test_what_a_promotion_installs_is_locked_by_hash(purpose: str) -> None:
    for path in (".github/workflows/promote.yml", ".azuredevops/promote.yml"):
        installed = re.findall(r"pip install (.+)", (ROOT / path).read_text(encoding="utf-8"))
        assert sorted(installed) == [
            *["--require-hashes --requirement requirements-mlflow.txt"] * 2,
            "--require-hashes --requirement requirements-scan.txt",
        ], path
    (wanted,) = (ROOT / f"requirements-{purpose}.in").read_text(encoding="utf-8").splitlines()
    lock = (ROOT / f"requirements-{purpose}.txt").read_text(encoding="utf-8")
    name, version = re.sub(r"\[.+\]", "", wanted).split("==")
    assert re.search(rf"^{name}(\[\w+\])?=={re.escape(version)} ", lock, re.MULTILINE)
    pinned = "\n".join(line for line in lock.splitlines() if not line.startswith("#"))
    packages = re.split(r"\n(?=\S)", pinned.strip())
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in lock
    assert f"requirements-{purpose}.in" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_there_is_such_a_pipeline_for_each_service_and_each_kind_of_repository() -> None:
    assert len(GIT_FOLDER_PIPELINES) == 4


def test_every_deployment_is_verified_with_a_sign_in_of_its_own_and_publishes_junit() -> None:
    """Hours later nobody exchanges the job's first token for those of other services."""
    steps = document(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]["steps"]
    done = [str(step.get("run") or step.get("uses")).partition("@")[0] for step in steps]
    deployed = done.index("make deploy")
    assert done[deployed + 1 : deployed + 3] == ["azure/login", "make verify-deployment"]
    (kept,) = [step for step in steps if step.get("with", {}).get("name", "").startswith("verify-")]
    assert kept["with"]["path"] == ".rehearsal/verify-${{ matrix.environment.name }}.xml"
    assert "steps.verify.outcome != 'skipped'" in kept["if"]
    (stage,) = [
        stage
        for stage in _stages(document(ROOT / ".azuredevops/deploy.yml")["stages"])
        if stage["stage"].startswith("deploy_")
    ]
    deploy, verify = stage["jobs"][0]["strategy"]["runOnce"]["deploy"]["steps"]
    assert deploy["parameters"]["targets"] == "preflight deploy"
    assert verify["parameters"]["targets"] == "verify-deployment"
    assert verify["parameters"]["tests"] == "verify-${{ environment.name }}"
    text = (ROOT / ".azuredevops/steps.yml").read_text(encoding="utf-8")
    assert "testResultsFiles: .rehearsal/${{ parameters.tests }}.xml" in text


def test_triggers_stand_still_while_something_is_deployed() -> None:
    """A running trigger refuses its own update, and one that stays stopped brings no data."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\ndeploy:")[2].partition("\n\n")[0]
    (up,) = [line for line in recipe.splitlines() if "-- pulumi up" in line]
    assert up.strip().startswith("$(TRIGGERS) around --stack $(STACK) -- pulumi up ")
    github = document(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]["steps"]
    assert {"if": "${{ cancelled() }}", "run": "make start-triggers"}.items() <= github[-1].items()
    azure = (ROOT / ".azuredevops/deploy.yml").read_text(encoding="utf-8")
    assert "targets: preflight deploy" in azure
    assert "targets: start-triggers" in azure
