"""How the engine is driven: what it is given, what is kept away from it, and what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from rehearsal.cli import main
from rehearsal.engine import command as engine_command
from rehearsal.engine.events import with_faults
from rehearsal.engine.packs import ChosenPack
from rehearsal.engine.report import engine_json, render_engine
from rehearsal.engine.run import EngineOptions, Operation, run_engine
from rehearsal.model.errors import NoSuchStackError, RehearsalError
from tests.rehearsal.engine.conftest import RECORDED_EVENTS, StandIn

Sample = Callable[..., Path]

CHANGES = Path(__file__).parents[2] / "data" / "changes"

pytestmark = pytest.mark.usefixtures("stand_in")


def test_the_engine_gets_a_backend_a_home_and_providers_of_the_rehearsal(
    stand_in: StandIn, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", "the user's own")
    monkeypatch.setenv("ARM_CLIENT_SECRET", "the user's own")
    monkeypatch.setenv("DATABRICKS_TOKEN", "the user's own")
    monkeypatch.setenv("PULUMI_HOME", "/the/user/s/own")
    project = sample()
    run = run_engine(project, "dev", Operation.UP)
    assert run.error == ""
    seen = stand_in.environment("up")
    assert seen["PULUMI_BACKEND_URL"] == f"file://{project}/.rehearsal/backend"
    assert seen["PULUMI_HOME"] == f"{project}/.rehearsal/home"
    assert seen["PULUMI_SKIP_UPDATE_CHECK"] == "1"
    assert seen["PULUMI_CONFIG_PASSPHRASE"]
    assert [item.partition(":")[0] for item in seen["PULUMI_DEBUG_PROVIDERS"].split(",")] == [
        "azure-native",
        "databricks",
    ]
    assert "the user's own" not in seen.values()
    assert stand_in.folder("up") == project / ".rehearsal" / "dev" / "work"


def test_the_program_stays_where_it_is_and_the_users_files_as_they_are(sample: Sample) -> None:
    text = "name: sample\nruntime: {name: python, options: {virtualenv: venv}}\nbackend: {url: s3://own}\n"
    project = sample(yaml=text, dev="config:\n  size: 3\n")
    run_engine(project, "dev", Operation.PREVIEW)
    settings = yaml.safe_load((project / ".rehearsal/dev/work/Pulumi.yaml").read_text())
    assert settings["main"] == str(project)
    assert settings["runtime"] == {
        "name": "python",
        "options": {"toolchain": "pip", "virtualenv": sys.prefix},
    }
    assert "backend" not in settings
    assert (project / "Pulumi.yaml").read_text() == text
    assert (project / "Pulumi.dev.yaml").read_text() == "config:\n  size: 3\n"
    assert sorted(path.name for path in project.iterdir()) == [
        ".rehearsal", "Pulumi.dev.yaml", "Pulumi.yaml", "__main__.py",
    ]  # fmt: skip


def test_secrets_are_stand_ins_that_the_cli_encrypts_and_the_salt_stays(
    stand_in: StandIn, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TOKEN", "a real secret")
    dev = (
        "config:\n  git:\n    token: {secure: v1:xyz}\n    user: env:GIT_TOKEN\n  list: [{secure: v1:a}, b]\n"
    )
    project = sample(dev=dev)
    work = project / ".rehearsal/dev/work/Pulumi.dev.yaml"
    run_engine(project, "dev", Operation.PREVIEW)
    written = yaml.safe_load(work.read_text())
    assert written["config"] == {"sample:git": {"user": "env:GIT_TOKEN"}, "sample:list": ["", "b"]}
    assert [command[2:-2] for command in stand_in.commands if command[:2] == ["config", "set"]]
    sets = [" ".join(command) for command in stand_in.commands if command[:2] == ["config", "set"]]
    assert "sample:git.token" in sets[0]
    assert "rehearsal-secret-git.token" in sets[0]
    assert "--secret" in sets[0]
    assert "sample:list[0]" in sets[1]
    assert stand_in.environment("preview")["GIT_TOKEN"] == "rehearsal-secret-GIT_TOKEN"
    work.write_text(work.read_text() + "encryptionsalt: v1:salt\n")
    run_engine(project, "dev", Operation.PREVIEW)
    assert yaml.safe_load(work.read_text())["encryptionsalt"] == "v1:salt"


def test_today_reaches_the_program_and_the_cloud(sample: Sample) -> None:
    project = sample()
    code = main(["up", "--stack", "dev", "--project", str(project), "--today", "2030-01-02"])
    assert code == 0
    written = yaml.safe_load((project / ".rehearsal/dev/work/Pulumi.dev.yaml").read_text())
    assert written["config"] == {"sample:today": "2030-01-02"}


def test_the_stack_is_made_once_and_policy_packs_are_passed_on(
    stand_in: StandIn, sample: Sample, tmp_path: Path
) -> None:
    project, pack = sample(), tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    run_engine(project, "dev", Operation.UP, EngineOptions(policy_packs=(ChosenPack(pack),)))
    run_engine(project, "dev", Operation.PREVIEW)
    assert sum(command[:2] == ["stack", "init"] for command in stand_in.commands) == 1
    up = next(command for command in stand_in.commands if command[0] == "up")
    assert up[up.index("--policy-pack") + 1] == str(pack)
    assert {"--yes", "--skip-preview"} <= set(up)


def test_what_up_made_is_there_for_the_next_run(sample: Sample) -> None:
    project = sample()
    assert run_engine(project, "dev", Operation.UP).standing == 1
    assert run_engine(project, "dev", Operation.PREVIEW).standing == 1


def test_a_resource_that_the_state_does_not_know_is_named(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "forget")
    run = run_engine(sample(), "dev", Operation.UP)
    assert run.unknown_to_state == ("urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg",)
    assert "not in the engine's state" in render_engine(run)


def test_events_become_counts_changes_and_policy_findings(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_EVENTS", str(RECORDED_EVENTS))
    run = run_engine(sample(), "dev", Operation.PREVIEW)
    document = json.loads(engine_json(run))
    assert document["counts"]["create"] == 9
    assert "urn:pulumi:dev::sample::azure-native:resources:ResourceGroup::rg" in {
        change["urn"] for change in document["changes"]
    }
    assert {found["policy"] for found in document["policies"]} >= {"storage-tls"}
    assert document["policyPacks"] == ["sample-pack"]
    unknown = {change["urn"].rpartition("::")[2]: change["unknown"] for change in document["changes"]}
    assert unknown["dbx"] == ["azureWorkspaceResourceId", "host"]
    assert unknown["rg"] == []
    text = render_engine(run)
    assert "      known after it is made: resourceGroupName" in text
    assert text.startswith("sample/dev preview on the real engine: ok; 9 to create")
    assert "  + create   azure-native:resources:ResourceGroup rg" in text


def test_json_is_written_on_request(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / "{stack}.json"
    assert main(["up", "--stack", "dev", "--project", str(sample()), "--json", str(target)]) == 0
    assert json.loads((tmp_path / "dev.json").read_text())["operation"] == "up"


def test_without_a_cli_one_sentence_says_what_to_do(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine_command, "_INSTALL", "raise SystemExit('no network')")
    assert main(["up", "--stack", "dev", "--project", str(sample())]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(
        "there is no `pulumi` on PATH, and it could not be installed (no network); install Pulumi"
    )
    assert "python -m rehearsal preview" in said


def test_an_installed_cli_of_our_own_is_used(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = sample()
    own = project / ".rehearsal" / "cli" / "bin"
    own.mkdir(parents=True)
    (own / "pulumi").symlink_to(tmp_path / "bin" / "pulumi")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert run_engine(project, "dev", Operation.PREVIEW).error == ""


@pytest.mark.parametrize(
    ("said", "complaint"),
    [("v3.100.0", "is 3.100.0, older than 3.260.0"), ("nonsense", "'nonsense', which is no version")],
)
def test_a_cli_that_is_too_old_or_none_is_refused(
    said: str, complaint: str, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_VERSION", said)
    with pytest.raises(RehearsalError, match=complaint):
        run_engine(sample(), "dev", Operation.PREVIEW)


def test_a_stack_without_a_file_is_refused_before_anything_is_written(sample: Sample) -> None:
    project = sample()
    with pytest.raises(NoSuchStackError, match="stacks there: dev"):
        run_engine(project, "qa", Operation.UP)
    assert not (project / ".rehearsal").exists()


def test_a_fault_needs_the_engine_and_its_name(
    stand_in: StandIn, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(sample())
    with pytest.raises(SystemExit) as raised:
        main(["preview", "--stack", "dev", "--project", project, "--fault", "lost"])
    assert raised.value.code == 1
    assert "which only --engine sends" in capsys.readouterr().err
    assert main(["up", "--stack", "dev", "--project", project, "--fault", "earthquake"]) == 1
    assert "no fault 'earthquake'; there are throttled, conflict" in capsys.readouterr().err
    assert stand_in.commands == []


def test_the_engine_is_not_imported_for_an_ordinary_preview() -> None:
    code = "import sys, rehearsal.cli; sys.exit('rehearsal.engine.run' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, timeout=60, check=False).returncode == 0
    )


def test_what_fails_names_its_resource_and_the_fault(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine tells the resource beside its message."""
    monkeypatch.setenv("STAND_IN_EVENTS", str(CHANGES / "events" / "destroy_protected.jsonl"))
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "fail")
    run = run_engine(sample(), "dev", Operation.REFRESH)
    assert run.error.splitlines()[0].startswith("databricks.Workspace workspace: Preview failed: resource ")


def test_the_fault_that_struck_is_told_with_the_failure() -> None:
    urn = "urn:pulumi:dev::sample::azure-native:storage:StorageAccount::lake"
    error = "storage.StorageAccount lake: Status=409 Conflict\nupdate failed"
    assert with_faults(
        error, [f"conflict: create {urn}", "lost: create urn:pulumi:dev::sample::a:b:C::x"]
    ) == ("storage.StorageAccount lake: Status=409 Conflict (fault: conflict: create)\nupdate failed")
