"""A program's exception as its author should see it."""

from __future__ import annotations

import traceback

from pulumi.runtime import settings as pulumi_settings

from rehearsal.program.project import Project
from rehearsal.program.surroundings import is_program_file


def with_first_traceback(error: BaseException) -> BaseException:
    """The same error, with the traceback that it had when a registration raised it. A future hands its traceback to
    the first that awaits it and none to the next, and which one the SDK awaits last changes from run to run."""
    manager = pulumi_settings._get_rpc_manager()
    if error is manager.unhandled_exception:
        return error.with_traceback(manager.exception_traceback)
    return error


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
