"""Runs a Pulumi program, unchanged, against a monitor in this process."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import logging
import runpy
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

import pulumi
from pulumi.runtime import settings as pulumi_settings
from pulumi.runtime.config import set_all_config
from pulumi.runtime.mocks import MockEngine, MockMonitor, MockSettings
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.stack import run_in_stack

from rehearsal.errors import ProgramError, ProgramErrorKind
from rehearsal.program.configuration import Configuration
from rehearsal.program.project import Project
from rehearsal.program.surroundings import is_program_file, surroundings

P = ParamSpec("P")
T = TypeVar("T")

_PREVIEW = False
"""The rehearsal rehearses an `up`: the simulated cloud answers, so every output is known and every `apply`
runs. In a preview the program would see unknowns and skip just the code that the rehearsal wants to see."""


class _ProgramExitError(Exception):
    """Stands for the program's `SystemExit`, which asyncio would let fly past its own clean-up."""


class _InlineExecutor(concurrent.futures.ThreadPoolExecutor):
    """Runs what is submitted at once. The SDK sends each request to the monitor through the loop's default
    executor; ours answers from memory, so a thread would only cost time and make the order of registrations a
    race."""

    def submit(
        self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> concurrent.futures.Future[T]:
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits the future
            future.set_exception(error)
        return future


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

    def RequirePulumiVersion(  # noqa: N802 - named by the protocol
        self, _request: engine_pb2.RequirePulumiVersionRequest
    ) -> engine_pb2.RequirePulumiVersionResponse:
        return engine_pb2.RequirePulumiVersionResponse()


def run_program(
    project: Project, stack: str, configuration: Configuration, monitor: MockMonitor, log: list[str]
) -> ProgramError | None:
    """Runs the program to its end and returns how it failed, or None.

    Every setting of the SDK lives in context variables, so a copied context keeps one run's settings from the
    next.
    """

    def run() -> ProgramError | None:
        _configure_sdk(project, stack, configuration, monitor, log)
        with surroundings(project.program, configuration.environment):
            return _run_to_end(project)

    context = contextvars.copy_context()
    if not _loop_is_running():
        return context.run(run)
    # Inside a running loop (a notebook, an async test) a second one may not be run: use a thread of its own.
    result: list[ProgramError | None] = []
    thread = threading.Thread(target=lambda: result.append(context.run(run)), name="rehearsal")
    thread.start()
    thread.join()
    return result[0]


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
            outputs=set(),
            lock=threading.Lock(),
            package_refs={},
            base_providers_by_ref={},
        )
    )
    pulumi_settings.ROOT.set(None)
    set_all_config(dict(configuration.values), list(configuration.secret_keys))


def _run_to_end(project: Project) -> ProgramError | None:
    def main() -> None:
        try:
            runpy.run_path(str(project.program), run_name="__main__")
        except SystemExit as error:
            raise _ProgramExitError(error.code) from None

    asyncio_logger = logging.getLogger("asyncio")
    level = asyncio_logger.level
    # After a failure, futures stay unobserved on purpose; asyncio would print a complaint for each.
    asyncio_logger.setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_InlineExecutor(max_workers=1))
    try:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run_in_stack(main))
    except pulumi.RunError as error:
        return ProgramError(ProgramErrorKind.SETTINGS, str(error))
    except (_ProgramExitError, SystemExit) as error:
        return ProgramError(
            ProgramErrorKind.EXIT,
            f"the program called sys.exit({error.args[0] if error.args else ''}); "
            "a Pulumi program ends by returning (raise pulumi.RunError to refuse its settings)",
        )
    except Exception as error:  # noqa: BLE001 - whatever the user's program raises is reported, not ours to handle
        return ProgramError(ProgramErrorKind.CRASH, user_traceback(error, project))
    finally:
        _close(loop)
        asyncio_logger.setLevel(level)
    return None


def _close(loop: asyncio.AbstractEventLoop) -> None:
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()
    for task in pending:
        with suppress(asyncio.CancelledError, Exception, SystemExit):
            loop.run_until_complete(task)
    asyncio.set_event_loop(None)
    loop.close()


def user_traceback(error: BaseException, project: Project) -> str:
    """The traceback with the user's own frames only; all frames where none is the user's."""
    report = traceback.TracebackException.from_exception(error)
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
