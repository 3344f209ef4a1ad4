"""Fields: the properties that a condition looks at, by their names in policies.

Sources: `azure_facts.azure_policy.RULE_SOURCE`, Fields, and `ARRAYS_SOURCE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from azure_facts.regions import region_name
from rehearsal.azure_policy.aliases import STAR, Steps
from rehearsal.azure_policy.arguments import key_in, shortened, value_in
from rehearsal.azure_policy.situation import Situation
from rehearsal.azure_policy.subject import Subject, known_text
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind
from rehearsal.model.values import UNKNOWN


@dataclass(frozen=True)
class Selected:
    """The values of a field. A field with `[*]` is a collection, of which every value counts; each other
    has one, None where it is missing. `steps` lead to it in the body."""

    values: list[object]
    steps: Steps
    collection: bool = False


_TAG = re.compile(r"tags(?:\.(?P<plain>.+)|\[(?P<bracketed>.*)\])", re.IGNORECASE | re.DOTALL)
_IDENTITY = "identity."


@lru_cache(maxsize=4096)
def tag_of(name: str) -> str | None:
    """The tag that a field names in any of the four spellings; None where it names none."""
    match = _TAG.fullmatch(name)
    if match is None:
        return None
    if match["plain"]:
        return match["plain"]
    inside = match["bracketed"]
    quoted = len(inside) > 1 and inside[0] == inside[-1] == "'"
    return inside[1:-1].replace("''", "'") if quoted else inside


def select(name: str, situation: Situation, subject: Subject) -> Selected:
    """The values of a field. Raises `DoubtError` where the file has no such alias, or there is no such field."""
    plain = _PLAIN.get(name.lower())
    if plain is not None:
        return Selected([_plain_value(plain, subject)], () if plain in _NOT_IN_BODY else (plain,))
    tag = tag_of(name)
    if tag is not None:
        return Selected([_tag_value(subject, tag)], ("tags", tag))
    if name.lower().startswith(_IDENTITY):
        steps = tuple(name.split("."))
        return Selected([subject.at(steps)], steps)
    if "/" not in name:
        raise DoubtError(f"no field is called {shortened(name)}", DoubtKind.FILE)
    return _aliased(name, situation, subject)


_PLAIN = {
    name.lower(): name for name in ("name", "fullName", "kind", "type", "location", "id", "tags", "identity")
}


_NOT_IN_BODY = ("name", "fullName", "type", "id")
"""Fields that the address of the request has."""


def _plain_value(name: str, subject: Subject) -> object:
    match name:
        case "name":
            return known_text(subject.full_name.rpartition("/")[2])
        case "fullName":
            return known_text(subject.full_name)
        case "type":
            return subject.type
        case "location":
            return subject.location
        case "id":
            return known_text(subject.resource.id)
        case _:
            return subject.body.get(name)


def _tag_value(subject: Subject, tag: str) -> object:
    tags = subject.tags
    if tags is UNKNOWN:
        raise DoubtError("tags are known only after the deployment")
    return value_in(tags, tag) if isinstance(tags, Mapping) else None


def _aliased(name: str, situation: Situation, subject: Subject) -> Selected:
    alias = situation.surroundings.aliases.find(subject.type, subject.resource.api_version, name)
    collection = "[*]" in name
    if alias.steps is None:
        return Selected([] if collection else [None], (), collection=collection)
    found = [value for value, _ in members(alias.steps, situation, subject)]
    if not collection:
        found = found or [None]
    if not subject.resource.converted and all(value is None for value in found):
        raise DoubtError(f"{subject.type} is exported by the general rule, so {name} may be elsewhere in it")
    return Selected(found, alias.steps, collection=collection)


def members(
    steps: Steps, situation: Situation, subject: Subject
) -> Iterator[tuple[object, Mapping[Steps, int]]]:
    """Each value at the steps, and which member of each list on the way it lies in. Lists that are pinned have one
    member. Raises `DoubtError` for a list that is unknown."""
    yield from _members(subject.body, steps, 0, situation.pins, {})


def _members(
    here: object, steps: Steps, start: int, pins: Mapping[Steps, int], taken: Mapping[Steps, int]
) -> Iterator[tuple[object, Mapping[Steps, int]]]:
    for number in range(start, len(steps)):
        step = steps[number]
        if step == STAR:
            yield from _each(here, steps, number, pins, taken)
            return
        if here is UNKNOWN:
            raise DoubtError(f"{'.'.join(steps[:number])} is known only after the deployment")
        key = key_in(here, step) if isinstance(here, Mapping) else None
        if not isinstance(here, Mapping) or key is None:
            if STAR not in steps[number:]:
                yield None, taken
            return
        here = here[key]
    yield here, taken


def _each(
    here: object, steps: Steps, number: int, pins: Mapping[Steps, int], taken: Mapping[Steps, int]
) -> Iterator[tuple[object, Mapping[Steps, int]]]:
    if here is UNKNOWN:
        raise DoubtError(f"{'.'.join(steps[:number])} is known only after the deployment")
    if not isinstance(here, list):
        return
    place = steps[: number + 1]
    pinned = pins.get(place)
    for index in range(len(here)) if pinned is None else (pinned,):
        if index < len(here):
            yield from _members(here[index], steps, number + 1, pins, {**taken, place: index})


def value_of(name: str, situation: Situation, subject: Subject) -> object:
    """What the function `field()` returns: the value, a list for a collection, an empty text where it is missing."""
    selected = select(name, situation, subject)
    if selected.collection:
        return selected.values
    value = selected.values[0]
    if value is UNKNOWN:
        raise DoubtError(f"{name} is known only after the deployment")
    return "" if value is None else value


def normal(name: str, value: object) -> object:
    """The value that a field is compared with: locations in Azure's short form."""
    if name.lower() != "location":
        return value
    if isinstance(value, list):
        return [region_name(each) if isinstance(each, str) else each for each in value]
    return region_name(value) if isinstance(value, str) else value
