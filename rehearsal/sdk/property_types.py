"""The types that a property of a provider SDK can have.

Objects refer to each other in circles and a module holds thousands of them, so an object's properties and a
property's type are read on first use, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Scalar(StrEnum):
    """A type without parts. `ANY` takes every value; `ASSET` is a Pulumi asset or archive."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ANY = "any"
    ASSET = "asset"


@dataclass(frozen=True)
class EnumType:
    """A list of values. An open one may lack values that the service knows; a closed one is complete."""

    name: str
    values: tuple[str | int | float, ...]
    base: Scalar
    is_open: bool


@dataclass(frozen=True)
class ArrayType:
    """A list whose items are all of one type."""

    element: PropertyType


@dataclass(frozen=True)
class MapType:
    """Values of one type under keys that are the user's own strings."""

    value: PropertyType


@dataclass(frozen=True, eq=False)
class ObjectType:
    """An SDK class with named properties, keyed by the provider's (camelCase) names. One instance per class."""

    name: str
    load_properties: Callable[[], Mapping[str, Property]] = field(repr=False)

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """The properties by the provider's name."""
        return self.load_properties()

    @cached_property
    def required(self) -> tuple[Property, ...]:
        """The properties that must be given."""
        return tuple(each for each in self.properties.values() if each.required)


@dataclass(frozen=True)
class DiscriminatedType:
    """One of several objects; the value of the property `discriminator` says which."""

    discriminator: str
    members: Mapping[str, ObjectType]


@dataclass(frozen=True)
class UnionType:
    """One of several types that no discriminator tells apart, for instance a string or a list of strings."""

    members: tuple[PropertyType, ...]


PropertyType = Scalar | EnumType | ArrayType | MapType | ObjectType | DiscriminatedType | UnionType


@dataclass(frozen=True, eq=False)
class Property:
    """One property: `name` is the provider's (camelCase), `python_name` the SDK's (snake_case)."""

    name: str
    python_name: str
    required: bool
    documentation: str = field(repr=False)
    load_type: Callable[[], PropertyType] = field(repr=False)

    @cached_property
    def type(self) -> PropertyType:
        """What the property takes, or as an output gives."""
        return self.load_type()


_SCALAR_NAMES: Mapping[Scalar, str] = {
    Scalar.STRING: "a string",
    Scalar.INTEGER: "an integer",
    Scalar.NUMBER: "a number",
    Scalar.BOOLEAN: "a boolean",
    Scalar.ANY: "any value",
    Scalar.ASSET: "an asset or archive",
}


def describe(type_: PropertyType) -> str:
    """The type in words, to be read after "expected"."""
    match type_:
        case Scalar():
            return _SCALAR_NAMES[type_]
        case EnumType():
            return _SCALAR_NAMES[type_.base]
        case ArrayType():
            return f"a list (each item {describe(type_.element)})"
        case MapType():
            return f"a map (each value {describe(type_.value)})"
        case ObjectType():
            return f"an object ({type_.name})"
        case DiscriminatedType():
            return f"an object with '{type_.discriminator}'"
        case UnionType():
            return " or ".join(dict.fromkeys(describe(member) for member in type_.members))
