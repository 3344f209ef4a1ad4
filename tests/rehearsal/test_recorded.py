"""What comes out of a program's process: our own data, and nothing that would run in ours."""

from __future__ import annotations

import os
import pickle

import pytest

from rehearsal.model.errors import ProgramError, ProgramErrorKind
from rehearsal.model.finding import Finding
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.processes.messages import HEADER, Kind, Message, split_messages
from rehearsal.program.recorded import Recorded, read_recorded


class Harmful:
    """Pickled as a call."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("false",)


def test_it_comes_back_as_it_was() -> None:
    sent = Recorded(
        resources=(Resource("urn:a", "t", "/id", 0, {"key": Secret("x"), "later": [UNKNOWN]}),),
        findings=(Finding("urn:a", "ENG001", "", "twice", source="engine"),),
        error=ProgramError(ProgramErrorKind.CRASH, "boom"),
    )
    read = read_recorded(sent.to_bytes())
    assert (read.findings, read.error) == (sent.findings, sent.error)
    assert read.resources[0].inputs == {"key": Secret("x"), "later": [UNKNOWN]}
    later = read.resources[0].inputs["later"]
    assert isinstance(later, list)
    assert later[0] is UNKNOWN


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pickle.dumps(Harmful()), "posix.system is no data of a rehearsal"),
        (b"garbage", "not what a program's process sends: "),
        (pickle.dumps(3), "not what a program's process sends: a int"),
    ],
)
def test_anything_else_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_recorded(content)


def test_messages_are_read_whole_and_foreign_bytes_thrown_away() -> None:
    sent = HEADER.pack(Kind.WHERE, 4) + b"here" + HEADER.pack(Kind.DONE, 0)
    assert split_messages(sent[:10]) == (None, sent[:10])
    first, rest = split_messages(sent)
    assert first == Message(Kind.WHERE, b"here")
    assert split_messages(rest) == (Message(Kind.DONE, b""), b"")
    assert split_messages(b"what a program wrote into our pipe") == (None, b"")
