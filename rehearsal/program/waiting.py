"""What a program's resources wait for when it does not end: the circle they form, or the value that never comes.

The SDK resolves a resource's outputs only when the resource is registered, and registers it only when everything it
depends on has been: a circle never ends. The pending tasks of the event loop show who waits for whom; the names
read here are those of pulumi 3.272 (`runtime/resource.py`, `runtime/rpc.py`, `runtime/resource_cycle_breaker.py`).
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pulumi

_REGISTRATIONS = ("do_register", "do_read")
"""Coroutines in which the SDK registers or reads one resource, held by their local variable `res`."""

_DEPENDENCIES = "_direct_computed_dependencies"
"""Where the SDK keeps, on a resource, what it was found to depend on."""


@dataclass(frozen=True)
class Waits:
    """`edges` name each waiting resource and what it waits for, empty where nothing will ever give that; `circle` is
    the way round, its first resource repeated last, where they wait for each other."""

    edges: tuple[tuple[str, str], ...] = ()
    circle: tuple[str, ...] = ()

    def describe(self) -> str:
        """The text for people: the circle, or one line for each waiting resource (twenty at most)."""
        if self.circle:
            return circle_text(self.circle)
        lines = [
            f"  {name} waits for {other or 'a value that nothing in the program gives'}"
            for name, other in self.edges[:20]
        ]
        more = len(self.edges) - len(lines)
        return "\n".join([*lines, *([f"  and {more} more"] if more else [])])


def circle_text(names: Iterable[str]) -> str:
    """The error that names a circle's way."""
    return (
        "dependency circle: "
        + " -> ".join(names)
        + "; none of them can be created before the others: take one of these references or depends_on away"
    )


def pending_waits(loop: asyncio.AbstractEventLoop) -> Waits:
    """What the registrations that have not ended wait for, now that the loop has nothing to do."""
    registrations = _registrations(loop)
    owners = {
        id(future): resource
        for resource in registrations.values()
        for output in vars(resource).values()
        if isinstance(output, pulumi.Output) and not (future := output._data).done()
    }
    resolved_by = _resolved_by(owners, loop)
    waits: dict[pulumi.Resource, pulumi.Resource | None] = {}
    for task, resource in registrations.items():
        waits[resource] = _awaited(task, owners, resolved_by)
    circle = _circle(waits)
    edges = sorted(
        (resource_name(one), resource_name(other) if other else "") for one, other in waits.items()
    )
    return Waits(tuple(edges), _names(circle))


def awaiting_lines(loop: asyncio.AbstractEventLoop, is_own: Callable[[str], bool]) -> list[str]:
    """Where the program's own coroutines wait, one line each: `is_own` says which source files are the program's."""
    found: set[str] = set()
    for task in asyncio.all_tasks(loop):
        coroutine: object = task.get_coro()
        while coroutine is not None:
            frame = getattr(coroutine, "cr_frame", None)
            if frame is not None and is_own(frame.f_code.co_filename):
                found.add(f"  at {frame.f_code.co_filename}:{frame.f_lineno} in {frame.f_code.co_name}")
            coroutine = getattr(coroutine, "cr_await", None)
    return sorted(found)


def circle_of(error: BaseException) -> tuple[str, ...]:
    """The way of the circle for which the SDK raised this error ("We have detected a circular dependency…" names one
    resource only); empty for any other error."""
    if not isinstance(error, RuntimeError) or "circular dependency" not in str(error):
        return ()
    for frame, _ in traceback.walk_tb(error.__traceback__):
        start, end = frame.f_locals.get("from_resource"), frame.f_locals.get("res")
        if frame.f_code.co_name == "_add_dependency" and start is not None and end is not None:
            return _names([start, *_way(end, start)])
    return ()


def _names(circle: list[pulumi.Resource]) -> tuple[str, ...]:
    """The circle's way from its first resource by name, whichever the SDK came upon first. Components are passed
    over, unless there is nothing else: they only contain their children, and are not created themselves."""
    way = circle[:-1]
    created = [one for one in way if not isinstance(one, pulumi.ComponentResource)] or way
    names = list(dict.fromkeys(resource_name(one) for one in created))
    if not names:
        return ()
    first = names.index(min(names))
    return (*names[first:], *names[:first], names[first])


def resource_name(resource: pulumi.Resource) -> str:
    """`azure-native:storage:StorageAccount lake`, from where the SDK keeps type and name before there is a URN."""
    return f"{getattr(resource, '_type', type(resource).__name__)} {getattr(resource, '_name', '')}".rstrip()


def _registrations(loop: asyncio.AbstractEventLoop) -> Mapping[asyncio.Task[object], pulumi.Resource]:
    found: dict[asyncio.Task[object], pulumi.Resource] = {}
    for task in asyncio.all_tasks(loop):
        frame = getattr(task.get_coro(), "cr_frame", None)
        if frame is not None and frame.f_code.co_name in _REGISTRATIONS:
            resource = frame.f_locals.get("res")
            if isinstance(resource, pulumi.Resource):
                found[task] = resource
    return found


def _resolved_by(
    owners: Mapping[int, pulumi.Resource], loop: asyncio.AbstractEventLoop
) -> Mapping[int, object]:
    """A deferred output's future -> the future that will resolve it (a callback of the latter holds the former)."""
    sources: list[object] = [*asyncio.all_tasks(loop)]
    for resource in set(owners.values()):
        sources += [value._data for value in vars(resource).values() if isinstance(value, pulumi.Output)]
    found: dict[int, object] = {}
    for source in sources:
        for callback, _ in getattr(source, "_callbacks", None) or ():
            for cell in getattr(callback, "__closure__", None) or ():
                if isinstance(cell.cell_contents, asyncio.Future) and cell.cell_contents is not source:
                    found[id(cell.cell_contents)] = source
    return found


def _awaited(
    task: asyncio.Task[object],
    owners: Mapping[int, pulumi.Resource],
    resolved_by: Mapping[int, object],
) -> pulumi.Resource | None:
    """The resource for whose outputs the task waits, through other tasks and gatherings."""
    future: object = getattr(task, "_fut_waiter", None)
    seen: set[int] = set()
    while future is not None and id(future) not in seen:
        seen.add(id(future))
        if id(future) in owners:
            return owners[id(future)]
        children: Iterable[asyncio.Future[object]] = getattr(future, "_children", ())
        future = (
            getattr(future, "_fut_waiter", None)
            or next((child for child in children if not child.done()), None)
            or resolved_by.get(id(future))
        )
    return None


def _circle(waits: Mapping[pulumi.Resource, pulumi.Resource | None]) -> list[pulumi.Resource]:
    """The first circle, by name; a resource waits for one thing at a time, so following it must close or end."""
    for start in sorted(waits, key=resource_name):
        way = [start]
        while (following := waits.get(way[-1])) is not None and following not in way:
            way.append(following)
        if following is start:
            return [*way, start]
    return []


def _way(start: pulumi.Resource, end: pulumi.Resource) -> list[pulumi.Resource]:
    """The shortest way along recorded dependencies, both ends included; a component means its children."""
    ways: list[list[pulumi.Resource]] = [[start]]
    seen = {start}
    for way in ways:
        if way[-1] is end:
            return way
        for following in _followers(way[-1]):
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return [start, end]


def _followers(resource: pulumi.Resource) -> Iterator[pulumi.Resource]:
    yield from sorted(getattr(resource, _DEPENDENCIES, ()), key=resource_name)
    if isinstance(resource, pulumi.ComponentResource):
        yield from sorted(resource._childResources, key=resource_name)
