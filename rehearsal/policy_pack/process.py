"""A policy pack's process: started, asked for its port, and ended, whatever happens to us."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc

from rehearsal.model.errors import RehearsalError
from rehearsal.policy_pack.pack import PolicyPack
from rehearsal.processes.tree import end_tree
from rehearsal.program.surroundings import HIDDEN_VARIABLES

START_SECONDS = 60.0
"""How long a pack may take from its start to its port."""

_END_SECONDS = 5.0

_NO_ENGINE = "127.0.0.1:0"
"""The engine's address, which `pulumi.policy` takes and never uses (its `__main__` from pulumi 3.142 to 3.272): what a
pack logs goes to its stderr."""

_HOST = """
import os, runpy, threading
def end_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(0)
threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module("pulumi.policy", run_name="__main__", alter_sys=True)
"""
"""`python -m pulumi.policy`, which ends when our end of its standard input closes: also when we are killed."""


@dataclass(frozen=True)
class PackSurroundings:
    """What a pack may read of the stack it judges, as the engine passes it."""

    project: str
    stack: str
    configuration: Mapping[str, str]
    secret_keys: tuple[str, ...]


class PackProcess:
    """A running pack. `stub()` waits for it to be ready; until then it starts beside whatever else we do.

    Until then this process has no thread and no gRPC for it either: neither survives a fork, so a pack can be started
    before the programs are, and asked from a fork.
    """

    def __init__(self, pack: PolicyPack, process: subprocess.Popen[str], errors: IO[str]) -> None:
        self.pack = pack
        self._process = process
        self._errors = errors
        self._lines: queue.Queue[str] = queue.Queue()
        self._channel: grpc.Channel | None = None

    def stub(self) -> analyzer_pb2_grpc.AnalyzerStub:
        """The pack's analyzer. Raises `RehearsalError` where the pack does not start."""
        if self._channel is None:
            channel = grpc.insecure_channel(f"127.0.0.1:{self._port()}")
            self._channel = channel
        return analyzer_pb2_grpc.AnalyzerStub(self._channel)

    def close(self) -> None:
        """Ends the process and what it started; asked nicely first."""
        if self._channel is not None:
            self._channel.close()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        end_tree(self._process.pid, lambda: self._process.poll() is not None)
        self._errors.close()

    def _port(self) -> int:
        threading.Thread(target=self._read, name="rehearsal-policy-pack", daemon=True).start()
        try:
            line = self._lines.get(timeout=START_SECONDS)
        except queue.Empty:
            raise RehearsalError(
                f"policy pack {self.pack.directory} did not start within {START_SECONDS:g} seconds"
            ) from None
        if line.isdigit():
            return int(line)
        self._errors.seek(0)
        said = [text for text in self._errors.read().splitlines() if text.strip()]
        raise RehearsalError(
            f"policy pack {self.pack.directory} did not start: {said[-1] if said else line or 'it ended at once'}"
        )

    def _read(self) -> None:
        """The first line is the port; what the pack prints after it must be taken from the pipe all the same."""
        stream = self._process.stdout
        for line in stream or ():
            self._lines.put(line.strip())
        self._lines.put("")


@contextlib.contextmanager
def running_pack(pack: PolicyPack, surroundings: PackSurroundings) -> Iterator[PackProcess]:
    """Starts the pack and ends it with the block. Raises `RehearsalError` where it cannot be started at all."""
    errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed with the process
    try:
        process = subprocess.Popen(  # noqa: S603 - the pack that the user names
            [pack.python, "-u", "-c", _HOST, _NO_ENGINE, str(pack.directory)],
            cwd=pack.directory,
            env=_environment(surroundings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    except OSError as error:
        errors.close()
        raise RehearsalError(f"policy pack {pack.directory}: {pack.python}: {error.strerror}") from error
    running = PackProcess(pack, process, errors)
    try:
        yield running
    finally:
        running.close()


def _environment(surroundings: PackSurroundings) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(HIDDEN_VARIABLES)}
    return {
        **ours,
        "PULUMI_PROJECT": surroundings.project,
        "PULUMI_STACK": surroundings.stack,
        "PULUMI_ORGANIZATION": "organization",
        "PULUMI_DRY_RUN": "true",
        "PULUMI_CONFIG": json.dumps(dict(surroundings.configuration)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(surroundings.secret_keys)),
    }
