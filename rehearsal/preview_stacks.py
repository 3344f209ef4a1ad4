"""Several stacks: as many rehearsed side by side as there are processors, each shown whole and in order."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace

from rehearsal.formats import Format
from rehearsal.formats.document import document
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode
from rehearsal.model.subscription import Subscription
from rehearsal.preview import Preview, PreviewJob, chosen_packs, preview
from rehearsal.processes.child import FORKS, start_child
from rehearsal.processes.child_side import ChildSide
from rehearsal.processes.interrupts import ended_as_interrupted
from rehearsal.processes.messages import Kind
from rehearsal.program.garbage import no_collection
from rehearsal.program.project import read_project
from rehearsal.progress import announced
from rehearsal.rules import all_rules
from rehearsal.run import running_packs
from rehearsal.sdk.in_use import import_sdk_modules
from rehearsal.sections import ALL, Section

_LOOK_SECONDS = 0.05
_KEPT_BYTES = 8 << 20
"""What a program may print before its stack's turn comes; more is left out, so that no memory runs full."""


def preview_stacks(
    chosen: argparse.Namespace, stacks: Sequence[str], subscription: Subscription
) -> list[ExitCode]:
    """Rehearses the stacks and prints what each one says, in this order and whole. Ctrl-C, SIGTERM and SIGHUP end
    all of them."""
    jobs = [
        PreviewJob(
            chosen,
            stack,
            subscription,
            _in_colour(chosen.color),
            _shown(chosen),
            stack_outputs=chosen.stack_outputs,
        )
        for stack in stacks
    ]
    processors = _processors()
    try:
        with ended_as_interrupted():
            if len(jobs) == 1 or processors == 1 or not FORKS:
                previews = [_show(_announced(job), job, first=job is jobs[0]) for job in jobs]
            else:
                previews = _side_by_side(jobs, processors)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return [ExitCode.FAILED]
    _show_verdicts(jobs, previews)
    return [one.code for one in previews]


def _show(preview: Preview, job: PreviewJob, *, first: bool) -> Preview:
    """The report; nothing of it on stdout where that takes a document of another format."""
    sys.stderr.write(preview.errors)
    sys.stderr.flush()
    if job.chosen.format == Format.TEXT:
        if not first:
            print(flush=True)
        sys.stdout.write(preview.report)
        sys.stdout.flush()
    return preview


def _show_verdicts(jobs: Sequence[PreviewJob], previews: Sequence[Preview]) -> None:
    """All together at the end, where a reader looks. A stack without a report is named only beside others."""
    chosen = Format(jobs[0].chosen.format)
    stream = sys.stdout if chosen is Format.TEXT else sys.stderr
    if chosen is not Format.TEXT:
        sys.stdout.write(document(chosen, [one.part for one in previews if one.part is not None]))
    elif any(one.report for one in previews):
        print()
    for job, one in zip(jobs, previews, strict=True):
        if one.report:
            print(one.verdict, file=stream)
        elif len(jobs) > 1:
            print(f"{job.stack}: failed, nothing was judged", file=sys.stderr)
    sys.stdout.flush()


def _shown(chosen: argparse.Namespace) -> frozenset[Section]:
    return ALL if chosen.all else frozenset(chosen.sections or ())


def _in_colour(choice: str) -> bool:
    """`--color` decides; else a terminal has colours unless NO_COLOR says that it should not (no-color.org)."""
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def _announced(job: PreviewJob) -> Preview:
    with announced(f"rehearsing {job.stack}"):
        return preview(job)


def _processors() -> int:
    """How many this process may use: a container's limit counts."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _side_by_side(jobs: Sequence[PreviewJob], processors: int) -> list[Preview]:
    """Each stack in a fork of this process, which has imported by then what all of them need. The first stacks' packs
    start before that: the import keeps one processor busy, and they another."""
    previews: list[Preview] = []
    running: list[_Running] = []
    with ExitStack() as ending:
        jobs = [_with_packs(job, ending) for job in jobs[:processors]] + list(jobs[processors:])
        with suppress(RehearsalError), no_collection():  # each stack says what is wrong with the project
            import_sdk_modules(read_project(jobs[0].chosen.project).program)
        all_rules()

        def start_next() -> None:
            while len(running) < len(jobs) and sum(one.preview is None for one in running) < processors:
                one = _Running(jobs[len(running)])
                running.append(one)
                ending.callback(one.end)

        for number, job in enumerate(jobs):
            start_next()
            with announced(f"rehearsing {job.stack}"):
                while running[number].preview is None:
                    for one in running:
                        one.look(_LOOK_SECONDS if one is running[number] else 0)
                    running[number].pass_on()
                    start_next()
            running[number].end()
            running[number].pass_on()
            shown = running[number].preview or Preview(ExitCode.FAILED)
            previews.append(_show(shown, job, first=number == 0))
    return previews


def _with_packs(job: PreviewJob, ending: ExitStack) -> PreviewJob:
    chosen = job.chosen
    with suppress(RehearsalError):  # the stack's own process tries again, and says what is wrong
        started = running_packs(
            chosen_packs(chosen),
            chosen.project,
            job.stack,
            today=chosen.today,
            config_overrides=chosen.config,
        )
        return replace(job, packs=ending.enter_context(started))
    return job


class _Running:
    """A stack's preview in a process of its own. What its program prints is kept until `pass_on`."""

    def __init__(self, job: PreviewJob) -> None:
        self.preview: Preview | None = None
        self._stack = job.stack
        self._lock = threading.Lock()
        self._printed = b""
        self._turn = False
        printed, output = os.pipe()
        try:
            self._child = start_child(_preview_here, job, output=output)
        finally:
            os.close(output)
        self._reader = threading.Thread(target=self._read, args=(printed,), daemon=True)
        self._reader.start()

    def look(self, seconds: float) -> None:
        """Takes the preview where it has come."""
        if self.preview is not None:
            return
        message = self._child.receive(seconds)
        if message is not None and message.kind is Kind.RESULT:
            self.preview = pickle.loads(message.content)  # noqa: S301 - our own code sent it, not the program's
        elif message is None and (code := self._child.poll()) is not None:
            text = f"the rehearsal of stack {self._stack} ended with code {code} and said nothing\n"
            self.preview = Preview(ExitCode.FAILED, errors=text)

    def pass_on(self) -> None:
        """Prints what the program has printed so far; from now on nothing is left out."""
        with self._lock:
            printed, self._printed, self._turn = self._printed, b"", True
        sys.stderr.write(printed.decode(errors="replace"))
        sys.stderr.flush()

    def end(self) -> None:
        """Ends the process and all that it started."""
        self._child.end(done=self.preview is not None)
        self._reader.join(1)

    def _read(self, printed: int) -> None:
        with os.fdopen(printed, "rb", buffering=0) as stream:
            while chunk := stream.read(1 << 16):
                with self._lock:
                    if len(self._printed) < _KEPT_BYTES or self._turn:
                        self._printed += chunk


def _preview_here(side: ChildSide, job: PreviewJob) -> None:
    side.watch(str)
    side.send(Kind.RESULT, pickle.dumps(preview(job)))
