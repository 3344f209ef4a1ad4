"""The make targets that pipelines run with the real engine, run here with a stand-in for its CLI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.reference_platform import stack_file

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "tests/data/engine/event_log_preview.jsonl"

STAND_IN = """#!/bin/sh
echo "$*" >> calls
case "$1" in
  login) exit "${LOGIN:-0}" ;;
  preview)
    [ "$PULUMI_DEBUG_COMMANDS" = true ] || { echo "unknown flag: --event-log" >&2; exit 2; }
    for last; do :; done
    cp "$EVENTS" "$last"
    case "$*" in *--save-plan*) echo '{"resourcePlans": {}}' > .rehearsal/saved/plan.json ;; esac
    exit "${PREVIEW:-0}" ;;
  stack)
    [ "$2" != output ] || echo "$OUTPUTS"
    [ "$2" != export ] || cp "$EXPORT" "$4" ;;
esac
"""
"""The last argument is the event log's file, and a flag that only debugging CLIs know."""


def run_target(
    folder: Path, target: str, *variables: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    fake = folder / "bin" / "pulumi"
    fake.parent.mkdir(exist_ok=True)
    fake.write_text(STAND_IN)
    fake.chmod(0o755)
    make = shutil.which("make")
    assert make is not None
    return subprocess.run(
        [
            make,
            f"--file={ROOT / 'Makefile'}",
            "--old-file=.venv/.runtime",
            "--old-file=.venv/.preflight",
            f"BIN={Path(sys.executable).parent}",
            target,
            *variables,
            "STACK=dev",
            "POLICY_PACK_CONFIG=policies/nonprod.json",
        ],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
            "PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "EVENTS": str(EVENTS),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(autouse=True)
def made(tmp_path: Path) -> None:
    """What the Makefile expects beside itself."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/.runtime").touch()
    (tmp_path / ".venv/.preflight").touch()
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    shutil.copy(stack_file("dev"), tmp_path)


def written(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / ".rehearsal").iterdir()}


def test_a_real_preview_leaves_its_report_and_no_event_log(tmp_path: Path) -> None:
    ran = run_target(tmp_path, "real-preview")
    assert ran.returncode == 0, ran.stderr
    files = written(tmp_path)
    assert sorted(files) == ["real-preview-dev.code", "real-preview-dev.md"]
    assert files["real-preview-dev.code"] == "0\n"
    assert "### dev" in files["real-preview-dev.md"]
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[:2] == ["login", "stack select dev"]
    assert calls[2].startswith("preview --policy-pack policies --policy-pack-config policies/nonprod.json ")


@pytest.mark.parametrize("code", ["7", "255"])
def test_drift_fails_with_the_engines_code_beside_the_report(tmp_path: Path, code: str) -> None:
    ran = run_target(tmp_path, "drift", PREVIEW=code)
    assert ran.returncode == 2  # make's own, for any failure
    assert written(tmp_path)["drift-dev.code"] == f"{code}\n"
    call = (tmp_path / "calls").read_text().splitlines()[2]
    assert call.startswith("preview --refresh --expect-no-changes ")


def test_without_a_sign_in_there_is_neither_code_nor_report_of_an_earlier_run(tmp_path: Path) -> None:
    folder = tmp_path / ".rehearsal"
    folder.mkdir()
    (folder / "drift-dev.code").write_text("0")
    assert run_target(tmp_path, "drift", LOGIN="1").returncode == 2
    assert written(tmp_path) == {}


def test_tokens_are_fetched_for_what_the_databricks_provider_asks_and_not_printed(tmp_path: Path) -> None:
    az = tmp_path / "bin" / "az"
    az.parent.mkdir()
    az.write_text('#!/bin/sh\necho "az $*" >> calls\n')
    az.chmod(0o755)
    ran = run_target(tmp_path, "azure-tokens")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert (tmp_path / "calls").read_text().splitlines() == [
        "az account get-access-token --resource 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --output none",
        "az account get-access-token --resource https://management.core.windows.net/ --output none",
    ]
    az.write_text("#!/bin/sh\nexit 1\n")
    ran = run_target(tmp_path, "azure-tokens")
    assert ran.returncode == 0
    assert "no token for 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" in ran.stdout


def test_git_folders_are_synced_with_a_token_for_databricks_alone(tmp_path: Path) -> None:
    az = tmp_path / "bin" / "az"
    az.parent.mkdir()
    az.write_text('#!/bin/sh\necho "az $*" >> calls\necho token\n')
    az.chmod(0o755)
    answers = {
        "GET /api/2.0/workspace/get-status": [Answer({"object_type": "REPO", "object_id": 7})],
        "GET /api/2.0/repos/7": [Answer({"branch": "main", "head_commit_id": "abc"})],
        "PATCH /api/2.0/repos/7": [Answer({})],
    }
    with fake_arm(answers) as databricks:
        paths = {"forecasting": "/Repos/production/forecasting"}
        outputs = {"databricks": {"workspace_url": databricks.url, "git_folder_paths": paths}}
        ran = run_target(tmp_path, "sync-git-folders", OUTPUTS=json.dumps(outputs))
    assert ran.returncode == 0, ran.stderr
    assert "/Repos/production/forecasting: main at abc" in ran.stdout
    assert databricks.bodies == [{"branch": "main"}]
    assert "token" not in ran.stdout.replace("get-access-token", "")
    asked = (tmp_path / "calls").read_text()
    assert "az account get-access-token --resource 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d " in asked


def committed(folder: Path) -> None:
    """A checkout has a commit, which the seal names."""
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    for command in (
        ["init", "--quiet"],
        [*identity, "commit", "--quiet", "--allow-empty", "--message", "one"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True, timeout=60)


def deployed_state(folder: Path) -> Path:
    resource = {"urn": "urn:one", "type": "azure-native:storage:StorageAccount", "custom": True}
    path = folder / "export.json"
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": [resource]}}))
    return path


def without_triggers(folder: Path) -> Path:
    """What stops and starts the data factory's triggers, without a data factory: runs the command behind `--`."""
    program = folder / "around"
    program.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift; exec "$@"\n')
    program.chmod(0o755)
    return program


def test_a_plan_is_made_sealed_and_deployed_as_it_was_approved(tmp_path: Path) -> None:
    committed(tmp_path)
    state = str(deployed_state(tmp_path))
    planned = run_target(tmp_path, "plan", EXPORT=state)
    assert planned.returncode == 0, planned.stderr
    files = written(tmp_path)
    assert {"plan-dev.json", "plan-dev.md", "plan-dev.seal", "plan-dev.code"} <= set(files)
    assert "state-dev.json" not in files
    assert files["plan-dev.md"].startswith("## Plan of dev\n\nCommit `")
    assert "### dev" in files["plan-dev.md"]
    (tmp_path / "calls").unlink()
    deployed = run_target(tmp_path, "deploy", f"TRIGGERS={without_triggers(tmp_path)}", EXPORT=state)
    assert deployed.returncode == 0, deployed.stderr
    calls = (tmp_path / "calls").read_text().splitlines()
    (up,) = [call for call in calls if call.startswith("up ")]
    assert up.startswith("up --yes --plan .rehearsal/plan-dev.json --policy-pack policies ")


def test_nothing_is_deployed_without_what_was_approved(tmp_path: Path) -> None:
    committed(tmp_path)
    refused = run_target(tmp_path, "deploy", EXPORT=str(deployed_state(tmp_path)))
    assert refused.returncode != 0
    assert "not deployed: " in refused.stderr
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call for call in calls if call.startswith(("up", "refresh"))] == []


def test_a_deployment_is_asked_for_what_it_promises_as_it_was_deployed(tmp_path: Path) -> None:
    """Promises of another form show that they were read: anything further would ask Azure."""
    ran = run_target(tmp_path, "verify-deployment", OUTPUTS='{"promises": {"form": 7}}')
    assert ran.returncode == 2
    assert "promises.form: is 7; this version reads form 1" in ran.stderr
    assert (tmp_path / "calls").read_text().splitlines()[:2] == ["login", "stack select dev"]
    assert "verify-dev.xml" not in written(tmp_path)
