"""A program's exception as its author should see it."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Iterator

from pulumi.runtime import settings as pulumi_settings
from pulumi.runtime.proto import source_pb2

from rehearsal.model.position import Position
from rehearsal.monitor.positions import position_in
from rehearsal.program.hints import hint
from rehearsal.program.lifted import EXPORTED, PLACE, TRACEBACK
from rehearsal.program.project import Project
from rehearsal.program.surroundings import is_program_file

_INPUT = re.compile(r"While processing input: '(?P<name>[^']+)'")
"""What the SDK says of an error in a value that it sends (pulumi 3.272 `runtime/rpc.py`)."""


def with_first_traceback(error: BaseException) -> BaseException:
    """The same error, with the traceback that it had when a function of the program's or a registration raised it. A
    future hands its traceback to the first that awaits it and none to the next, and which one the SDK awaits last
    changes from run to run."""
    if error.__cause__ is error:
        # The SDK raises what an RPC raised from itself, which takes the place of what it was raised from before.
        error.__cause__ = None
        error.__suppress_context__ = False
    for link in _raised_from(error):
        if (first := getattr(link, TRACEBACK, None)) is not None:
            link.__traceback__ = first
    if hasattr(error, TRACEBACK):
        return error
    manager = pulumi_settings._get_rpc_manager()
    if error is manager.unhandled_exception:
        return error.with_traceback(manager.exception_traceback)
    return error


def user_traceback(error: BaseException, project: Project) -> str:
    """The traceback with the user's own frames only, and what else helps. Where no frame is the user's: the line that
    asked for what failed, and where there is none either, all frames."""
    report = traceback.TracebackException.from_exception(error)
    if isinstance(error, SyntaxError) and is_program_file(error.filename or "", project.directory):
        # Its own text names file and line; where it is the program's first file, no frame is the user's.
        report.stack = traceback.StackSummary.from_list(
            [frame for frame in report.stack if is_program_file(frame.filename, project.directory)]
        )
    link: traceback.TracebackException | None = report
    found = any(own for _, own in _chain(report, project))
    place = () if found else _place_of(error, project)
    if place:
        return "\n".join(filter(None, (*place, *report.format_exception_only(), _hint(error)))).rstrip()
    while link is not None:
        own = [frame for frame in link.stack if is_program_file(frame.filename, project.directory)]
        if own:
            link.stack = traceback.StackSummary.from_list(own)
        # The SDK re-raises what an asynchronous step raised "from" that same exception: say it once.
        if link.__cause__ is not None and str(link.__cause__) == str(link):
            link.__cause__ = None
            link.__suppress_context__ = True
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    own = next((link for link, frames in _chain(report, project) if frames), report)
    sent = _INPUT.search(str(report)) if own is not report else None
    lines = ("".join(own.format()).rstrip(), sent and f"while the SDK sent '{sent['name']}'", _hint(error))
    return "\n".join(filter(None, lines))


def _hint(error: BaseException) -> str:
    """Of the error itself, or of the one that it was raised from."""
    said = next(filter(None, map(hint, _raised_from(error))), "")
    return f"hint: {said}" if said else ""


def _raised_from(error: BaseException) -> Iterator[BaseException]:
    """The error and those before it, each once: an error that is raised again from its own cause makes a circle."""
    here: BaseException | None = error
    seen: set[int] = set()
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or here.__context__


def _chain(
    report: traceback.TracebackException, project: Project
) -> Iterator[tuple[traceback.TracebackException, list[traceback.FrameSummary]]]:
    link: traceback.TracebackException | None = report
    while link is not None:
        yield link, [frame for frame in link.stack if is_program_file(frame.filename, project.directory)]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _place_of(error: BaseException, project: Project) -> tuple[str, ...]:
    """The user's line that declared the resource, or asked the Output, for which the SDK failed later."""
    for link in _raised_from(error):
        file, line = _kept_place(link)
        if file:
            return _shown_line(file, line)
        for frame, _ in reversed(list(traceback.walk_tb(link.__traceback__))):
            for name in ("stack_trace", "source_position"):
                position = _declared(frame.f_locals.get(name), project)
                if position is not None:
                    return _shown_line(str(project.directory / position.file), position.line)
    return ()


def _kept_place(error: BaseException) -> tuple[str, int]:
    """Where the program asked or exported what failed; an empty file where that is not known."""
    kept: tuple[str, int] = getattr(error, PLACE, ("", 0))
    if kept[0]:
        return kept
    frames = {frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)}
    sent = _INPUT.search(str(error)) if "do_register_resource_outputs" in frames else None
    return EXPORTED.get(sent["name"], kept) if sent else kept


def _declared(value: object, project: Project) -> Position | None:
    if isinstance(value, source_pb2.StackTrace):
        return position_in(value.frames, project.directory)
    return None


def _shown_line(file: str, line: int) -> tuple[str, ...]:
    source = linecache.getline(file, line).strip()
    return (f'  File "{file}", line {line}', *([f"    {source}"] if source else []))
