"""Runs a Pulumi program, unchanged, against a monitor in this process."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import os
import runpy
import sys
import threading
import traceback
from types import FrameType

import pulumi
from pulumi.runtime import settings as pulumi_settings
from pulumi.runtime.config import set_all_config
from pulumi.runtime.mocks import MockEngine, MockMonitor, MockSettings
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.stack import run_in_stack

from rehearsal.model.errors import ProgramError, ProgramErrorKind
from rehearsal.program.child_processes import descendants, end_processes
from rehearsal.program.configuration import Configuration
from rehearsal.program.deadline import DeadlineError, run_bounded
from rehearsal.program.event_loop import StalledError, close_loop, make_loop
from rehearsal.program.project import Project
from rehearsal.program.surroundings import is_program_file, surroundings
from rehearsal.program.waiting import awaiting_lines, circle_of, circle_text, pending_waits

DEFAULT_TIMEOUT_SECONDS = 120.0

_PREVIEW = False
"""The rehearsal rehearses an `up`: the simulated cloud answers, so every output is known and every `apply`
runs. In a preview the program would see unknowns and skip just the code that the rehearsal wants to see."""


_end_this_process = os._exit
"""The real one: while a program runs, `os._exit` is a `sys.exit`."""


class _ProgramExitError(Exception):
    """Stands for the program's `SystemExit`, which asyncio would let fly past its own clean-up."""


class _Engine(MockEngine):
    """The engine's own service: it collects what the program logs, and is of every version the program asks
    for."""

    def __init__(self, log: list[str]) -> None:
        super().__init__(logging.getLogger("rehearsal.program"))
        self._log = log

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802 - named by the protocol
        if request.severity in (engine_pb2.WARNING, engine_pb2.ERROR):
            name = "error" if request.severity == engine_pb2.ERROR else "warning"
            self._log.append(f"{name}: {request.message}")
        elif request.severity == engine_pb2.INFO:
            self._log.append(request.message)

    def RequirePulumiVersion(  # noqa: N802 - named by the protocol
        self, _request: engine_pb2.RequirePulumiVersionRequest
    ) -> engine_pb2.RequirePulumiVersionResponse:
        return engine_pb2.RequirePulumiVersionResponse()


def run_program(
    project: Project,
    stack: str,
    configuration: Configuration,
    monitor: MockMonitor,
    log: list[str],
    *,
    timeout: float = DEFAULT_TIMEOUT_SECONDS,
) -> ProgramError | None:
    """Runs the program to its end and returns how it failed, or None.

    A program that takes longer than `timeout` seconds is stopped where it is; one that catches every interruption
    takes this process with it. However the program ends, the processes that it left behind are ended. Every
    setting of the SDK lives in context variables, so a copied context keeps one run's settings from the next.
    """
    context = contextvars.copy_context()
    own, processes = os.getpid(), descendants()

    def run() -> ProgramError | None:
        _configure_sdk(project, stack, configuration, monitor, log)
        with surroundings(project.program, configuration.environment):
            return _run_to_end(project, timeout)

    def give_up(frame: FrameType | None) -> None:
        text = _hang(project, timeout, frame, "").text
        print(f"{text}; it catches every interruption, so the rehearsal ends", file=sys.stderr, flush=True)
        end_processes(descendants())
        _end_this_process(1)

    try:
        # Inside a running loop (a notebook, an async test) a second one may not be run: use a thread of its own.
        error = run_bounded(lambda: context.run(run), timeout, own_thread=_loop_is_running(), give_up=give_up)
    except DeadlineError as hang:
        error = _hang(project, timeout, hang.frame, "  outside its own code")
    if os.getpid() != own:
        _end_this_process(
            0
        )  # a copy that the program forked came to the program's end: there is one report, not two
    end_processes(descendants() - processes)
    return error


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _configure_sdk(
    project: Project, stack: str, configuration: Configuration, monitor: MockMonitor, log: list[str]
) -> None:
    """What `pulumi.runtime.set_mocks` does, without its root stack (`run_in_stack` makes the real one) and
    with the settings that it leaves over from an earlier run."""
    pulumi_settings.configure(
        MockSettings(
            monitor=monitor,
            monitor_features=set(),
            engine=_Engine(log),
            project=project.name,
            stack=stack,
            dry_run=_PREVIEW,
            organization="organization",
            root_directory=str(project.directory),
            callbacks=None,
            outputs=_no_outputs(),
            lock=threading.Lock(),
            package_refs={},
            base_providers_by_ref={},
        )
    )
    pulumi_settings.ROOT.set(None)
    set_all_config(dict(configuration.values), list(configuration.secret_keys))


def _no_outputs() -> set[asyncio.Task[object]]:
    """An empty collection of the kind that the installed SDK adds to: a deque before pulumi 3.24x, then a set."""
    return type(getattr(pulumi_settings.SETTINGS, "outputs"))()  # noqa: B009 - the SDK declares it by hand


def _run_to_end(project: Project, timeout: float) -> ProgramError | None:
    def main() -> None:
        try:
            runpy.run_path(str(project.program), run_name="__main__")
        except SystemExit as error:
            raise _ProgramExitError(error.code) from None

    loop = make_loop()
    error: ProgramError | None = None
    try:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run_in_stack(main))
    except pulumi.RunError as refused:
        error = ProgramError(ProgramErrorKind.SETTINGS, str(refused))
    except (_ProgramExitError, SystemExit) as left:
        error = ProgramError(
            ProgramErrorKind.EXIT,
            f"the program called sys.exit({left.args[0] if left.args else ''}); "
            "a Pulumi program ends by returning (raise pulumi.RunError to refuse its settings)",
        )
    except StalledError as stalled:
        kind = ProgramErrorKind.CIRCLE if stalled.waits.circle else ProgramErrorKind.HANG
        text = "" if stalled.waits.circle else "the program never ends, for its resources wait:\n"
        error = ProgramError(kind, f"{text}{stalled.waits.describe()}")
    except DeadlineError as hang:
        lines = awaiting_lines(loop, lambda file: is_program_file(file, project.directory))
        error = _hang(project, timeout, hang.frame, "\n".join([*lines, pending_waits(loop).describe()]))
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # noqa: BLE001 - whatever the user's program raises is reported, not ours to handle
        error = _crash(raised, project)
    finally:
        close_loop(loop)
    return error


def _crash(raised: BaseException, project: Project) -> ProgramError:
    circle = circle_of(raised)
    if circle:
        return ProgramError(ProgramErrorKind.CIRCLE, circle_text(circle))
    return ProgramError(ProgramErrorKind.CRASH, user_traceback(raised, project))


def _hang(project: Project, timeout: float, frame: FrameType | None, waits: str) -> ProgramError:
    """What was awaited: the user's innermost line, or the resources that are still to come."""
    own = [
        f"{line.filename}:{line.lineno} in {line.name}: {line.line}"
        for line in traceback.extract_stack(frame)
        if frame is not None and is_program_file(line.filename, project.directory)
    ]
    where = f"it was at {own[-1]}" if own else f"it waited:\n{waits.rstrip()}"
    return ProgramError(
        ProgramErrorKind.HANG,
        f"the program did not end within {timeout:g} seconds (--timeout); {where}",
    )


def user_traceback(error: BaseException, project: Project) -> str:
    """The traceback with the user's own frames only; all frames where none is the user's."""
    report = traceback.TracebackException.from_exception(error)
    if isinstance(error, SyntaxError) and is_program_file(error.filename or "", project.directory):
        # Its own text names file and line; where it is the program's first file, no frame is the user's.
        report.stack = traceback.StackSummary.from_list(
            [frame for frame in report.stack if is_program_file(frame.filename, project.directory)]
        )
    link: traceback.TracebackException | None = report
    while link is not None:
        own = [frame for frame in link.stack if is_program_file(frame.filename, project.directory)]
        if own:
            link.stack = traceback.StackSummary.from_list(own)
        # The SDK re-raises what an asynchronous step raised "from" that same exception: say it once.
        if link.__cause__ is not None and str(link.__cause__) == str(link):
            link.__cause__ = None
            link.__suppress_context__ = True
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "".join(report.format()).rstrip()
