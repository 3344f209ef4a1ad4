"""Reading a program's output `promises`: every problem at once, each on a line with its key."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from azure_facts.actions import ACTIONS, REACH
from azure_facts.arm_id_parsing import ArmIdError, levels, parse_arm_id
from azure_facts.guids import is_guid
from rehearsal.checks.references import external_ids
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.values import masked, plain
from rehearsal.model.world import World
from rehearsal.promises.databricks_objects import PREFIX, ObjectError, is_declared, objects_of, parse_object
from rehearsal.promises.form import (
    FORM,
    FromEntry,
    PlaceEntry,
    PromiseEntry,
    PromisesOutput,
    WhoEntry,
)
from rehearsal.promises.model import OUTPUT, Ask, Party, PartyKind, Promise, Promises, PromisesError
from rehearsal.reachability.model import Door, Place, PlaceKind

RULE = "PRM300"
"""Under which a promise that fails is reported."""

_RULE_ID = re.compile(r"[A-Z]{2,4}[0-9]{3}")
_GROUP = 2
"""How many levels an ARM id of a resource group has: the subscription, itself."""


def read_promises(world: World) -> Promises | None:
    """What the program exports; None where it exports no promises. Raises `PromisesError`, which names every
    problem."""
    given = masked(plain(world.stack_outputs.get(OUTPUT)))
    if given is None:
        return None
    if not isinstance(given, dict):
        raise PromisesError(f"output {OUTPUT}: must be a map with the keys {_keys()}")
    if given.get("form") != FORM:
        raise PromisesError(
            f"output {OUTPUT}: form: is {given.get('form')!r}; this version reads form {FORM}"
        )
    output, malformed = _formed(given)
    stated = given.get("places")
    names = _Names(world, frozenset(stated if isinstance(stated, dict) else ()))
    misnamed = [
        f"promises.{name}{problem}"
        for name, entry in output.promises.items()
        for problem in (*_wrong_name(name), *(f".{one}" for one in names.wrong(entry)))
    ]
    if problems := [*malformed, *misnamed]:
        raise PromisesError("\n".join(f"output {OUTPUT}: {problem}" for problem in problems))
    places = {name: _outside(name, place) for name, place in output.places.items()}
    return Promises(
        places,
        tuple(_promise(name, entry, places) for name, entry in sorted(output.promises.items())),
    )


def _formed(given: Mapping[str, object]) -> tuple[PromisesOutput, list[str]]:
    """What has the form, and what is wrong with the rest, each with its key."""
    try:
        return PromisesOutput.model_validate(given), []
    except ValidationError as error:
        wrong = error.errors()
    kept = copy.deepcopy(dict(given))
    for one in wrong:
        _take_out(kept, _spoilt(one))
    return PromisesOutput.model_validate(kept), [_malformed(one) for one in wrong]


def _spoilt(error: ErrorDetails) -> tuple[int | str, ...]:
    """What is left unread for an error: a key that there is not, the door, else the whole place or promise."""
    where = error["loc"]
    if error["type"] == "extra_forbidden":
        return where
    return where[: 3 if where[2:3] == ("over",) else 2]


def _take_out(values: object, where: tuple[int | str, ...]) -> None:
    *above, last = where
    for step in above:
        values = values.get(step) if isinstance(values, dict) else None
    if isinstance(values, dict):
        values.pop(last, None)


def _wrong_name(name: str) -> Iterator[str]:
    """`explain` takes names of promises and ids of rules."""
    if _RULE_ID.fullmatch(name):
        yield ": has the form of a rule's id; give the promise a name of small letters"


def _keys() -> str:
    return ", ".join(PromisesOutput.model_fields)


def _malformed(error: ErrorDetails) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "the map"
    if error["type"] == "extra_forbidden":
        return f"{place}: there is no such key"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"


@dataclass(frozen=True)
class _Names:
    """What promises may name."""

    world: World
    places: frozenset[str]

    def wrong(self, entry: PromiseEntry) -> Iterator[str]:
        """The problems of one promise, each with its key."""
        yield from self._who(entry.who)
        for key, value in entry.from_.named:
            if key == "place":
                if value not in self.places:
                    yield f"from.place: there is no place {value}; {_instead(value, self.places)}"
            else:
                yield from self._arm(f"from.{key}", value)
        if entry.does not in ACTIONS:
            yield f"does: {entry.does!r} is no word for an action; {_instead(entry.does, ACTIONS)}"
        yield from self._on(entry)

    def _who(self, who: WhoEntry) -> Iterator[str]:
        for key, value in (("identity", who.identity), ("system", who.system)):
            if value is not None:
                yield from self._arm(f"who.{key}", value)
        if who.application is not None and not _is_guid(who.application):
            yield f"who.application: {who.application!r} is no client id, which is a GUID"
        if who.persona is not None and who.group is not None and not _is_guid(who.group):
            yield f"who.group: {who.group!r} is no object id, which is a GUID"

    def _on(self, entry: PromiseEntry) -> Iterator[str]:
        if not entry.on:
            if entry.does != REACH:
                yield f"on: is empty; only {REACH} needs no object"
            elif entry.over is None or entry.over.host is None:
                yield "over: needs a host where on is empty"
        elif not entry.on.startswith(PREFIX):
            yield from self._arm("on", entry.on)
        else:
            try:
                named = parse_object(entry.on)
            except ObjectError as error:
                yield f"on: {error}"
                return
            yield from self._arm("on", named.workspace)
            if not is_declared(self.world, named):
                known = objects_of(self.world, named.kind)
                yield f"on: the program declares no {named}; {_instead(named.name, known)}"

    def _arm(self, key: str, arm_id: str) -> Iterator[str]:
        if holds_unknown(arm_id):
            return
        try:
            named = parse_arm_id(arm_id)
        except ArmIdError:
            yield f"{key}: {arm_id!r} is no ARM id"
            return
        if named.subscription is None:
            yield f"{key}: {arm_id!r} lies in no subscription"
        elif not self._is_known(arm_id.lower()):
            yield f"{key}: the program neither declares nor refers to {arm_id}"

    def _is_known(self, arm_id: str) -> bool:
        """Declared or referred to, itself or what it lies in; a group alone says nothing of what lies in it. A group is
        known by what lies in it too, and a subscription always."""
        passed = levels(arm_id)
        if len(passed) < _GROUP:
            return True
        if len(passed) == _GROUP:
            return passed[-1] in self._groups or ("/providers/" in passed[-1] and self._has_hidden_ids)
        return any(level in self._known for level in passed[_GROUP:])

    @cached_property
    def _known(self) -> frozenset[str]:
        outside = (level for arm_id in external_ids(self.world) for level in levels(arm_id)[_GROUP:])
        return frozenset((*self.world.by_id, *outside))

    @cached_property
    def _has_hidden_ids(self) -> bool:
        """Whether some resource gets its id from the service, as in an engine's first preview: a budget of the
        subscription, to which no other resource refers, would then look as if nobody declared it."""
        return any(resource.custom and not resource.id for resource in self.world.resources)

    @cached_property
    def _groups(self) -> frozenset[str]:
        """What lies directly in a subscription: the groups of everything that is known."""
        known = (*self.world.by_id, *external_ids(self.world))
        return frozenset(passed[_GROUP - 1] for one in known if len(passed := levels(one)) >= _GROUP)


def _is_guid(text: str) -> bool:
    """Also what only a service, or another stack, could say."""
    return is_guid(text) or holds_unknown(text)


def _instead(given: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(given, names, n=1)
    if close:
        return f"did you mean {close[0]}?"
    return f"there is {', '.join(names)}" if names else "there is none"


def _outside(name: str, entry: PlaceEntry) -> Place:
    return Place(
        PlaceKind(entry.kind),
        id=entry.network,
        name=name,
        ranges=tuple(entry.ranges),
        resolves=tuple(entry.resolves),
        peered_back=entry.peered_back,
        setting=entry.source,
    )


def _promise(name: str, entry: PromiseEntry, places: Mapping[str, Place]) -> Promise:
    ask = Ask(
        who=_party(entry.who),
        place=_place(entry.from_, places),
        does=entry.does,
        on=entry.on,
        door=_door(entry),
        rule=RULE,
        setting=entry.setting,
    )
    return Promise(name, ask)


def _party(who: WhoEntry) -> Party:
    if who.persona is not None:
        group = (who.group or "").lower()
        return Party(PartyKind.PERSONA, group, who.name or who.persona, who.databricks, who.object_id)
    kind, named = next((kind, value) for kind in PartyKind if (value := who.value(kind)))
    return Party(kind, named, who.name, who.databricks, who.object_id)


def _place(given: FromEntry, places: Mapping[str, Place]) -> Place:
    key, named = given.named[0]
    return places[named] if key == "place" else Place(PlaceKind(key), id=named, plane=given.plane or "")


def _door(entry: PromiseEntry) -> Door | None:
    """The host of the action itself, such as Resource Manager's, is no door of the object."""
    over, on = entry.over, entry.on
    if over is None:
        return None
    if over.host and over.host == ACTIONS[entry.does].host:
        return Door("", host=over.host, port=over.port)
    target = parse_object(on).workspace if on.startswith(PREFIX) else on
    return Door(target, group=over.group or "", host=over.host or "", port=over.port)
