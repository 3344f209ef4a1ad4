"""A program's resource hooks, run as the engine runs them in a preview: those that say so (`on_dry_run`).

Other hooks wait for real services, and would wait in vain. They are named, so that nobody takes them for run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pulumi.runtime.proto import resource_pb2

from rehearsal.monitor.options import sent
from rehearsal.monitor.transforms import Callback, Registration


class HookError(Exception):
    """A hook before a creation failed: the engine then does not create the resource."""


class Hooks:
    """What a program registered, by name. `callbacks` are the SDK's own, by token."""

    def __init__(self, callbacks: Callable[[], Mapping[str, Callback]]) -> None:
        self._callbacks = callbacks
        self._known: dict[str, resource_pb2.RegisterResourceHookRequest] = {}
        self._left_out: set[str] = set()

    def add(self, request: resource_pb2.RegisterResourceHookRequest) -> None:
        """Keeps a hook."""
        self._known[request.name] = request

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of those that would run while resources are created and were not run, sorted."""
        return tuple(sorted(self._left_out))

    def wanted(self, request: Registration) -> bool:
        """Whether a hook of this resource runs in a rehearsal."""
        first, last = (self._runs(request, when) for when in ("before_create", "after_create"))
        return bool(first or last)

    async def before(self, urn: str, request: Registration) -> None:
        """Runs what comes before the creation. Raises `HookError` where one of them fails."""
        for hook in self._runs(request, "before_create"):
            await self._run(hook, urn, request, None)

    async def after(
        self, urn: str, request: Registration, registered: resource_pb2.RegisterResourceResponse
    ) -> None:
        """Runs what comes after the creation. Raises as `before` does."""
        for hook in self._runs(request, "after_create"):
            await self._run(hook, urn, request, registered)

    def _runs(self, request: Registration, when: str) -> list[resource_pb2.RegisterResourceHookRequest]:
        names = sent(request, "hooks", when) or ()
        known = [self._known[name] for name in names if name in self._known]
        self._left_out.update(hook.name for hook in known if not hook.on_dry_run)
        return [hook for hook in known if hook.on_dry_run]

    async def _run(
        self,
        hook: resource_pb2.RegisterResourceHookRequest,
        urn: str,
        request: Registration,
        registered: resource_pb2.RegisterResourceResponse | None,
    ) -> None:
        asked = resource_pb2.ResourceHookRequest(
            urn=urn,
            id=registered.id if registered else "",
            name=request.name,
            type=request.type,
            new_inputs=request.object,
            new_outputs=registered.object if registered else None,
        )
        answer = await self._callbacks()[hook.callback.token](asked.SerializeToString())
        error = sent(answer, "error")
        if error and not sent(hook, "ignore_errors"):
            raise HookError(f"hook {hook.name} of {urn} failed: {error}")
