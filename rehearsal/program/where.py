"""Where a program is that has not ended in time: the user's innermost line, or the resources that are still to come."""

from __future__ import annotations

import asyncio
import linecache
import re
import sys
import threading
import traceback

from rehearsal.program.project import Project
from rehearsal.program.surroundings import is_program_file
from rehearsal.program.waiting import awaiting_lines, pending_waits

_DUMPED_LINE = re.compile(r'^  File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<name>.+)$', re.MULTILINE)
"""What `faulthandler` writes for a frame, the innermost first (Python 3.11)."""


def where(loop: asyncio.AbstractEventLoop, project: Project) -> str:
    """For the thread that answers the parent, while the main thread runs the program."""
    frame = sys._current_frames().get(threading.main_thread().ident or 0)
    own = [
        f"{line.filename}:{line.lineno} in {line.name}: {line.line}"
        for line in traceback.extract_stack(frame)
        if frame is not None and is_program_file(line.filename, project.directory)
    ]
    if own:
        return f"it was at {own[-1]}"
    lines = awaiting_lines(loop, lambda file: is_program_file(file, project.directory))
    waits = "\n".join([*lines, pending_waits(loop).describe()]).rstrip()
    return f"it waited:\n{waits or '  outside its own code'}"


def where_dumped(dump: str, project: Project) -> str:
    """The same from what `faulthandler` wrote, empty where none of its frames is the program's."""
    for found in _DUMPED_LINE.finditer(dump):
        if is_program_file(found["file"], project.directory):
            source = linecache.getline(found["file"], int(found["line"])).strip()
            return f"it was at {found['file']}:{found['line']} in {found['name']}: {source}"
    return ""
