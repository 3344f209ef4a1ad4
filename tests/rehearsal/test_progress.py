"""What a terminal shows while something takes its time."""

from __future__ import annotations

import io
import sys

import pytest

from rehearsal.progress import announced


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "shown"), [(Terminal(), "\rrehearsing dev …\r\x1b[K"), (io.StringIO(), "")]
)
def test_progress_is_for_terminals_and_is_taken_away(
    stream: io.StringIO, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with announced("rehearsing dev"):
        assert stream.getvalue() == shown.removesuffix("\x1b[K")
    assert stream.getvalue() == shown
