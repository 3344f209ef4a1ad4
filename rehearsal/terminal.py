"""What the command prints, on its way to a terminal or a pipeline's log."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rehearsal.model.printable import printable

_OWN = re.compile("\x1b\\[(?:0|31|32)m|\x1b\\[K|\r")
"""What the tool itself writes besides text: the verdict's colours, and the line that says what is going on."""


class PrintableStream:
    """Writes to `stream` with everything escaped that is neither text nor the tool's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = False

    def write(self, text: str) -> int:
        """As of a stream. GitHub's commands count at the beginning of a line only, so where one ended matters."""
        parts: list[str] = []
        position = 0
        for own in _OWN.finditer(text):
            parts += [self._shown(text[position : own.start()]), own[0]]
            position = own.end()
        parts.append(self._shown(text[position:]))
        self._stream.write("".join(parts))
        return len(text)

    def _shown(self, text: str) -> str:
        if not text:
            return ""
        shown = printable(f"x{text}")[1:] if self._begun else printable(text)
        self._begun = not text.endswith("\n")
        return shown

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def printable_output() -> Iterator[None]:
    """Makes both standard streams printable within the block."""
    out, error = sys.stdout, sys.stderr
    setattr(sys, "stdout", PrintableStream(out))  # noqa: B010 - a stream in all that the tool asks of it
    setattr(sys, "stderr", PrintableStream(error))  # noqa: B010
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, error
