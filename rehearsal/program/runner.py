"""Runs a Pulumi program, unchanged, against a monitor: all of it in a process that is the program's own."""

from __future__ import annotations

import asyncio
import datetime
import logging
import os
import runpy
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi.runtime import settings as pulumi_settings
from pulumi.runtime.config import set_all_config
from pulumi.runtime.mocks import MockEngine, MockSettings
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.stack import run_in_stack

from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.control_plane import ControlPlane
from rehearsal.cloud.state import CloudState
from rehearsal.model.errors import ProgramError, ProgramErrorKind, UnsupportedProgramError
from rehearsal.monitor.monitor import RehearsalMonitor
from rehearsal.monitor.transforms import Callback
from rehearsal.processes.child_side import ChildSide
from rehearsal.processes.messages import Kind
from rehearsal.program.callbacks import Callbacks
from rehearsal.program.configuration import Configuration
from rehearsal.program.event_loop import Idle, StalledError, make_loop
from rehearsal.program.garbage import no_collection
from rehearsal.program.lifted import keep_places
from rehearsal.program.project import Project
from rehearsal.program.recorded import Recorded
from rehearsal.program.shapeless import give_stand_ins
from rehearsal.program.surroundings import enter
from rehearsal.program.traceback_text import user_traceback, with_first_traceback
from rehearsal.program.type_aliases import leave_type_aliases
from rehearsal.program.waiting import circle_of, circle_text
from rehearsal.program.where import where

_PREVIEW = False
"""The rehearsal rehearses an `up`: the simulated cloud answers, so every output is known and every `apply`
runs. In a preview the program would see unknowns and skip just the code that the rehearsal wants to see."""

_end_this_process = os._exit


@dataclass(frozen=True)
class ProgramJob:
    """What a program is run with; `stack_outputs` are those of other stacks, by name; `subscription_id`, `tenant_id`
    and `location` are those of the default provider; `today` is the day that the simulated cloud is asked on."""

    project: Project
    stack: str
    configuration: Configuration
    subscription_id: str
    tenant_id: str
    today: datetime.date
    location: str = ""
    stack_outputs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


class _ProgramExitError(Exception):
    """In place of the program's `SystemExit`, which asyncio would let fly past its own clean-up."""


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


def run_program(side: ChildSide, job: ProgramJob) -> None:
    """Runs the program to its end in this process, which is a child's, and sends what it registered."""
    ours = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "rehearsal"}
    cloud = SimulatedCloud(
        CloudState(job.today),
        subscription_id=job.subscription_id,
        tenant_id=job.tenant_id,
        location=job.location,
    )
    monitor = RehearsalMonitor(
        job.project.name,
        job.stack,
        ControlPlane(cloud),
        job.configuration.disabled_default_providers,
        folder=job.project.directory,
        callbacks=_registered_callbacks,
        stacks=job.stack_outputs,
    )
    unstated: set[str] = set()
    log: list[str] = []
    side.watch(lambda: where(loop, job.project))
    loop, idle = make_loop()  # after the watching thread: that one cannot end a wait of the program's
    side.send(Kind.BEGUN, b"")
    with no_collection():
        _configure_sdk(job, monitor, log)
        give_stand_ins(job.stack_outputs, unstated)
        keep_places(job.project.directory)
        leave_type_aliases()
        enter(job.project.program, job.configuration.environment)
        error = _run_to_end(loop, idle, job.project)
    if side.is_copy():
        _end_this_process(
            0
        )  # a copy that the program forked came to the program's end: there is one report, not two
    sys.modules.update(ours)  # the program may have unloaded what says how our own values are sent
    recorded = Recorded(
        resources=tuple(monitor.recorded.values()),
        stack_outputs=monitor.stack_outputs,
        component_outputs=monitor.component_outputs,
        findings=tuple(monitor.findings),
        generic_types=cloud.generic_types,
        generic_functions=cloud.generic_functions,
        looked_up_groups=frozenset(monitor.looked_up_groups),
        log=(*log, *_left_out(monitor, unstated)),
        error=error,
    )
    side.send(Kind.RESULT, recorded.to_bytes())
    side.leave()


def _left_out(monitor: RehearsalMonitor, unstated: set[str]) -> Iterator[str]:
    """What a rehearsal does otherwise than the engine, said once."""
    if unstated:
        yield (
            f"warning: the outputs of {', '.join(sorted(unstated))} are not stated, so they are stand-ins: "
            "--stack-outputs FILE"
        )
    if monitor.hooks.left_out:
        yield (
            f"warning: these hooks were not run, as in a preview: {', '.join(monitor.hooks.left_out)} (a hook with "
            "on_dry_run is)"
        )


def _configure_sdk(job: ProgramJob, monitor: RehearsalMonitor, log: list[str]) -> None:
    """What `pulumi.runtime.set_mocks` does, without its root stack (`run_in_stack` makes the real one)."""
    pulumi_settings.configure(
        MockSettings(
            monitor=monitor,
            monitor_features=set(),
            engine=_Engine(log),
            project=job.project.name,
            stack=job.stack,
            dry_run=_PREVIEW,
            organization="organization",
            root_directory=str(job.project.directory),
            callbacks=Callbacks(monitor),
            outputs=_no_outputs(),
            lock=threading.Lock(),
            package_refs={},
            base_providers_by_ref={},
        )
    )
    pulumi_settings.ROOT.set(None)
    set_all_config(dict(job.configuration.values), list(job.configuration.secret_keys))


def _registered_callbacks() -> Mapping[str, Callback]:
    callbacks: Callbacks | None = getattr(pulumi_settings.SETTINGS, "callbacks")  # noqa: B009 - as `_no_outputs`
    return callbacks.by_token if callbacks is not None else {}


def _no_outputs() -> set[asyncio.Task[object]]:
    """An empty collection of the kind that the installed SDK adds to: a deque before pulumi 3.24x, then a set."""
    return type(getattr(pulumi_settings.SETTINGS, "outputs"))()  # noqa: B009 - the SDK declares it by hand


def _run_to_end(loop: asyncio.AbstractEventLoop, idle: Idle, project: Project) -> ProgramError | None:
    def main() -> Idle:
        try:
            runpy.run_path(str(project.program), run_name="__main__")
        except SystemExit as error:
            raise _ProgramExitError(error.code) from None
        return idle

    try:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run_in_stack(main))
    except UnsupportedProgramError as unsupported:
        return ProgramError(ProgramErrorKind.UNSUPPORTED, str(unsupported))
    except pulumi.RunError as refused:
        return ProgramError(ProgramErrorKind.SETTINGS, str(refused))
    except (_ProgramExitError, SystemExit) as left:
        return ProgramError(
            ProgramErrorKind.EXIT,
            f"the program called sys.exit({left.args[0] if left.args else ''}); "
            "a Pulumi program ends by returning (raise pulumi.RunError to refuse its settings)",
        )
    except StalledError as stalled:
        kind = ProgramErrorKind.CIRCLE if stalled.waits.circle else ProgramErrorKind.HANG
        text = "" if stalled.waits.circle else "the program never ends, for its resources wait:\n"
        return ProgramError(kind, f"{text}{stalled.waits.describe()}")
    except BaseException as raised:  # noqa: BLE001 - whatever the user's program raises is reported, not ours to handle
        return _crash(raised, project)
    return None


def _crash(raised: BaseException, project: Project) -> ProgramError:
    raised = with_first_traceback(raised)
    circle = circle_of(raised)
    if circle:
        return ProgramError(ProgramErrorKind.CIRCLE, circle_text(circle))
    return ProgramError(ProgramErrorKind.CRASH, user_traceback(raised, project))
