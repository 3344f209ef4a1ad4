"""The pipelines name what there is: environments, policy configurations, make targets, pinned actions."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings.load import load_from_stack_file

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted(
    [
        *ROOT.glob(".github/workflows/*.yml"),
        *ROOT.glob("templates/notebooks-repository/.github/workflows/*.yml"),
    ]
)
ENVIRONMENTS = json.loads((ROOT / "environments.json").read_text(encoding="utf-8"))


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_every_stack_is_deployed_and_judged_by_its_kinds_policies() -> None:
    stacks = {path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml")}
    assert {environment["name"] for environment in ENVIRONMENTS} == stacks
    for environment in ENVIRONMENTS:
        kind = load_from_stack_file(ROOT / f"Pulumi.{environment['name']}.yaml").settings.environment.kind
        assert environment["policy_pack_config"] == f"policies/{kind}.json"


def test_nonprod_is_deployed_before_prod() -> None:
    configs = [environment["policy_pack_config"] for environment in ENVIRONMENTS]
    assert configs == sorted(configs)


def test_azure_devops_walks_the_same_list() -> None:
    (parameter,) = document(ROOT / ".azuredevops/deploy.yml")["parameters"]
    listed = [
        {"name": one["name"], "policy_pack_config": one["policyPackConfig"]} for one in parameter["default"]
    ]
    assert listed == ENVIRONMENTS
    (parameter,) = document(ROOT / ".azuredevops/drift.yml")["parameters"]
    assert parameter["default"] == [environment["name"] for environment in ENVIRONMENTS]


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
    assert [step["run"] for step in steps if "run" in step] == [
        'python3 -m rehearsal.pipelines.comment "$REPORT"'
    ]


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
    assert {"pull-request", "check", "test", "deploy", "preflight", "drift", "real-preview"} <= run
    assert run <= targets


def test_a_git_folder_is_set_to_main_and_only_that_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location(
        "sync_git_folder", ROOT / "templates/notebooks-repository/sync_git_folder.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    asked: list[tuple[str, str, object]] = []

    def call(_host: str, _token: str, method: str, path: str, body: object = None) -> Any:
        asked.append((method, path, body))
        if method == "GET":
            return {
                "repos": [
                    {"id": 1, "path": "/Workspace/a/forecasting-old"},
                    {"id": 2, "path": "/Workspace/a/forecasting"},
                ]
            }
        return {"head_commit_id": "abc"}

    monkeypatch.setattr(module, "call", call)
    assert module.sync("https://adb", "t", "/Workspace/a/forecasting", "main") == "abc"
    assert asked[1] == ("PATCH", "/repos/2", {"branch": "main"})
    with pytest.raises(LookupError, match="CAN_MANAGE"):
        module.sync("https://adb", "t", "/Workspace/a/other", "main")


def test_triggers_stand_still_while_something_is_deployed() -> None:
    """A running trigger refuses its own update, and one that stays stopped brings no data."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\ndeploy:")[2].partition("\n\n")[0]
    (up,) = [line for line in recipe.splitlines() if "pulumi up" in line]
    assert up.strip().startswith("$(TRIGGERS) around --stack $(STACK) -- pulumi up ")
    github = document(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]["steps"]
    assert {"if": "${{ cancelled() }}", "run": "make start-triggers"}.items() <= github[-1].items()
    azure = (ROOT / ".azuredevops/deploy.yml").read_text(encoding="utf-8")
    assert "targets: preflight deploy" in azure
    assert "targets: start-triggers" in azure
