"""Deploys an unchanged program to running providers as the engine does: preview, up, refresh, destroy.

Left out: default providers, aliases, imports, transforms, targets, components of other languages. Steps run as far side
by side as the program and the dependencies allow; deletions by what depends on what alone, never by order of creation.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent import futures
from pathlib import Path

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc

from rehearsal.model.wire import from_struct
from rehearsal.program.configuration import Configuration
from rehearsal.program.project import Project
from rehearsal.program.surroundings import HIDDEN_VARIABLES
from rehearsal.provider.server import RunningProviders
from tests.rehearsal.provider.stand_in.monitor import EngineLog, Monitor
from tests.rehearsal.provider.stand_in.providers import ProviderConnection
from tests.rehearsal.provider.stand_in.state import DeploymentError, State, Step

ROOT = Path(__file__).parents[4]
PROGRAM_SECONDS = 240
AT_ONCE = 16

Steps = Mapping[str, Step]


class Deployment:
    """One stack. `state` is what the engine would keep, in an order in which nothing comes before what it needs;
    `shown` are the resources as the last preview showed them."""

    def __init__(self, running: RunningProviders, project: Project, stack: str) -> None:
        self.state: dict[str, State] = {}
        self.shown: Mapping[str, State] = {}
        self._running = running
        self._project = project
        self._stack = stack

    def preview(self, configuration: Configuration) -> Steps:
        """What `up` would do. Raises `DeploymentError`."""
        monitor = self._run(configuration, dry_run=True)
        self.shown = monitor.news
        gone = [state for urn, state in self.state.items() if urn not in monitor.news]
        return {**monitor.steps, **{state.urn: Step("delete") for state in gone}}

    def up(self, configuration: Configuration) -> Steps:
        """Raises `DeploymentError`; the state then holds what was done before."""
        try:
            monitor = self._run(configuration, dry_run=False)
        except _ProgramFailedError as failed:
            kept = {urn: state for urn, state in self.state.items() if urn not in failed.monitor.news}
            self.state = {**failed.monitor.news, **kept}
            raise DeploymentError(str(failed)) from None
        gone = {urn: state for urn, state in self.state.items() if urn not in monitor.news}
        self.state = {**monitor.news, **gone}
        self._delete(gone)
        return {**monitor.steps, **{urn: Step("delete") for urn in gone}}

    def refresh(self) -> Steps:
        """The state as the providers find it."""
        connections = self._connections()
        steps: dict[str, Step] = {}
        try:
            for urn, state in list(self.state.items()):
                steps[urn] = Step("same")
                if state.custom and not state.is_provider:
                    steps[urn] = self._read(connections[state.provider_urn], state)
        finally:
            close(connections.values())
        return steps

    def destroy(self) -> None:
        """Raises `DeploymentError` for what is protected, after everything else that may go is gone."""
        self._delete(dict(self.state))

    def _read(self, connection: ProviderConnection, state: State) -> Step:
        found = connection.read(state, external=state.external)
        if not found.id:
            del self.state[state.urn]
            return Step("delete")
        old_inputs = state.inputs
        state.id, state.outputs = found.id, from_struct(found.properties)
        if found.HasField("inputs"):
            state.inputs = from_struct(found.inputs)
        difference = connection.diff(state, old_inputs, state.ignore_changes)
        kinds = {path: difference.detailedDiff[path].kind for path in difference.detailedDiff}
        return Step("update", kinds) if kinds and not state.external else Step("same")

    def _delete(self, doomed: dict[str, State]) -> None:
        """Whatever nothing needs any more, side by side, until nothing is left."""
        connections = self._connections()
        deleted: set[str] = set()
        errors: list[str] = []
        try:
            with futures.ThreadPoolExecutor(AT_ONCE) as pool:
                while doomed:
                    needed = {
                        urn
                        for state in self.state.values()
                        for urn in state.needs
                        if state.urn in doomed or state.urn not in deleted
                    }
                    ready = [state for urn, state in doomed.items() if urn not in needed]
                    if not ready:
                        break  # what is left is needed by something that could not be deleted
                    for state, error in pool.map(
                        lambda state: (state, _deleted(state, connections, deleted)), ready
                    ):
                        del doomed[state.urn]
                        if error:
                            errors.append(f"{state.urn}: {error}")
                        else:
                            deleted.add(state.urn)
                            del self.state[state.urn]
        finally:
            close(connections.values())
        if errors:
            raise DeploymentError("\n".join(errors))

    def _connections(self) -> dict[str, ProviderConnection]:
        return {
            urn: ProviderConnection(self._running, state)
            for urn, state in self.state.items()
            if state.is_provider
        }

    def _run(self, configuration: Configuration, *, dry_run: bool) -> Monitor:
        monitor = Monitor(self._running, self._project.name, self._stack, self.state, dry_run=dry_run)
        log = EngineLog()
        server = grpc.server(futures.ThreadPoolExecutor(64))
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
        engine_pb2_grpc.add_EngineServicer_to_server(log, server)
        address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        server.start()
        try:
            ended = self._run_program(configuration, address, dry_run=dry_run)
        finally:
            server.stop(None).wait()
            close(monitor.connections.values())
        if ended.returncode or monitor.errors:
            said = [*monitor.errors, *log.errors] or [ended.stderr[-2000:]]
            raise _ProgramFailedError("\n".join(said), monitor)
        return monitor

    def _run_program(
        self, configuration: Configuration, address: str, *, dry_run: bool
    ) -> subprocess.CompletedProcess[str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(HIDDEN_VARIABLES)}
        environment = {
            **ours,
            **configuration.environment,
            "PULUMI_CONFIG": json.dumps(dict(configuration.values)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(configuration.secret_keys),
            "PYTHONPATH": str(ROOT),
        }
        arguments = {
            "monitor": address,
            "engine": address,
            "project": self._project.name,
            "stack": self._stack,
            "dry-run": str(dry_run).lower(),
            "program": str(self._project.program.parent),
        }
        host = [sys.executable, "-m", "tests.rehearsal.provider.stand_in.program_host"]
        return subprocess.run(
            [*host, *(f"--{name}={value}" for name, value in arguments.items())],
            cwd=self._project.program.parent,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PROGRAM_SECONDS,
            check=False,
        )


class _ProgramFailedError(DeploymentError):
    def __init__(self, text: str, monitor: Monitor) -> None:
        super().__init__(text)
        self.monitor = monitor


def _deleted(state: State, connections: Mapping[str, ProviderConnection], deleted: set[str]) -> str:
    """Why it could not be deleted, empty where it could (step.go `DeleteStep.Apply`)."""
    if state.protect:
        return "cannot be deleted because it is protected"
    asked = state.custom and not state.is_provider and not state.external and not state.retain_on_delete
    if not asked or state.deleted_with in deleted:
        return ""
    try:
        connections[state.provider_urn].delete(state)
    except DeploymentError as error:
        return str(error)
    return ""


def close(connections: Iterable[ProviderConnection]) -> None:
    for connection in connections:
        connection.close()
