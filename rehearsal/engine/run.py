"""One operation of the real engine on the simulated cloud."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pulumi.automation import ConfigValue, LocalWorkspace, Stack
from pulumi.automation.errors import CommandError

from rehearsal.authorisation.gatekeeper import caller_of
from rehearsal.engine import language_host
from rehearsal.engine.command import EngineCommand, find_cli
from rehearsal.engine.events import EngineLog, label, with_faults
from rehearsal.engine.folders import EngineFolders
from rehearsal.engine.locks import one_run_at_a_time, remove_stale_locks
from rehearsal.engine.packs import ChosenPack, check_packs, standard_packs
from rehearsal.engine.pending import pending_notes, protected_resources, resolve_pending, state_ids
from rehearsal.engine.state_file import check_state_file
from rehearsal.engine.workspace import EngineWorkspace, secret_paths, write_workspace
from rehearsal.faults.plan import FaultPlan
from rehearsal.faults.specification import Fault
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.subscription import Subscription
from rehearsal.model.values import masked_text
from rehearsal.processes.interrupts import ended_as_interrupted
from rehearsal.program.project import read_project
from rehearsal.program.surroundings import HIDDEN_VARIABLES
from rehearsal.provider.journal import CorruptJournalError
from rehearsal.provider.server import RunningProviders, running_providers
from rehearsal.provider.service import NOTHING_SAID

DEFAULT_TIMEOUT_SECONDS = 1800.0

_PASSPHRASE = "rehearsal"
"""It protects stand-ins only, so it may be known."""

_HIDDEN = (*HIDDEN_VARIABLES, "PULUMI_", "AZURE_")
"""Variables that must not reach the engine: credentials, and whatever would lead it to the user's own states."""


class Operation(StrEnum):
    """What the engine is asked to do."""

    PREVIEW = "preview"
    UP = "up"
    REFRESH = "refresh"
    DESTROY = "destroy"


@dataclass(frozen=True)
class EngineOptions:
    """`policy_packs` are None for the project's own; `identity` is one of the file of acts, in whose name all is asked;
    empty for somebody who may do everything."""

    policy_packs: tuple[ChosenPack, ...] | None = None
    faults: tuple[Fault, ...] = ()
    seed: int = 0
    today: datetime.date | None = None
    config_overrides: Mapping[str, object] = field(default_factory=dict)
    stack_file: Path | None = None
    ports: Mapping[str, int] = field(default_factory=dict)
    timeout: float = DEFAULT_TIMEOUT_SECONDS
    subscription: Subscription = NOTHING_SAID
    on_start: Callable[[RunningProviders], None] | None = None
    identity: str = ""


@dataclass(frozen=True)
class EngineRun:
    """How it went. `error` is empty where the engine ended well; `refused` are the URNs that a provider refused, and
    did not accept in a later attempt; `unknown_to_state` are resources that exist in the
    simulated cloud and that the engine's state does not have; `provider_seconds` is what the providers took of
    `wall_seconds`, all their calls added up; `said` is the end of what the CLI printed where it failed."""

    operation: Operation
    project: str
    stack: str
    log: EngineLog
    error: str
    refused: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]
    standing: int
    unknown_to_state: tuple[str, ...]
    held_names: tuple[str, ...]
    provider_calls: int
    provider_seconds: float
    wall_seconds: float
    said: str = ""


def run_engine(
    project_dir: str | Path, stack: str, operation: Operation, options: EngineOptions | None = None
) -> EngineRun:
    """Runs the engine on the unchanged program. Not for two threads on one stack: see `one_run_at_a_time`.

    Raises `RehearsalError` where it cannot start: no project, stack or CLI, a corrupt folder, a port or stack in use,
    no such policy pack; `KeyboardInterrupt` for Ctrl-C, SIGTERM and SIGHUP, once the engine has ended.
    """
    options = options or EngineOptions()
    folders = EngineFolders(read_project(Path(project_dir)), stack)
    if options.stack_file is None:
        folders.project.stack_file(stack)
    if options.policy_packs is None:
        options = dataclasses.replace(options, policy_packs=standard_packs(folders.project, stack))
    check_packs(options.policy_packs or ())
    folders.make()
    with ended_as_interrupted(), one_run_at_a_time(folders):
        cli = find_cli(folders)
        check_state_file(folders)
        notes = remove_stale_locks(folders)
        workspace = write_workspace(
            folders,
            today=options.today,
            config_overrides=options.config_overrides,
            stack_file=options.stack_file,
        )
        with _providers(folders, workspace, options) as providers:
            if options.on_start is not None:
                options.on_start(providers)
            command = EngineCommand(cli, environment(folders, workspace, providers), options.timeout)
            return _run(folders, workspace, operation, options, providers, command, notes)


@contextlib.contextmanager
def _providers(
    folders: EngineFolders, workspace: EngineWorkspace, options: EngineOptions
) -> Iterator[RunningProviders]:
    try:
        with running_providers(
            folders.cloud,
            workspace.today,
            FaultPlan(options.faults, options.seed),
            options.ports,
            options.subscription,
            workspace.configuration.values,
            caller_of(options.stack_file or folders.project.stack_file(folders.stack), options.identity),
        ) as providers:
            yield providers
    except CorruptJournalError as error:
        # An empty cloud beside a full state would be a stack whose resources somebody deleted.
        raise RehearsalError(
            f"{error}, or remove {folders.own} and {folders.state} to begin with an empty cloud and an empty stack"
        ) from None


def environment(
    folders: EngineFolders, workspace: EngineWorkspace, providers: RunningProviders
) -> dict[str, str]:
    """Everything that the engine and the program see of the outside."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(_HIDDEN)}
    return {
        **ours,
        **workspace.configuration.environment,
        **language_host.variables(workspace.environment),
        "PULUMI_BACKEND_URL": f"file://{folders.backend}",
        "PULUMI_CONFIG_PASSPHRASE": _PASSPHRASE,
        "PULUMI_DEBUG_PROVIDERS": providers.attach,
        # Else the engine first downloads the real providers, hundreds of megabytes that nothing would start
        # (pulumi pkg/engine/plugins.go `EnsurePluginsAreInstalled`).
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(folders.home),
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        # All that program and packs talk to is on this machine; gRPC for Python would ask a proxy for it too.
        "no_grpc_proxy": "127.0.0.1,localhost",
    }


def _run(
    folders: EngineFolders,
    workspace: EngineWorkspace,
    operation: Operation,
    options: EngineOptions,
    providers: RunningProviders,
    command: EngineCommand,
    notes: list[str],
) -> EngineRun:
    start = time.perf_counter()
    log, error, unknown = EngineLog(), "", ()
    try:
        stack = _select(folders, workspace, command)
        if operation is Operation.PREVIEW:
            notes += pending_notes(stack.export_stack().deployment or {})
        else:
            notes += resolve_pending(stack, command, folders, providers.services)
        if operation is Operation.DESTROY:
            error = _refused_destroy(stack, folders, command)
        error = error or _operate(stack, operation, options, folders, log, command)
        unknown = _unknown_to_state(stack, providers)
    except CommandError:
        error = error or _reason(command, log)
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        error = (
            f"{command.command} says what no Pulumi CLI says ({type(failure).__name__}: {failure}); its state is "
            f"{folders.state}, which may be corrupt"
        )
    error = with_faults(error, providers.faults.struck)
    figures = providers.figures.values()
    return EngineRun(
        operation=operation,
        project=folders.project.name,
        stack=folders.stack,
        log=log,
        error=error,
        refused=tuple(sorted(urn for figure in figures for urn in figure.refused)),
        notes=tuple(notes),
        faults=tuple(providers.faults.struck),
        standing=len(providers.services.standing),
        unknown_to_state=unknown,
        held_names=providers.services.held_names,
        provider_calls=sum(sum(figure.calls.values()) for figure in figures),
        provider_seconds=sum(sum(figure.seconds.values()) for figure in figures),
        wall_seconds=time.perf_counter() - start,
        said=masked_text(command.said),
    )


def _select(folders: EngineFolders, workspace: EngineWorkspace, command: EngineCommand) -> Stack:
    local = LocalWorkspace(work_dir=str(folders.work), pulumi_command=command)
    stack = Stack.create_or_select(folders.stack, local)
    for path, stand_in in secret_paths(workspace):
        stack.set_config(path, ConfigValue(stand_in, secret=True), path=True)
    return stack


def _operate(
    stack: Stack,
    operation: Operation,
    options: EngineOptions,
    folders: EngineFolders,
    log: EngineLog,
    command: EngineCommand,
) -> str:
    """Empty where the engine ended well, else the reason."""
    common: dict[str, Any] = {"on_event": log.add, "color": "never", "suppress_progress": True}
    packs: dict[str, Any] = {}
    if options.policy_packs:
        packs["policy_packs"] = [str(pack.directory) for pack in options.policy_packs]
        if any(pack.configuration for pack in options.policy_packs):
            packs["policy_pack_configs"] = [
                str(_configuration(pack, folders)) for pack in options.policy_packs
            ]
    try:
        if operation is Operation.PREVIEW:
            stack.preview(**common, **packs)
        elif operation is Operation.UP:
            stack.up(**common, **packs, show_secrets=False)
        elif operation is Operation.REFRESH:
            stack.refresh(**common, show_secrets=False)
        else:
            stack.destroy(**common, show_secrets=False)
    except CommandError:
        return _reason(command, log)
    except RuntimeError as failure:
        # The Automation API raises it where a preview ends well and no event of it arrived.
        return f"the engine ended well, but told nothing of what it did ({failure})"
    return ""


def _refused_destroy(stack: Stack, folders: EngineFolders, command: EngineCommand) -> str:
    """Why the engine would not delete everything, empty where it would. `pulumi destroy` previews first and stops.
    With `--skip-preview`, as the Automation API calls it, the engine deletes all that is not protected, and forgets
    what is `deleted_with` something protected although that exists."""
    try:
        command.run(
            ["destroy", "--preview-only", "--color", "never", "--stack", folders.stack], str(folders.work), {}
        )
    except CommandError:
        protected = protected_resources(stack.export_stack().deployment or {})
        if not protected:
            return _reason(command, EngineLog())
        named = "".join(f"\n{label(urn)}: {urn}" for urn in protected)
        return (
            f"{len(protected)} protected, so nothing was deleted; take the protection away in the program and `up`, or "
            f"with `pulumi state unprotect URN`:{named}"
        )
    return ""


def _configuration(pack: ChosenPack, folders: EngineFolders) -> Path:
    """The CLI takes a configuration for every pack or for none."""
    if pack.configuration is not None:
        return pack.configuration
    path = folders.work / "no-policy-configuration.json"
    write_atomically(path, "{}\n")
    return path


def _reason(command: EngineCommand, log: EngineLog) -> str:
    """What the engine itself said; where it said nothing, the end of what the CLI printed."""
    if log.errors:
        return "\n".join(log.errors)
    lines = [line for line in masked_text(command.said).splitlines() if line.strip()]
    return "\n".join(lines[-8:]) or "pulumi failed and said nothing"


def _unknown_to_state(stack: Stack, providers: RunningProviders) -> tuple[str, ...]:
    with contextlib.suppress(CommandError):
        known = state_ids(stack.export_stack().deployment or {})
        return tuple(
            sorted(record.urn for record in providers.services.standing if record.id.lower() not in known)
        )
    return ()
