"""Checks a resource's inputs, as the program registers them, against the SDK's types.

Python checks nothing below the top level: a nested value may be a plain dict. The SDK translates such a dict's keys
by the type of the property it is given for (pulumi 3.272 `pulumi/runtime/rpc.py`, `serialize_property`): a key that
is a property's Python name becomes its camelCase name, every other key is sent as it is, a typing error included.
For a union of objects the SDK first picks the one member that the dict can belong to; where none or several fit (a
wrong key is enough), and below a property typed `Any`, no key is translated at all. azure-native then drops a key
that it does not know without a word (its `validateType` visits known properties only); here it is a problem.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rehearsal.model.values import Secret, Unknown
from rehearsal.sdk.input_problems import (
    missing,
    missing_discriminator,
    not_in_enum,
    unknown_kind,
    unknown_property,
    wrong_type,
)
from rehearsal.sdk.place import Place
from rehearsal.sdk.problems import ProblemKind, SdkProblem
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
from rehearsal.sdk.resource_classes import unknown_type
from rehearsal.sdk.scalar_values import fits
from rehearsal.sdk.shape import resource_shape

# The engine adds these to a provider's inputs before the provider sees them (seen in CheckConfig of Pulumi 3.260).
_ENGINE_PROVIDER_INPUTS = frozenset({"version", "pluginDownloadURL"})

# A bridged provider turns booleans and numbers into strings (pulumi-terraform-bridge pkg/tfbridge/schema.go,
# `makeTerraformInput`), and Terraform reads numbers and booleans from strings. azure-native refuses a string for a
# number and a number for a string (provider/pkg/provider/provider.go, `validateProperty`); Azure judges the rest.
_BRIDGED_PACKAGES = frozenset({"databricks"})


def check_inputs(type_token: str, inputs: Mapping[str, object]) -> tuple[SdkProblem, ...]:
    """What the installed SDK has against these inputs: unknown properties, wrong types, missing required ones and
    values outside an enum, at any depth. Empty if nothing.

    `inputs` holds plain JSON-like values under camelCase names, and the markers `UNKNOWN` (fits every type) and
    `Secret` (looked through; messages show keys inside it, never values). None counts as absent.
    Pulumi sends every number as a float: a whole one is an integer. A non-string setting of a provider resource
    (`pulumi:providers:…`) arrives as JSON text and is checked as what the text says.

    A type that no installed SDK registers is one problem, `UNKNOWN_TYPE`.
    """
    shape = resource_shape(type_token)
    if shape is None:
        return (unknown_type(type_token),)
    if shape.is_provider:
        inputs = {
            name: _decoded(shape.inputs.get(name), value)
            for name, value in inputs.items()
            if name not in _ENGINE_PROVIDER_INPUTS
        }
    checker = _Checker(coerces=shape.package in _BRIDGED_PACKAGES)
    return tuple(checker.check(shape.arguments, inputs, Place()))


class _Checker:
    """Walks a value along its type. `coerces`: the provider converts between strings, numbers and booleans."""

    def __init__(self, *, coerces: bool) -> None:
        self._coerces = coerces

    def check(self, type_: PropertyType, value: object, place: Place) -> Iterator[SdkProblem]:
        while isinstance(value, Secret):
            value, place = value.value, place.secret()
        if value is None or isinstance(value, Unknown):
            return
        match type_:
            case Scalar():
                if not fits(type_, value, coerces=self._coerces):
                    yield wrong_type(type_, value, place)
            case EnumType():
                if not fits(type_.base, value, coerces=self._coerces):
                    yield wrong_type(type_, value, place)
                elif value not in type_.values:
                    yield not_in_enum(type_, value, place)
            case UnionType():
                yield from self._union(type_, value, place)
            case ArrayType():
                yield from self._array(type_, value, place)
            case _:
                yield from self._keyed(type_, value, place)

    def _array(self, type_: ArrayType, value: object, place: Place) -> Iterator[SdkProblem]:
        if isinstance(value, (list, tuple)):
            for index, each in enumerate(value):
                yield from self.check(type_.element, each, place.item(index))
        else:
            yield wrong_type(type_, value, place)

    def _keyed(
        self, type_: MapType | ObjectType | DiscriminatedType, value: object, place: Place
    ) -> Iterator[SdkProblem]:
        if not isinstance(value, Mapping):
            yield wrong_type(type_, value, place)
        elif isinstance(type_, MapType):
            for key, each in value.items():
                yield from self.check(type_.value, each, place.child(key))
        elif isinstance(type_, ObjectType):
            yield from self._object(type_, value, place)
        else:
            yield from self._discriminated(type_, value, place)

    def _object(self, type_: ObjectType, value: Mapping[str, object], place: Place) -> Iterator[SdkProblem]:
        for key, each in value.items():
            if each is None:
                continue
            property_ = type_.properties.get(key)
            if property_ is None:
                yield unknown_property(type_, key, place)
            else:
                yield from self.check(property_.type, each, place.child(key))
        for property_ in type_.required:
            # A required property under its Python name is reported once, as a key that was left untranslated.
            if value.get(property_.name) is None and value.get(property_.python_name) is None:
                yield missing(type_, property_, place)

    def _discriminated(
        self, type_: DiscriminatedType, value: Mapping[str, object], place: Place
    ) -> Iterator[SdkProblem]:
        kind = value.get(type_.discriminator)
        kind_place = place
        while isinstance(kind, Secret):
            kind, kind_place = kind.value, place.secret()
        if isinstance(kind, Unknown):
            return
        if kind is None:
            yield missing_discriminator(type_, value, place)
        elif isinstance(kind, str) and kind in type_.members:
            yield from self._object(type_.members[kind], value, place)
        else:
            yield unknown_kind(type_, kind, kind_place)

    def _union(self, type_: UnionType, value: object, place: Place) -> Iterator[SdkProblem]:
        attempts = [list(self.check(member, value, place)) for member in type_.members]
        of_right_kind = [
            problems
            for problems in attempts
            if not any(each.kind is ProblemKind.WRONG_TYPE and each.path == place.path for each in problems)
        ]
        if of_right_kind:
            yield from min(of_right_kind, key=lambda problems: sum(not each.is_warning for each in problems))
        else:
            yield wrong_type(type_, value, place)


def _decoded(property_: Property | None, value: object) -> object:
    """A provider's setting as the JSON that its text says; anything else, and text that is no JSON, as it is."""
    if isinstance(value, Secret):
        return Secret(_decoded(property_, value.value))
    if property_ is None or property_.type is Scalar.STRING or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
