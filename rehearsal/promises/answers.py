"""Promises and requirements, judged: each by the road that leads there and the right that is held there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from azure_facts.actions import ACTIONS, Action
from rehearsal.model.finding import Severity
from rehearsal.model.urns import logical_name
from rehearsal.permissions.model import Right
from rehearsal.permissions.rights import Rights
from rehearsal.promises.databricks_objects import PREFIX, parse_object
from rehearsal.promises.model import Ask, Party, Promises
from rehearsal.reachability.model import Door, Road, Verdict
from rehearsal.reachability.network import Network

_GRAVITY = {Verdict.OPEN: 0, Verdict.UNKNOWN: 1, Verdict.CLOSED: 2}


class Kind(StrEnum):
    """Who asks the question."""

    PROMISE = "promise"
    """The program, by its output."""
    REQUIREMENT = "requirement"
    """A resource that does not work without it."""


@dataclass(frozen=True)
class Answer:
    """One question and what was found. `name` is the promise's, or one made of what a requirement says."""

    name: str
    kind: Kind
    ask: Ask
    road: Road
    right: Right

    @property
    def verdict(self) -> Verdict:
        """Open where road and right are there; unknown where either is not known and neither is missing."""
        return max(self.road.verdict, self.right.verdict, key=_GRAVITY.__getitem__)

    @property
    def urns(self) -> tuple[str, ...]:
        """Every declared resource that it relies on, each once."""
        return tuple(dict.fromkeys((*self.road.urns, *self.right.urns)))

    @property
    def missing(self) -> str:
        """What closes it, or leaves it unknown: the road's, then the right's."""
        parts = []
        for what, found in (("road", self.road), ("right", self.right)):
            if found.verdict is not Verdict.OPEN and found.verdict is self.verdict:
                parts.append(f"no {what}: {found.missing}")
        return "; ".join(parts)

    @property
    def setting(self) -> str:
        """The configuration key that would give it; empty where nobody says."""
        return self.ask.setting or (self.road.setting if self.road.verdict is not Verdict.OPEN else "")


@dataclass(frozen=True)
class Answers:
    """Every promise and requirement of one program. `promises` is None where it exports none."""

    promises: Promises | None = None
    answers: tuple[Answer, ...] = ()

    def of_kind(self, kind: Kind, verdict: Verdict | None = None) -> tuple[Answer, ...]:
        """Those of one kind, and of one verdict where it is given."""
        return tuple(
            one for one in self.answers if one.kind is kind and (verdict is None or one.verdict is verdict)
        )

    def severity(self, answer: Answer) -> Severity:
        """How grave it is that one fails. Of a program that promises nothing it is not known what it is for, and what
        others give it outside: its requirements are warnings."""
        return answer.ask.severity if self.promises is not None else Severity.WARNING

    @property
    def broken(self) -> tuple[Answer, ...]:
        """Those that fail and that the program answers for."""
        return tuple(
            one
            for one in self.answers
            if one.verdict is Verdict.CLOSED and self.severity(one) is Severity.REFUSAL
        )

    @property
    def doubtful(self) -> tuple[Answer, ...]:
        """Requirements that fail as far as the program says, which is not all."""
        return tuple(
            one
            for one in self.answers
            if one.verdict is Verdict.CLOSED and self.severity(one) is Severity.WARNING
        )

    def named(self, name: str) -> Answer | None:
        """The answer of this name."""
        return next((one for one in self.answers if one.name == name), None)


@dataclass(frozen=True)
class Judge:
    """Judges questions about one network and its rights; a right that several ask for is found once, as the network
    finds a road once."""

    network: Network
    rights: Rights
    _rights: dict[tuple[Party, str, str], Right] = field(default_factory=dict)

    def answer(self, name: str, kind: Kind, ask: Ask) -> Answer:
        """One question."""
        action = ACTIONS[ask.does]
        return Answer(name, kind, ask, self._road(ask, action), self._right(ask, action))

    def _road(self, ask: Ask, action: Action) -> Road:
        door = (ask.door if action.needs_road else None) or usual_door(action, ask.on)
        return Road(Verdict.OPEN) if door is None else self.network.road(ask.place, door)

    def _right(self, ask: Ask, action: Action) -> Right:
        key = (ask.who, ask.does, ask.on)
        if key not in self._rights:
            self._rights[key] = self.rights.right(ask.who, action, ask.on)
        return self._rights[key]


def usual_door(action: Action, on: str) -> Door | None:
    """Where an action knocks unless a promise says otherwise; None for one that takes a right alone."""
    if not action.needs_road:
        return None
    if action.host:
        return Door("", host=action.host, port=action.port)
    if not action.groups:
        return None
    target = parse_object(on).workspace if on.startswith(PREFIX) else on
    return Door(target, action.groups[0], port=action.port)


def judge_all(judge: Judge, promises: Promises | None, requirements: Iterable[Ask]) -> Answers:
    """Every promise, then every requirement."""
    found = [judge.answer(one.name, Kind.PROMISE, one.ask) for one in (promises.promises if promises else ())]
    found += [judge.answer(name, Kind.REQUIREMENT, ask) for name, ask in named_requirements(requirements)]
    return Answers(promises, tuple(found))


def named_requirements(requirements: Iterable[Ask]) -> Iterator[tuple[str, Ask]]:
    """A name for each: rule, resource, word and object; a number where these are the same."""
    seen: Counter[str] = Counter()
    for ask in requirements:
        resource = logical_name(ask.needed_by) if ask.needed_by else str(ask.who)
        target = ask.on.partition("@")[0].rpartition("/")[2] or (ask.door.host if ask.door else "")
        parts = (ask.rule.lower(), resource, ask.does, target, ask.door.group if ask.door else "")
        name = ".".join(re.sub(r"[^\w*-]+", "-", part).strip("-") for part in parts if part)
        seen[name] += 1
        yield (f"{name}-{seen[name]}" if seen[name] > 1 else name), ask
