"""What a rule sees: one resource, or all of a stack, and what is known about their environment."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias, TypeVar

from pulumi_policy.proxy import UnknownValueError

from policies.frame.paths import MISSING, values

ThresholdValue: TypeAlias = int | tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class About:
    """The stack that is judged: its name, the kind of environment, the day, and the tags its settings ask for.

    `shared_people` are object ids of this stack's personas that are personas of a stack of the other kind too, in
    lower case, with that stack's name.
    """

    stack: str
    kind: str
    today: datetime.date
    tags: Mapping[str, str] = field(default_factory=dict)
    shared_people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Judged:
    """One resource. `props` raises `UnknownValueError` where a value is read that only the service could say."""

    type: str
    name: str
    urn: str
    props: Mapping[str, object]
    about: About
    thresholds: Mapping[str, ThresholdValue] = field(default_factory=dict)
    protect: bool = False
    dependencies: tuple[str, ...] = ()

    def value(self, path: str) -> object:
        """The first value at a path, None where there is none."""
        for _, found in values(self.props, path):
            return None if found is MISSING else found
        return None

    def text(self, path: str) -> str:
        """The value at a path where it is a text, else an empty one."""
        found = self.value(path)
        return found if isinstance(found, str) else ""

    def items(self, path: str) -> Iterator[Mapping[str, object]]:
        """The maps in the list at a path."""
        found = self.value(path)
        if isinstance(found, Sequence) and not isinstance(found, str):
            yield from (item for item in found if isinstance(item, Mapping))

    def limit(self, name: str) -> int:
        """A threshold that is a number."""
        found = self.thresholds[name]
        if not isinstance(found, int):
            raise TypeError(f"threshold {name} is a list, not a number")
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """A threshold that is a list of words."""
        found = self.thresholds[name]
        if isinstance(found, int):
            raise TypeError(f"threshold {name} is a number, not a list")
        return found


@dataclass(frozen=True, eq=False)
class Stack:
    """All resources of a stack. What cannot be read because it is unknown is remembered in `skipped`, so that a rule
    which found nothing wrong then counts as not evaluated."""

    resources: tuple[Judged, ...]
    about: About
    thresholds: Mapping[str, ThresholdValue] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    @cached_property
    def by_urn(self) -> Mapping[str, Judged]:
        """All resources by URN."""
        return {resource.urn: resource for resource in self.resources}

    @cached_property
    def _by_type(self) -> Mapping[str, list[Judged]]:
        found: dict[str, list[Judged]] = {}
        for resource in self.resources:
            found.setdefault(resource.type, []).append(resource)
        return found

    def of(self, *types: str) -> Iterator[Judged]:
        """The resources of these types."""
        for type_ in types:
            yield from self._by_type.get(type_, ())

    def read(self, resource: Judged, read: Callable[[Judged], T], default: T) -> T:
        """What `read` says of the resource; the default, and a note, where that is unknown."""
        try:
            return read(resource)
        except UnknownValueError as error:
            self.skipped.append(f"{resource.name}: {error.message}")
            return default

    def text(self, resource: Judged, path: str) -> str:
        """A text of a resource; empty where it is absent or unknown."""
        return self.read(resource, lambda asked: asked.text(path), "")

    def limit(self, name: str) -> int:
        """A threshold that is a number."""
        found = self.thresholds[name]
        if not isinstance(found, int):
            raise TypeError(f"threshold {name} is a list, not a number")
        return found
