"""What the SDK keeps of a program's hooks and transforms, without the server that lets an engine call them."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi.runtime._callbacks import _CallbackServicer
from pulumi.runtime.mocks import MockMonitor

from rehearsal.monitor.transforms import Callback


class Callbacks(_CallbackServicer):
    """The SDK starts a gRPC server for a program's first hook (pulumi 3.272 `runtime/settings.py` `_get_callbacks`).

    Nobody would call it here, its threads would hide that a program waits for nothing, and gRPC does not survive
    a fork.
    """

    def __init__(self, monitor: MockMonitor) -> None:
        self._callbacks = {}
        self._transforms = {}
        self._state_migrations = {}
        self._monitor = monitor  # pyright: ignore[reportAttributeAccessIssue] - answers what it is asked
        self._target = ""

    @property
    def by_token(self) -> Mapping[str, Callback]:
        """The program's functions, as the SDK wraps them for an engine."""
        return self._callbacks
