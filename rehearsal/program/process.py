"""A program's process, seen from outside: started, given its time, and ended with whatever it started."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from types import TracebackType

from rehearsal.model.errors import ProgramError, ProgramErrorKind, RehearsalError
from rehearsal.processes.child import FORKS, Child, start_child
from rehearsal.processes.messages import Kind
from rehearsal.program.recorded import Recorded, read_recorded
from rehearsal.program.runner import ProgramJob, run_program
from rehearsal.program.where import where_dumped

DEFAULT_TIMEOUT_SECONDS = 120.0

_START_SECONDS = 60.0
"""Until the program's first line. A fork needs hundredths; a fresh interpreter imports the SDK first."""

_ANSWER_SECONDS = 1.0
"""How long a program that is out of time may take to say where it is. Its thread that does it needs Python's lock."""

_LEAVE_SECONDS = 3.0
"""How long threads and exit handlers may take once everything is known."""

_LEFT_RUNNING = (
    f"warning: the program ended, and its threads or exit handlers did not within {_LEAVE_SECONDS:g} seconds; "
    "they were ended here, and `pulumi up` would wait for them"
)


class ProgramProcess:
    """A started program. As a context manager it is ended with the block, with its whole tree."""

    def __init__(self, job: ProgramJob) -> None:
        """Raises `RehearsalError` where no process can be started."""
        self._job = job
        self._done = False
        try:
            self._child: Child = start_child(run_program, job, fork=FORKS)
        except OSError as error:
            raise RehearsalError(f"the program's process does not start: {error.strerror}") from error

    def __enter__(self) -> ProgramProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.end(done=self._done)

    def result(self, timeout: float) -> Recorded:
        """What the program registered, within `timeout` seconds from its first line. Raises `RehearsalError` where the
        process does not begin."""
        begun = self._child.receive(_START_SECONDS)
        if begun is None or begun.kind is not Kind.BEGUN:
            raise RehearsalError(f"the program's process did not begin ({self._ending() or 'it hangs'})")
        message = self._child.receive(timeout)
        if message is None:
            return Recorded(error=self._ended() or self._hang(timeout))
        left = self._child.receive(_LEAVE_SECONDS)
        self._done = left is not None and left.kind is Kind.DONE
        try:
            recorded = read_recorded(message.content)
            return recorded if self._done else replace(recorded, log=(*recorded.log, _LEFT_RUNNING))
        except ValueError as error:
            raise RehearsalError(f"the program's process sent {error}") from error

    def _ended(self) -> ProgramError | None:
        ending = self._ending()
        if not ending:
            return None
        return ProgramError(ProgramErrorKind.EXIT, ending)

    def _ending(self) -> str:
        code = self._child.poll()
        if code is None:
            return ""
        if code < 0:
            return f"the program was ended by signal {-code}{_signal_name(-code)}"
        return (
            f"the program's process ended with code {code} before the program did: it called os._exit "
            "(a Pulumi program ends by returning), or closed file descriptors that are not its own "
            "(the engine's connection among them)"
        )

    def _hang(self, timeout: float) -> ProgramError:
        text = f"the program did not end within {timeout:g} seconds (--timeout)"
        return ProgramError(ProgramErrorKind.HANG, f"{text}; {self._where()}")

    def _where(self) -> str:
        deadline = time.monotonic() + _ANSWER_SECONDS
        self._child.ask_where()
        while (left := deadline - time.monotonic()) > 0:
            answer = self._child.receive(left)
            if answer is not None and answer.kind is Kind.WHERE:
                return answer.content.decode(errors="replace")
        dumped = self._child.dump_where(_ANSWER_SECONDS)
        return where_dumped(dumped, self._job.project) or "it does not say where it is"


def _signal_name(number: int) -> str:
    try:
        return f" ({signal.Signals(number).name})"
    except ValueError:
        return ""
