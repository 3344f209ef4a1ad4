"""The problems that a resource's inputs can have, in words: what is wrong and what would be right.

A message never shows a secret's value. Keys are shown even inside a secret: in a typed object they are schema, and
a misspelt one could not be found otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rehearsal.sdk.place import Place
from rehearsal.sdk.problems import ProblemKind, SdkProblem
from rehearsal.sdk.property_types import (
    DiscriminatedType,
    EnumType,
    ObjectType,
    Property,
    PropertyType,
    Scalar,
    describe,
)
from rehearsal.sdk.scalar_values import corrected, shown
from rehearsal.sdk.suggestions import did_you_mean, listed


def unknown_property(type_: ObjectType, key: str, place: Place) -> SdkProblem:
    """A key that the object does not have: most often a Python name left untranslated, or a typing error."""
    for each in type_.properties.values():
        if each.python_name == key:
            message = (
                f"'{key}' is a Python name that the SDK left untranslated: write '{each.name}' in a plain dict, or "
                f"pass the SDK's class for {type_.name}"
            )
            break
    else:
        nearest = did_you_mean(key, type_.properties)
        message = f"{type_.name} has no property '{key}'"
        message += nearest or f"; it has {listed(sorted(type_.properties)) or 'none'}"
    return SdkProblem(ProblemKind.UNKNOWN_PROPERTY, place.child(key).path, message)


def wrong_type(type_: PropertyType, value: object, place: Place) -> SdkProblem:
    """A value that its property cannot take."""
    message = f"expected {describe(type_)}, got {shown(value, is_secret=place.is_secret)}"
    scalar = type_.base if isinstance(type_, EnumType) else type_
    if isinstance(scalar, Scalar) and not place.is_secret and (right := corrected(scalar, value)):
        message += f": write {right}"
    elif scalar is Scalar.STRING and isinstance(value, (Mapping, list, tuple)):
        message += ": pass it as JSON text (json.dumps, or pulumi.Output.json_dumps)"
    return SdkProblem(ProblemKind.WRONG_TYPE, place.path, message)


def missing(type_: ObjectType, property_: Property, place: Place) -> SdkProblem:
    """A required property that is absent."""
    message = f"{type_.name} requires '{property_.name}', {describe(property_.type)}"
    if isinstance(property_.type, EnumType):
        message += f": {listed(property_.type.values)}"
    return SdkProblem(ProblemKind.MISSING_REQUIRED, place.child(property_.name).path, message)


def missing_discriminator(type_: DiscriminatedType, value: Mapping[str, object], place: Place) -> SdkProblem:
    """An object of several possible kinds that does not say which it is."""
    name = type_.discriminator
    message = f"'{name}' is required: it says which kind of object this is, one of {listed(type_.members)}"
    python_names = {each.properties[name].python_name for each in type_.members.values()} - {name}
    for python_name in python_names & value.keys():
        message += (
            f". The SDK left '{python_name}' untranslated, because this dict fits none or several of the kinds: "
            "correct its other keys, write all its keys in camelCase, or pass the SDK's class"
        )
    return SdkProblem(ProblemKind.MISSING_REQUIRED, place.child(name).path, message)


def unknown_kind(type_: DiscriminatedType, kind: object, place: Place) -> SdkProblem:
    """An object that says it is of a kind that is not possible here."""
    message = f"{shown(kind, is_secret=place.is_secret)} is no kind of object that is allowed here"
    message += _choices(kind, "Allowed", type_.members, place)
    return SdkProblem(ProblemKind.BAD_ENUM_VALUE, place.child(type_.discriminator).path, message)


def not_in_enum(type_: EnumType, value: object, place: Place) -> SdkProblem:
    """A value that an enum does not list: a warning where the service may know more values than the SDK."""
    message = f"{shown(value, is_secret=place.is_secret)} is not "
    message += f"in the SDK's list for {type_.name}" if type_.is_open else f"a value of {type_.name}"
    message += _choices(value, "Known" if type_.is_open else "Allowed", type_.values, place)
    only_case = isinstance(value, str) and value.lower() in {str(each).lower() for each in type_.values}
    return SdkProblem(ProblemKind.BAD_ENUM_VALUE, place.path, message, type_.is_open, only_case)


def _choices(wrong: object, label: str, right: Iterable[object], place: Place) -> str:
    # The nearest value would give a secret away.
    nearest = "" if place.is_secret else did_you_mean(str(wrong), map(str, right))
    return f"{nearest or '.'} {label}: {listed(right)}"
