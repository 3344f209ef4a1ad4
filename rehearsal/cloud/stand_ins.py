"""Stand-ins for every output that a type has and the simulated cloud does not know, from the SDK's own annotations.

A program is given them and nothing else is: what rules and checks look at stays as the cloud answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.stand_in_texts import text_for
from rehearsal.model.unknown_texts import UNKNOWN_NUMBER
from rehearsal.model.urns import package_of
from rehearsal.model.values import Secret
from rehearsal.sdk.annotations import UnreadableAnnotationError, result_properties
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    EnumType,
    MapType,
    ObjectType,
    Property,
    PropertyType,
    Scalar,
    UnionType,
)
from rehearsal.sdk.resource_classes import function_result_class
from rehearsal.sdk.shape import ResourceShape, resource_shape

_DEPTH = 3
"""How many objects inside each other are filled in: they may hold each other in circles, and every one costs time."""

_CATALOGUE_DEPTH = 2
"""The same where the catalogue says what matters of a type."""

Text = Callable[[str, str], str]
"""The text for a property's name and its owner."""


@dataclass(frozen=True)
class Completed:
    """`outputs` are those that the answer lacks; `children` are the ids of what is declared inside the resource
    (subnets, pools, rules)."""

    outputs: Mapping[str, object]
    children: tuple[str, ...] = ()


def complete_resource(
    token: str, owner: str, resource_id: str, known: Mapping[str, object], *, stands: bool = False
) -> Completed:
    """What the SDK's class promises beside the `known` inputs and outputs. Empty for a type that no SDK registers.

    An input that was left out, and that the class calls optional, stays absent, unless the resource exists already
    (`stands`): then others gave it.
    """
    shape = _shape(token)
    if shape is None:
        return Completed({})
    filler = _Filler(resource_id if package_of(token) == "azure-native" else "", text_for)
    depth = _CATALOGUE_DEPTH if token in CATALOGUE else _DEPTH
    found: dict[str, object] = {}
    for name, property_ in shape.output_properties.items():
        type_ = _type_of(property_)
        value = known.get(name)
        if value is not None:
            input_ = shape.inputs.get(name)
            completed = filler.complete(value, type_, _type_of(input_) if input_ else None, name)
            if completed is not value:
                found[name] = completed
        elif stands or property_.required or name not in shape.inputs:
            found[name] = filler.new(type_, name, f"{owner}|{name}", depth)
    return Completed(found, tuple(filler.children))


def complete_result(
    token: str, owner: str, known: Mapping[str, object], text: Text = text_for
) -> dict[str, object]:
    """The result of a provider function, with stand-ins for what its class promises beside what is `known`."""
    result_class = function_result_class(token)
    if result_class is None:
        return dict(known)
    try:
        properties = result_properties(result_class)
    except (UnreadableAnnotationError, KeyError):
        return dict(known)
    filler = _Filler("", text)
    return {
        **known,
        **{
            name: filler.new(_type_of(property_), name, f"{owner}|{name}", _DEPTH)
            for name, property_ in properties.items()
            if known.get(name) is None
        },
    }


def _shape(token: str) -> ResourceShape | None:
    try:
        shape = resource_shape(token)
        return shape if shape and shape.output_properties is not None and shape.inputs is not None else None
    except (UnreadableAnnotationError, TypeError, ValueError, KeyError):
        return None  # a class that no generator of ours wrote: a program may have its own


def _type_of(property_: Property) -> PropertyType:
    try:
        return property_.type
    except UnreadableAnnotationError:
        return Scalar.ANY


def _is_flat(type_: PropertyType) -> bool:
    return isinstance(type_, (Scalar, EnumType)) or (isinstance(type_, ArrayType) and _is_flat(type_.element))


class _Filler:
    """Makes values along types. `resource_id` is the ARM id below which inline children lie, empty for none."""

    def __init__(self, resource_id: str, text: Text) -> None:
        self._resource_id = resource_id
        self._text = text
        self.children: list[str] = []

    def new(self, type_: PropertyType, name: str, owner: str, depth: int) -> object:
        """A value of the type that nobody gave."""
        match type_:
            case Scalar():
                return self._scalar(type_, name, owner)
            case EnumType():
                return type_.values[0]
            case ArrayType():
                return [self.new(type_.element, name, f"{owner}[0]", depth)]
            case MapType():
                return {}
            case ObjectType():
                return {
                    key: self.new(_type_of(each), key, f"{owner}.{key}", depth - 1)
                    for key, each in type_.properties.items()
                    if depth > 1 or _is_flat(_type_of(each))
                }
            case DiscriminatedType():
                return self.new(next(iter(type_.members.values())), name, owner, depth)
            case UnionType():
                return self.new(type_.members[0], name, owner, depth)

    def _scalar(self, type_: Scalar, name: str, owner: str) -> object:
        if type_ is Scalar.ASSET:
            return None  # nobody but who made it has the file
        if type_ in (Scalar.INTEGER, Scalar.NUMBER):
            return UNKNOWN_NUMBER
        return False if type_ is Scalar.BOOLEAN else self._text(name, owner)

    def complete(self, value: object, type_: PropertyType, given: PropertyType | None, path: str) -> object:
        """The value with what its type has beyond what may be given. The same object where there is nothing to add."""
        if isinstance(value, Secret):
            inner = self.complete(value.value, type_, given, path)
            return value if inner is value.value else Secret(inner)
        if isinstance(type_, ArrayType) and isinstance(value, list):
            below = given.element if isinstance(given, ArrayType) else None
            items = [self.complete(item, type_.element, below, path) for item in value]
            changed = any(one is not other for one, other in zip(items, value, strict=True))
            return items if changed else value
        if isinstance(type_, ObjectType) and isinstance(value, dict):
            return self._object(value, type_, given if isinstance(given, ObjectType) else None, path)
        return value

    def _object(
        self, value: dict[str, object], type_: ObjectType, given: ObjectType | None, path: str
    ) -> dict[str, object]:
        added: dict[str, object] = {}
        own_id = self._child_id(value, type_, path)
        for name, property_ in type_.properties.items():
            input_ = given.properties.get(name) if given else None
            if (now := value.get(name)) is not None:
                below = _type_of(input_) if input_ else None
                if isinstance(now, (dict, list, Secret)):
                    completed = self.complete(now, _type_of(property_), below, f"{path}/{name}")
                    if completed is not now:
                        added[name] = completed
            elif name == "id" and own_id:
                added[name] = own_id
            elif input_ is None and given is not None:
                added[name] = self.new(_type_of(property_), name, f"{self._resource_id}|{path}|{name}", 1)
        return {**value, **added} if added else value

    def _child_id(self, value: Mapping[str, object], type_: ObjectType, path: str) -> str:
        """ARM calls what is declared in a list of its parent by the list's name and its own."""
        name = value.get("name")
        if not self._resource_id or "id" not in type_.properties or not isinstance(name, str) or "/" in path:
            return ""
        child = f"{self._resource_id}/{path}/{name}"
        self.children.append(child)
        return child
