"""Programs that never end: circles, waits for nothing, sleeps and loops; what is said of them, and what is left."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from pulumi.runtime import settings as pulumi_settings

from rehearsal.model.errors import ProgramErrorKind, RehearsalError
from rehearsal.processes.tree import descendants
from rehearsal.program.traceback_text import with_first_traceback
from rehearsal.run import rehearse

Project = Callable[..., Path]

REPOSITORY = Path(__file__).parents[2]

SLEEP = f"61.{os.getpid()}"

DAEMON = """
def daemonise(work):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            work()
        os._exit(0)
    os.wait()
"""

HEAD = """
import asyncio, os, signal, subprocess, threading, time
import pulumi
from pulumi_azure_native import resources
class Part(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("sample:index:Part", name)
def group(name, opts=None, **tags):
    return resources.ResourceGroup(name, resource_group_name=f"rg-{name}", location="westeurope", tags=tags,
        opts=opts)
"""
GROUP = "azure-native:resources:ResourceGroup"


def failure(folder: Path, timeout: float = 0.3) -> tuple[ProgramErrorKind, str]:
    error = rehearse(folder, "dev", timeout=timeout).error
    assert error is not None
    return error.kind, error.text


def everyone() -> frozenset[int]:
    return frozenset(psutil.pids())


@pytest.fixture
def project(project: Project) -> Project:
    """Each process of tests sleeps in its own way, so that one does not take the other's sleepers for its own."""

    def write(program: str, **options: str) -> Path:
        return project(program.replace("61.5", SLEEP), **options)

    return write


def left(before: frozenset[int]) -> list[int]:
    """What a rehearsal started and did not end: below us, or asleep for as long as only this file asks."""
    below = descendants(os.getpid())
    return [pid for pid in everyone() - before if pid in below or SLEEP in " ".join(command_of(pid))]


def command_of(pid: int) -> list[str]:
    try:
        return psutil.Process(pid).cmdline()
    except psutil.Error:
        return []


def test_a_circle_through_components_is_reported_with_its_way(project: Project) -> None:
    """Depending on a component means depending on its children: one of the ways in which a circle comes about."""
    program = """
left, right = Part("left"), Part("right")
group("a", pulumi.ResourceOptions(parent=left, depends_on=[right]))
group("b", pulumi.ResourceOptions(parent=right, depends_on=[left]))
"""
    kind, text = failure(project(HEAD + program), 60)
    assert kind is ProgramErrorKind.CIRCLE
    assert text.startswith(f"dependency circle: {GROUP} a -> {GROUP} b -> {GROUP} a; ")


def test_an_error_keeps_the_place_that_raised_it_although_it_was_awaited_twice() -> None:
    manager = pulumi_settings._get_rpc_manager()

    async def register() -> None:
        raise RuntimeError("refused")

    async def await_twice() -> BaseException | None:
        _, error = await manager.do_rpc("register", register)()
        with contextlib.suppress(RuntimeError):
            await manager.rpcs.pop()  # the second await: the future has given its traceback away
        return error

    try:
        error = asyncio.run(await_twice())
        assert error is not None
        places = [frame.name for frame in traceback.extract_tb(with_first_traceback(error).__traceback__)]
        assert places[-1] == "register"
    finally:
        manager.clear()


def test_a_circle_through_a_deferred_output_is_found_without_waiting(project: Project) -> None:
    program = """
later, resolve = pulumi.deferred_output()
first = group("first", of=later)
second = group("second", of=first.name)
third = group("third", of=second.name)
resolve(third.name.apply(str.upper))
"""
    kind, text = failure(project(HEAD + program), 60)
    assert kind is ProgramErrorKind.CIRCLE
    assert f"{GROUP} first -> {GROUP} third -> {GROUP} second -> {GROUP} first" in text


def test_a_value_that_nothing_gives_is_named_by_who_waits_for_it(project: Project) -> None:
    program = "first = group('first', of=pulumi.Output.from_input(asyncio.Future()))\ngroup('second', of=first.name)\n"
    kind, text = failure(project(HEAD + program), 60)
    assert kind is ProgramErrorKind.HANG
    assert text.splitlines()[1:] == [
        f"  {GROUP} first waits for a value that nothing in the program gives",
        f"  {GROUP} second waits for {GROUP} first",
    ]


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("time.sleep(60)", "time.sleep(60)"),
        ("threading.Lock().__enter__(), threading.Event().wait()", "threading.Event().wait()"),
        ("while True: pass", "while True: pass"),
        ("group('a').name.apply(lambda _: time.sleep(60))", "in <lambda>"),
    ],
)
def test_a_program_that_does_not_end_is_stopped_and_its_line_named(
    project: Project, program: str, line: str
) -> None:
    folder = project(HEAD + program)
    kind, text = failure(folder)
    assert kind is ProgramErrorKind.HANG
    assert text.startswith(
        f"the program did not end within 0.3 seconds (--timeout); it was at {folder}/__main__.py:"
    )
    assert line in text


def test_a_coroutine_that_waits_is_named_by_its_line(project: Project) -> None:
    program = "async def wait(_):\n    await asyncio.sleep(60)\ngroup('a').name.apply(wait)\n"
    folder = project(HEAD + program)
    kind, text = failure(folder, 3)  # a busy machine needs its time to come to the wait
    assert kind is ProgramErrorKind.HANG
    assert text.endswith(f"it waited:\n  at {folder}/__main__.py:12 in wait")


def test_a_wait_for_a_thread_of_the_program_is_given_its_time(project: Project) -> None:
    """A thread may still give the value, so this is no stall; here it does."""
    program = """
loop, value = asyncio.get_event_loop(), asyncio.Future()
threading.Timer(0.2, lambda: loop.call_soon_threadsafe(value.set_result, "late")).start()
pulumi.export("name", group("a", of=pulumi.Output.from_input(value)).tags["of"])
"""
    result = rehearse(project(HEAD + program), "dev")
    assert (result.error, result.outputs) == (None, {"name": "late"})


@pytest.mark.parametrize(
    "program",
    [
        "subprocess.Popen(['sleep', '61.5'], start_new_session=True).wait()",
        "subprocess.run(['sh', '-c', 'setsid sleep 61.5 & trap \"\" TERM INT; sleep 61.5; sleep 61.5'])",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN), signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "while True:\n    subprocess.Popen(['sleep', '61.5']), time.sleep(0.05)",
        DAEMON + "daemonise(lambda: os.execvp('sleep', ['sleep', '61.5']))\ntime.sleep(60)",
        DAEMON + "daemonise(lambda: time.sleep(61.5))\ntime.sleep(60)",
    ],
    ids=["session", "deaf shell", "deaf program", "daemon", "forked daemon"],
)
def test_a_stopped_program_and_all_that_it_started_are_ended(project: Project, program: str) -> None:
    folder = project(HEAD + program)
    before = everyone()
    kind, _ = failure(folder)
    assert kind is ProgramErrorKind.HANG
    assert left(before) == []


@pytest.mark.parametrize("end", ["", "raise ValueError('size')", "raise SystemExit(1)", "os._exit(0)"])
def test_a_program_leaves_no_process_however_it_ends(project: Project, end: str) -> None:
    program = (
        DAEMON
        + "subprocess.Popen(['sleep', '61.5'])\ndaemonise(lambda: os.execvp('sleep', ['sleep', '61.5']))\n"
    )
    before = everyone()
    rehearse(project(HEAD + program + end), "dev")
    assert left(before) == []


@pytest.mark.parametrize(
    ("program", "kind", "message"),
    [
        (
            "os._exit(0)",
            ProgramErrorKind.EXIT,
            "ended with code 0 before the program did: it called os._exit",
        ),
        ("os._exit(7)", ProgramErrorKind.EXIT, "ended with code 7 before the program did"),
        ("os.kill(os.getpid(), signal.SIGKILL)", ProgramErrorKind.EXIT, "ended by signal 9 (SIGKILL)"),
        ("os.kill(os.getpid(), signal.SIGTERM)", ProgramErrorKind.EXIT, "ended by signal 15 (SIGTERM)"),
        ("os.closerange(3, 4096)", ProgramErrorKind.EXIT, "or closed file descriptors that are not its own"),
        ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')", ProgramErrorKind.HANG, "in <module>: re.match("),
        (
            "while True:\n  try:\n    time.sleep(60)\n  except BaseException: pass",
            ProgramErrorKind.HANG,
            "time.sleep",
        ),
        ("while os.fork():\n  time.sleep(60)", ProgramErrorKind.HANG, "time.sleep(60)"),
        ("while True: print('x' * 100_000)", ProgramErrorKind.HANG, "print("),
    ],
)
def test_ways_to_end_badly_are_one_message(
    project: Project, capfd: pytest.CaptureFixture[str], program: str, kind: ProgramErrorKind, message: str
) -> None:
    before = everyone()
    error = failure(project(HEAD + program))
    assert error[0] is kind
    assert message in error[1]
    assert left(before) == []
    capfd.readouterr()


@pytest.mark.parametrize(
    "program",
    [
        "threading.Thread(target=time.sleep, args=(60,)).start()",
        "import atexit\natexit.register(time.sleep, 60)",
        "import concurrent.futures as f\nf.ThreadPoolExecutor().submit(print)",
        "os.fork()",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "os.close(0), os.close(1), os.close(2)",
    ],
)
def test_what_a_program_leaves_running_does_not_hold_the_rehearsal(
    project: Project, capfd: pytest.CaptureFixture[str], program: str
) -> None:
    before = everyone()
    started = time.monotonic()
    result = rehearse(project(HEAD + "group('a')\n" + program), "dev")
    assert (result.error, len(result.world.resources)) == (None, 1)
    assert time.monotonic() - started < 50
    assert left(before) == []
    told = [line for line in result.log if "did not within 3 seconds" in line]
    assert len(told) == ("60" in program)
    capfd.readouterr()


def test_exit_handlers_are_run(project: Project, tmp_path: Path) -> None:
    program = f"import atexit, pathlib\natexit.register(pathlib.Path({str(tmp_path / 'ran')!r}).touch)\n"
    assert rehearse(project(program), "dev").error is None
    assert (tmp_path / "ran").exists()


def test_a_mistake_in_the_first_file_is_the_programs_own(project: Project) -> None:
    folder = project("if True\n")
    _, text = failure(folder, 60)
    assert f'  File "{folder}/__main__.py", line 1\n' in text
    assert "runpy" not in text


def test_where_forking_is_not_safe_a_fresh_interpreter_runs_the_program(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS."""
    monkeypatch.setattr("rehearsal.program.process.FORKS", False)
    before = everyone()
    result = rehearse(project(HEAD + "print('hello')\ngroup('a')\n"), "dev")
    assert (result.error, len(result.world.resources)) == (None, 1)
    kind, text = failure(project("import time\ntime.sleep(60)\n"))
    assert kind is ProgramErrorKind.HANG
    assert text.endswith("time.sleep(60)")
    assert left(before) == []


def test_a_program_ends_when_the_rehearsal_is_killed(project: Project) -> None:
    folder = project("import subprocess\nsubprocess.Popen(['sleep', '61.5'])\nimport time\ntime.sleep(60)\n")
    before = everyone()
    command = [sys.executable, "-m", "rehearsal", "preview", "--project", str(folder), "--stack", "dev"]
    rehearsal = subprocess.Popen(command, cwd=REPOSITORY)
    bound = time.monotonic() + 60
    while not any(SLEEP in " ".join(command_of(pid)) for pid in left(before)) and time.monotonic() < bound:
        time.sleep(0.05)
    rehearsal.kill()
    rehearsal.wait()
    while left(before) and time.monotonic() < bound:
        time.sleep(0.05)
    assert left(before) == []


def test_inside_a_running_loop_the_bound_holds_too(project: Project) -> None:
    folder = project(HEAD + "while True:\n    pass\n")

    async def inside() -> tuple[ProgramErrorKind, str]:
        return failure(folder)

    kind, text = asyncio.run(inside())
    assert kind is ProgramErrorKind.HANG
    assert "did not end within 0.3 seconds" in text


def test_the_next_rehearsal_is_not_harmed(project: Project) -> None:
    failure(project(HEAD + "time.sleep(60)"))
    result = rehearse(project(HEAD + "group('a')\n"), "dev")
    assert result.error is None
    assert len(result.world.resources) == 1


def test_a_program_that_asks_its_user_something_is_told_there_is_nobody(project: Project) -> None:
    kind, text = failure(project("input('size? ')\n"), 60)
    assert kind is ProgramErrorKind.CRASH
    assert text.splitlines()[-1] == "EOFError: EOF when reading a line"


def test_an_exception_outside_the_usual_tree_is_the_programs_own(project: Project) -> None:
    kind, text = failure(project("class Odd(BaseException):\n    pass\nraise Odd('size')\n"), 60)
    assert kind is ProgramErrorKind.CRASH
    assert text.splitlines()[-1] == "Odd: size"


def test_as_a_command_it_exits_with_one_message(project: Project) -> None:
    folder = project(HEAD + "time.sleep(60)")
    command = [sys.executable, "-m", "rehearsal", "preview", "--project", str(folder), "--stack", "dev"]
    started = time.monotonic()
    done = subprocess.run(
        [*command, "--timeout", "1.5"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert time.monotonic() - started < 60
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the program did not end within 1.5 seconds (--timeout); it was at ")
    assert f"{folder}/__main__.py:" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("config: &a [*a]\n", "Pulumi.dev.yaml:1: the alias *a contains itself"),
        ("config: 3\n", "Pulumi.dev.yaml:1: 'config' must be a map of keys to values"),
        ("- a\n", "Pulumi.dev.yaml:1: expected a map with the key 'config'"),
        ("config:\n  a: 1\n  a: 2\n", "Pulumi.dev.yaml:3: key 'a' is given twice, first in line 2"),
        ("config:\n\ta: 1\n", "Pulumi.dev.yaml:2: not YAML: found character"),
        (
            "config:\n  pulumi:disable-default-providers: '[azure'\n",
            "pulumi:disable-default-providers: '[azure' is no list",
        ),
    ],
)
def test_a_corrupt_stack_file_is_refused_with_file_and_line(
    project: Project, content: str, message: str
) -> None:
    folder = project(HEAD, dev=content)
    with pytest.raises(RehearsalError) as refused:
        rehearse(folder, "dev")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
