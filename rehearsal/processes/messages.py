"""What goes through the pipe between a child and its parent: a kind, a length, the bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct(">BQ")


class Kind(IntEnum):
    """What a message is."""

    JOB = 1
    BEGUN = 2
    WHERE = 3
    RESULT = 4
    DONE = 5
    """Nothing is left to do in the child: exit handlers and threads have ended."""


@dataclass(frozen=True)
class Message:
    """One message."""

    kind: Kind
    content: bytes


def split_messages(buffer: bytes) -> tuple[Message | None, bytes]:
    """The first whole message and what follows it. Bytes that no child of ours writes are thrown away."""
    if len(buffer) < HEADER.size:
        return None, buffer
    number, length = HEADER.unpack_from(buffer)
    if number not in tuple(Kind):
        return None, b""
    end = HEADER.size + length
    if len(buffer) < end:
        return None, buffer
    return Message(Kind(number), buffer[HEADER.size : end]), buffer[end:]
