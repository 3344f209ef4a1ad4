"""Python's search for garbage, put off while a rehearsal runs."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """The SDK makes some hundred Outputs and tasks for each resource, and nearly all live until the program ends:
    looking for garbage among them again and again would take most of the time of a rehearsal."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
