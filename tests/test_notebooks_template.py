"""The template for the notebooks' own repository: complete, clean, and its git folder follows the branch."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from infra.promotion.content import content_digest
from infra.settings.databricks import JobsCode
from infra.settings.load import load_from_stack_file
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.notebooks_template import TEMPLATE, template_module
from tests.reference_platform import stack_file

ROOT = Path(__file__).parents[1]
FOLDER = "/Repos/production/forecasting"
STATUS = "GET /api/2.0/workspace/get-status"
REPO = "/api/2.0/repos/7"


def run_in(folder: Path, *command: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As its README says: everything, into a repository of its own. Its tests are `make test-workload`."""
    ignored = shutil.ignore_patterns(".jars", "__pycache__")
    return Path(
        shutil.copytree(TEMPLATE, tmp_path_factory.mktemp("notebooks") / "repository", ignore=ignored)
    )


def test_its_own_linter_finds_nothing(copy: Path) -> None:
    run_in(copy, "ruff", "check", "--no-cache", ".")
    run_in(copy, "ruff", "format", "--no-cache", "--check", ".")


def test_smoke_tests_are_no_part_of_the_unit_tests() -> None:
    """pytest collects test_*.py; Databricks Connect is not there for unit tests."""
    assert not list(TEMPLATE.glob("tests/test_*connect*.py"))
    assert "databricks-connect" not in (TEMPLATE / "requirements-test.txt").read_text()


def test_connect_and_python_are_those_of_the_committed_cluster() -> None:
    settings = load_from_stack_file(stack_file("dev")).settings
    assert settings.databricks is not None
    runtimes = {str(cluster.runtime).split(".x")[0] for cluster in settings.databricks.clusters.values()}
    assert runtimes == {"16.4"}
    assert "databricks-connect==16.4." in (TEMPLATE / "requirements-smoke.txt").read_text()
    for path in (".github/workflows/pull-request.yml", ".azuredevops/pull-request.yml"):
        # Python 3.12 is the runtime's 16.4 (its release notes, system environment).
        assert '"3.12"' in (TEMPLATE / path).read_text()


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_template_has_every_notebook_that_jobs_name(stack: str) -> None:
    databricks = load_from_stack_file(stack_file(stack)).settings.databricks
    assert databricks is not None
    named = {
        f"{step.path}{'.py' if kind == 'notebook' else ''}"
        for job in databricks.jobs.values()
        for task in job.tasks.values()
        for kind, step in task.from_git
    }
    assert named == {str(path.relative_to(TEMPLATE)) for path in TEMPLATE.glob("notebooks/*.py")}
    # Jobs start by themselves once the team's own repository holds them.
    assert databricks.code is JobsCode.AWAITED


@pytest.mark.parametrize("path", [".github/workflows/sync.yml", ".azuredevops/sync.yml"])
def test_only_environments_that_follow_a_branch_are_synced(path: str) -> None:
    """A tag is what was promoted; a push to main must not go over it."""
    text = (TEMPLATE / path).read_text()
    listed = set(re.findall(r"- \{name: (\w+)", text))
    databricks = {
        stack: load_from_stack_file(stack_file(stack)).settings.databricks for stack in ("dev", "prod")
    }
    following = {
        stack
        for stack, settings in databricks.items()
        if settings and all(folder.branch for folder in settings.git_folders.values())
    }
    assert listed == following == {"dev"}
    assert "--branch" not in text


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return template_module("sync_git_folder.py")


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABRICKS_TOKEN", "entra")


def workspace(
    branch: str | None = "main", changed: Mapping[str, list[Answer]] | None = None
) -> dict[str, list[Answer]]:
    return {
        STATUS: [Answer({"object_type": "REPO", "object_id": 7})],
        f"GET {REPO}": [Answer({"branch": branch, "head_commit_id": "abc"})],
        f"PATCH {REPO}": [Answer({})],
        **(changed or {}),
    }


def test_a_folder_is_set_to_the_branchs_newest_commit(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_arm(workspace()) as databricks:
        assert script.main(["--host", databricks.url, "--branch", "main", FOLDER]) == 0
    assert databricks.asked == [STATUS, f"PATCH {REPO}", f"GET {REPO}"]
    assert databricks.bodies[-1] == {"branch": "main"}
    assert capsys.readouterr().out == f"{FOLDER}: main at abc\n"


def test_the_platforms_folders_follow_the_branches_that_they_are_on(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_arm(workspace(branch="release")) as databricks:
        outputs = {"databricks": {"workspace_url": databricks.url, "git_folder_paths": {"a": FOLDER}}}
        (tmp_path / "outputs.json").write_text(json.dumps(outputs))
        assert script.main(["--outputs", str(tmp_path / "outputs.json")]) == 0
    assert databricks.bodies[-1] == {"branch": "release"}
    with fake_arm(workspace(branch=None)) as databricks:
        assert script.main(["--host", databricks.url, FOLDER]) == 0
        assert f"PATCH {REPO}" not in databricks.asked
    assert "on a tag" in capsys.readouterr().out
    (tmp_path / "outputs.json").write_text('{"databricks": null}')
    assert script.main(["--outputs", str(tmp_path / "outputs.json")]) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({STATUS: [Answer({"object_type": "DIRECTORY", "object_id": 1})]}, "is a DIRECTORY, no git folder"),
        ({STATUS: [Answer({"error_code": "RESOURCE_DOES_NOT_EXIST"}, 404)]}, "404 "),
        ({f"PATCH {REPO}": [Answer({"message": "local changes would be lost"}, 409)]}, "409 "),
    ],
)
def test_a_folder_that_cannot_be_set_says_why_and_hides_no_other(
    script: ModuleType, capsys: pytest.CaptureFixture[str], changed: dict[str, list[Answer]], said: str
) -> None:
    with fake_arm(workspace(changed=changed)) as databricks:
        assert script.main(["--host", databricks.url, "--branch", "main", FOLDER, "/Repos/production/b"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.startswith((f"{FOLDER}: {said}", f"/Repos/production/b: {said}")) for line in told] == [
        True,
        True,
    ]


def test_a_workspace_that_does_not_answer(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with fake_arm({}) as gone:
        pass
    assert script.main(["--host", gone.url, "--branch", "main", FOLDER]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_the_training_job_computes_the_digest_as_the_platform_does(tmp_path: Path) -> None:
    """Two programs that cannot import each other, and the gate compares what they find."""
    module = template_module("forecasting/model_content.py")
    for name, data in {
        "demand/MLmodel": "x",
        "demand/a/b.pkl": "",
        "demand/registered_model_meta": "y",
        "demand/A.txt": "é",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(data, encoding="utf-8")
    assert module.content_digest(tmp_path) == content_digest(tmp_path)
