"""Whatever goes wrong around the engine: one message, no hang, no process left, the state kept."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.engine import command as engine_command
from rehearsal.engine.folders import EngineFolders
from rehearsal.engine.locks import one_run_at_a_time, remove_stale_locks
from rehearsal.engine.run import EngineOptions, Operation, run_engine
from rehearsal.model.errors import RehearsalError
from rehearsal.processes.interrupts import ended_as_interrupted
from rehearsal.program.project import read_project
from rehearsal.provider.server import RunningProviders
from tests.rehearsal.engine.conftest import ROOT, StandIn

Sample = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("stand_in")

ENDED_SECONDS = 30.0


def folders_of(project: Path) -> EngineFolders:
    folders = EngineFolders(read_project(project), "dev")
    folders.make()
    return folders


def has_ended(pid: int) -> bool:
    deadline = time.monotonic() + ENDED_SECONDS
    while time.monotonic() < deadline:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_an_engine_that_hangs_is_stopped_with_everything_it_started(
    stand_in: StandIn, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "hang")
    monkeypatch.setattr(engine_command, "_GRACE_SECONDS", 5.0)
    with pytest.raises(
        RehearsalError, match="pulumi up did not end within 5 s and was stopped; its state is kept"
    ):
        run_engine(sample(), "dev", Operation.UP, EngineOptions(timeout=5))
    (child,) = [note["child"] for note in stand_in.notes if "child" in note]
    assert has_ended(child)


def test_a_process_that_the_engine_leaves_behind_is_ended(
    stand_in: StandIn, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "leave a child")
    assert run_engine(sample(), "dev", Operation.UP).error == ""
    (child,) = [note["child"] for note in stand_in.notes if "child" in note]
    assert has_ended(child)


@pytest.fixture(params=[signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that child processes do not ignore, even if the tests run under `nohup` or in the background."""
    usual = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, usual)


def test_an_interrupt_stops_the_engine_too(
    number: signal.Signals, stand_in: StandIn, sample: Sample, tmp_path: Path
) -> None:
    environment = {**os.environ, "STAND_IN_BEHAVIOUR": "hang", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "rehearsal", "up", "--stack", "dev", "--project", str(sample())]
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, cwd=tmp_path)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not any("child" in note for note in stand_in.notes):
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(60) == 1
    (child,) = [note["child"] for note in stand_in.notes if "child" in note]
    assert has_ended(child)
    assert (
        "interrupted; the engine was asked to stop, and its state is kept" in (tmp_path / "said").read_text()
    )


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As under `nohup`: closing the terminal ends nothing."""
    usual = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_as_interrupted():
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGHUP, usual)


def test_two_runs_at_once_are_refused_the_first_goes_on(sample: Sample, stand_in: StandIn) -> None:
    project = sample()
    with (
        one_run_at_a_time(folders_of(project)),
        pytest.raises(
            RehearsalError, match=rf"another rehearsal \(process {os.getpid()}\) is at work on stack dev"
        ),
    ):
        run_engine(project, "dev", Operation.UP)
    assert stand_in.commands == []
    assert run_engine(project, "dev", Operation.UP).error == ""


def test_the_lock_of_a_killed_engine_is_removed_with_a_note(sample: Sample) -> None:
    project = sample()
    folders = folders_of(project)
    folders.locks.mkdir(parents=True)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (folders.locks / "1234.json").write_text(json.dumps({"pid": gone.pid, "username": "me"}))
    (folders.locks / "5678.json").write_text("cut off")
    run = run_engine(project, "dev", Operation.UP)
    assert [note.partition(" (")[0] for note in run.notes] == [
        "removed the lock of an engine that was killed"
    ] * 2
    assert list(folders.locks.iterdir()) == []


@pytest.mark.parametrize("lock", ["dev/lock", "backend/.pulumi/locks/organization/sample/dev/1234.json"])
def test_a_folder_in_the_place_of_a_lock_is_named(
    lock: str, sample: Sample, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    place = folders_of(project).root / lock
    place.mkdir(parents=True)
    assert main(["up", "--stack", "dev", "--project", str(project)]) == 1
    assert f"{place}: Is a directory" in capsys.readouterr().err
    assert stand_in.commands == []


def test_the_lock_of_a_process_that_is_no_engine_is_stale(sample: Sample) -> None:
    """Numbers of processes are given again: this test's own is alive, and no engine."""
    folders = folders_of(sample())
    folders.locks.mkdir(parents=True)
    (folders.locks / "1.json").write_text(json.dumps({"pid": os.getpid()}))
    assert len(remove_stale_locks(folders)) == 1


def test_the_lock_of_an_engine_that_still_runs_is_left_alone(sample: Sample, tmp_path: Path) -> None:
    folders = folders_of(sample())
    folders.locks.mkdir(parents=True)
    script = tmp_path / "pulumi-engine"
    script.symlink_to("/bin/sleep")
    engine = subprocess.Popen([script, "60"])
    try:
        deadline = time.monotonic() + ENDED_SECONDS
        while time.monotonic() < deadline and not Path(f"/proc/{engine.pid}/comm").read_text().startswith(
            "pulumi"
        ):
            time.sleep(0.01)  # the kernel names a process a moment after it started it
        (folders.locks / "1.json").write_text(json.dumps({"pid": engine.pid}))
        with pytest.raises(RehearsalError, match=rf"still runs on stack dev \(process {engine.pid}\)"):
            remove_stale_locks(folders)
        assert list(folders.locks.iterdir())
    finally:
        engine.kill()
        engine.wait()


def test_a_corrupt_cloud_is_named_and_nothing_starts(
    sample: Sample, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    folders = folders_of(project)
    folders.cloud.write_text("{}\n")
    assert main(["up", "--stack", "dev", "--project", str(project)]) == 1
    said = capsys.readouterr().err
    assert f"{folders.cloud}:1: not what the simulated cloud wrote" in said
    assert f"restore the file, or remove {folders.own} and {folders.state} to begin" in said
    assert stand_in.commands == []
    assert folders.cloud.read_text() == "{}\n"


def test_an_engine_that_dies_ends_the_run_and_what_was_made_is_kept(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    assert run_engine(project, "dev", Operation.UP).standing == 1
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "die")
    assert main(["up", "--stack", "dev", "--project", str(project)]) == 1
    assert "pulumi was ended by signal 9 (SIGKILL); its state is kept" in capsys.readouterr().err
    monkeypatch.delenv("STAND_IN_BEHAVIOUR")
    assert run_engine(project, "dev", Operation.PREVIEW).standing == 1


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("corrupt state", "dev.json: unexpected end of JSON input"),
        ("fail", "error: pulumi failed and said nothing"),
        ("garbage", "says what no Pulumi CLI says (JSONDecodeError"),
        ("no events", "the engine ended well, but told nothing of what it did"),
    ],
)
def test_what_the_engine_cannot_say_or_read_is_one_message_and_exit_code_1(
    behaviour: str,
    said: str,
    sample: Sample,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", behaviour)
    assert main(["preview", "--engine", "--stack", "dev", "--project", str(sample())]) == 1
    shown = capsys.readouterr()
    assert said in shown.out
    assert shown.out.count("error: ") <= 2  # ours, and the engine's own word for it
    assert "Traceback" not in shown.out + shown.err


@pytest.mark.parametrize("content", ['{"deployment": 1}', '{"deployment": [2]}'])
def test_a_state_that_the_engine_passes_on_unread_is_named(
    content: str, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    state = folders_of(project).state
    state.parent.mkdir(parents=True)
    state.write_text(content)
    assert main(["refresh", "--stack", "dev", "--project", str(project)]) == 1
    shown = capsys.readouterr()
    assert "says what no Pulumi CLI says" in shown.out
    assert f"its state is {state}" in shown.out
    assert state.read_text() == content


def test_starting_over_leaves_other_stacks_alone(sample: Sample) -> None:
    project = sample()
    (project / "Pulumi.prod.yaml").write_text("config: {}\n")
    folders = folders_of(project)
    other = EngineFolders(folders.project, "prod")
    assert folders.state.relative_to(folders.root).as_posix() == "backend/.pulumi/stacks/sample/dev.json"
    assert other.state != folders.state
    assert other.state.parent == folders.state.parent


def test_a_folder_that_cannot_be_made_is_named(sample: Sample) -> None:
    project = sample()
    (project / ".rehearsal").write_text("in the way")
    with pytest.raises(RehearsalError, match=r"\.rehearsal/backend: .*; engine runs keep their state in"):
        run_engine(project, "dev", Operation.UP)


def test_a_port_in_use_is_named(sample: Sample, stand_in: StandIn) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RehearsalError, match=f"port {port} is in use"):
            run_engine(sample(), "dev", Operation.UP, EngineOptions(ports={"azure-native": port}))
    assert stand_in.commands == []


def test_a_policy_pack_that_is_none_is_refused_before_the_engine_starts(
    sample: Sample, stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["up", "--stack", "dev", "--project", str(sample()), "--policy-pack", str(tmp_path / "none")])
    assert code == 1
    assert "not a policy pack" in capsys.readouterr().err
    assert stand_in.commands == []


def test_a_policy_pack_that_does_not_start_is_shown_in_the_engines_words(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "PulumiPolicy.yaml").write_text("runtime: python\n")
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "no policy pack")
    code = main(["up", "--stack", "dev", "--project", str(sample()), "--policy-pack", str(tmp_path)])
    assert code == 1
    assert "error: could not start policy pack" in capsys.readouterr().out


def test_a_killed_provider_ends_the_run_and_what_was_made_is_kept(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = sample()
    monkeypatch.setenv("STAND_IN_BEHAVIOUR", "forget")
    assert run_engine(project, "dev", Operation.UP).standing == 1

    def kill(running: RunningProviders) -> None:
        for server in running.servers:
            server.stop(None).wait()

    run = run_engine(project, "dev", Operation.UP, EngineOptions(on_start=kill))
    assert "UNAVAILABLE" in run.error
    assert run.standing == 1
    assert run_engine(project, "dev", Operation.PREVIEW).standing == 1
