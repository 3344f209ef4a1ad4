"""Where in the program a resource was declared: the SDK sends the stack of calls with every registration."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

from google.protobuf.message import Message

from rehearsal.model.position import Position
from rehearsal.monitor.options import sent


def position_of(request: Message, folder: Path) -> Position | None:
    """The innermost of the user's own lines, by its path below `folder`; None where the SDK sends none."""
    frames = [frame.pc for frame in sent(request, "stackTrace", "frames") or ()]
    for place in (*frames, sent(request, "sourcePosition")):
        if place is None or not place.uri:
            continue
        path = Path(url2pathname(unquote(urlparse(place.uri).path)))
        if path.is_relative_to(folder) and "site-packages" not in path.parts:
            return Position(path.relative_to(folder).as_posix(), place.line)
    return None
