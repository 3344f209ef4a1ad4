"""Where in the program a resource was declared: the SDK sends the stack of calls with every registration."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

from google.protobuf.message import Message
from pulumi.runtime.proto import source_pb2

from rehearsal.model.position import Position
from rehearsal.monitor.options import sent


def position_of(request: Message, folder: Path) -> Position | None:
    """The innermost of the user's own lines, by its path below `folder`; None where the SDK sends none."""
    frames = sent(request, "stackTrace", "frames") or ()
    return position_in(frames, folder) or _position(sent(request, "sourcePosition"), folder)


def position_in(frames: Iterable[source_pb2.StackFrame], folder: Path) -> Position | None:
    """The first of these places, the innermost first, that is in `folder`."""
    return next((found for frame in frames if (found := _position(frame.pc, folder))), None)


def _position(place: source_pb2.SourcePosition | None, folder: Path) -> Position | None:
    if place is None or not place.uri:
        return None
    path = Path(url2pathname(unquote(urlparse(place.uri).path)))
    if not path.is_relative_to(folder) or "site-packages" in path.parts:
        return None
    return Position(path.relative_to(folder).as_posix(), place.line)
