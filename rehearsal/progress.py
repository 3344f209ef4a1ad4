"""What a terminal shows while something takes its time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def announced(what: str) -> Iterator[None]:
    """Says `what` on stderr as long as the body runs; nothing where stderr is no terminal."""
    on_terminal = sys.stderr.isatty()
    if on_terminal:
        print(f"\r{what} …\r", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if on_terminal:
            print("\x1b[K", end="", file=sys.stderr, flush=True)
