"""Finds for each property of the SDK where it lies in what Azure takes.

pulumi-azure-native generates its classes from the same specifications (provider/pkg/gen/properties.go): a property
keeps its name in camelCase, or has the one of `x-ms-client-name`; an object with `x-ms-client-flatten` disappears, and
its properties move into the one around it; what is defined in an object itself gives way to what it inherits. So a
property is looked for at the top first, then in the objects that the class does not have, by name, and, where no name
fits, by its description, which is the same text on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from azure_facts.arm_bodies_exceptions import PLACES
from rehearsal.export.deriving.wire_types import WireProperty, WireType
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    MapType,
    ObjectType,
    Property,
    PropertyType,
    Scalar,
)

_DEPTH = 3
_SUB_RESOURCES = "These are also available as standalone resources."
"""How the SDK documents a list whose entries may be resources of their own (provider/pkg/gen/properties.go
`getPropertyDescription`)."""

_EXPECTED = re.compile(r"Expected value is '([^']*)'\.")
ENVELOPE_NAMES = frozenset({"apiVersion", "id", "name", "type"})
"""What a resource's place says: never a property of the body's own."""


@dataclass(frozen=True)
class Place:
    """Where a property lies, outermost first."""

    path: tuple[str, ...]
    wire: WireProperty | None


@dataclass(frozen=True)
class Matched:
    """One class: each property's place, which of them are sets, and which are lists of resources."""

    places: Mapping[str, Place] = field(default_factory=dict)
    sets: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()


@dataclass
class Matcher:
    """Matches classes of one module and what they hold. `objects` fills up by class name, `problems` with what fits
    nowhere."""

    module: str
    objects: dict[str, Matched] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def resource(
        self, arguments: ObjectType, body: WireType, outside: frozenset[str], class_name: str
    ) -> Matched:
        """The constructor's arguments against the body; `outside` are those that are sent in the id or the query where
        the body does not have them."""
        outside |= ENVELOPE_NAMES
        wire = _candidates(body, arguments, top=True)
        element = _expected_element(arguments, body)
        if element is not None:
            _add(wire, _candidates(element, arguments, top=True))
        return self._match(arguments, wire, outside, class_name)

    def _object(self, type_: ObjectType, wire: WireType, base: WireType | None = None) -> None:
        if type_.name in self.objects:
            return
        candidates = _candidates(wire, type_)
        if base is not None:
            _add(candidates, _candidates(base, type_))
        self.objects[type_.name] = Matched()  # it may hold itself
        self.objects[type_.name] = self._match(type_, candidates, frozenset(), type_.name)

    def _match(
        self,
        type_: ObjectType,
        candidates: Mapping[str, list[Place]],
        outside: frozenset[str],
        class_name: str,
    ) -> Matched:
        stated = PLACES.get(f"{self.module}:{class_name}", {})
        places: dict[str, Place] = {}
        for name, property_ in type_.properties.items():
            if name in stated:
                places[name] = Place(stated[name], None)
                continue
            found = _place(property_, candidates, type_)
            if found and not (name in outside and _reads(found)):
                places[name] = found
            elif name not in outside:
                self.problems.append(f"{self.module}:{class_name}.{name}")
        sets = frozenset(
            name
            for name, place in places.items()
            if place.wire and _is_set(type_.properties[name].type, place.wire.type)
        )
        lists = frozenset(name for name in places if _SUB_RESOURCES in type_.properties[name].documentation)
        for name, place in places.items():
            if place.wire:
                self._descend(type_.properties[name].type, place.wire.type)
        return Matched(places, sets, lists)

    def _descend(self, type_: PropertyType, wire: WireType) -> None:
        match type_:
            case ArrayType() if wire.kind == "ArrayType":
                self._descend(type_.element, wire.item)
            case MapType() if wire.value is not None:
                self._descend(type_.value, wire.value)
            case ObjectType() if wire.kind == "UnionType":
                for member in wire.members:
                    self._descend(type_, member)
            case ObjectType() if wire.is_object:
                element = _expected_element(type_, wire)
                self._object(type_, element or wire, base=wire if element else None)
            case DiscriminatedType():
                for value, element in wire.elements.items():
                    if value in type_.members:
                        self._object(type_.members[value], element, base=wire)
            case _:
                pass


def _place(property_: Property, candidates: Mapping[str, list[Place]], type_: ObjectType) -> Place | None:
    by_name = candidates.get(_plain(property_.name), [])
    if by_name:
        return min(by_name, key=lambda each: (_reads(each), len(each.path)))
    names = {_plain(name) for name in type_.properties}
    text = " ".join(property_.documentation.split())
    described = [
        place
        for name, places in candidates.items()
        if name not in names
        for place in places
        if place.wire and place.wire.description and text.startswith(place.wire.description)
    ]
    if len(described) != 1:
        return None
    return described[0]


def _reads(place: Place) -> bool:
    return place.wire is not None and place.wire.is_read_only


def _candidates(wire: WireType, type_: ObjectType, *, top: bool = False) -> dict[str, list[Place]]:
    names = {_plain(name) for name in type_.properties}
    found: dict[str, list[Place]] = {}
    for place in _places(wire, names, top=top):
        found.setdefault(_plain(place.path[-1]), []).append(place)
    return found


def _places(
    wire: WireType, names: set[str], around: tuple[str, ...] = (), *, top: bool = False
) -> Iterator[Place]:
    own = {name: each for name, each in wire.properties.items() if not (top and name in ENVELOPE_NAMES)}
    for name, each in own.items():
        yield Place((*around, name), each)
    for name, each in own.items():
        flattened = each.type.is_object and each.type.value is None and _plain(name) not in names
        if flattened and len(around) < _DEPTH and (name == "properties" or not each.is_read_only):
            yield from _places(each.type, names, (*around, name))


def _add(found: dict[str, list[Place]], more: Mapping[str, list[Place]]) -> None:
    for name, places in more.items():
        known = {place.path for place in found.get(name, ())}
        found.setdefault(name, []).extend(place for place in places if place.path not in known)


def _expected_element(type_: ObjectType, wire: WireType) -> WireType | None:
    """The one kind of a discriminated object that the class is, by the constant that it documents."""
    elements = wire.elements
    expected = (_EXPECTED.search(each.documentation) for each in type_.properties.values())
    values = [match[1] for match in expected if match and match[1] in elements]
    if len(values) == 1:
        return elements[values[0]]
    return next(iter(elements.values())) if len(elements) == 1 else None


def _is_set(type_: PropertyType, wire: WireType) -> bool:
    return isinstance(type_, ArrayType) and type_.element is Scalar.STRING and wire.kind == "ObjectType"


def _plain(name: str) -> str:
    """`Application_Type`, `odata.type` and `scale-down` are `applicationType`, `odataType` and `scaleDown` in the
    SDK; of acronyms it changes the case."""
    return re.sub(r"[-_.]", "", name).lower()
