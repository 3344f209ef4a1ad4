"""Leaving the process although the program left something in it: threads that run on, exit handlers that take long."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import NoReturn

_GRACE_SECONDS = 3.0


def leave(code: int, grace_seconds: float = _GRACE_SECONDS) -> NoReturn:
    """Exits with `code`: as usual, where threads and exit handlers end within the grace, and without them after it."""
    for stream in (sys.stdout, sys.stderr):
        # Closed by the program, or by whoever read the report; os._exit flushes nothing.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    watch = threading.Timer(grace_seconds, os._exit, (code,))
    watch.daemon = True
    watch.start()
    sys.exit(code)
