"""Reads the generated SDK classes: their annotations, default values and docstrings.

`typing.get_type_hints` is not used: it evaluates every annotation of a class with all its forward references, some
2 ms a class, which adds up to more than the whole check of a program. Here a forward reference is looked up by its
name, when it is needed.
"""

from __future__ import annotations

import re
import sys
import typing
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from types import FunctionType, NoneType

import pulumi

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

_SCALARS: Mapping[object, Scalar] = {
    str: Scalar.STRING,
    int: Scalar.INTEGER,
    float: Scalar.NUMBER,
    bool: Scalar.BOOLEAN,
    typing.Any: Scalar.ANY,
    pulumi.Asset: Scalar.ASSET,
    pulumi.Archive: Scalar.ASSET,
}

# The code generator writes a constant of the schema into the docstring and nowhere else (pulumi-azure-native
# 3.29.0). Under `python -OO` there are no docstrings: unions then fall back to "fits one of the members".
_EXPECTED_VALUE = re.compile(r"Expected value is '([^']*)'\.")


class UnreadableAnnotationError(TypeError):
    """A generated class is annotated in a way that this module does not know: the SDK's generator has changed."""


@cache
def object_type(sdk_class: type) -> ObjectType:
    """The type of a generated `…Args` class or output class."""
    return ObjectType(sdk_class.__name__.removesuffix("Args"), partial(_constructor_properties, sdk_class))


def output_properties(resource_class: type) -> Mapping[str, Property]:
    """The outputs of a resource class, from its getters (`-> pulumi.Output[T]`); required is what is always there.

    `id` and `urn` are the base class's and not among them.
    """
    namespace = vars(sys.modules[resource_class.__module__])
    outputs: dict[str, Property] = {}
    for python_name, name, getter in _getters(resource_class):
        (annotation,) = typing.get_args(getter.__annotations__["return"])
        outputs[name] = Property(
            name=name,
            python_name=python_name,
            required=NoneType not in typing.get_args(annotation),
            documentation=getter.__doc__ or "",
            load_type=partial(read_annotation, annotation, namespace),
        )
    return outputs


def result_properties(result_class: type) -> Mapping[str, Property]:
    """What a provider function returns, from the getters of its result class (`-> T`)."""
    namespace = vars(sys.modules[result_class.__module__])
    return {
        name: Property(
            name=name,
            python_name=python_name,
            required=True,
            documentation=getter.__doc__ or "",
            load_type=partial(read_annotation, getter.__annotations__["return"], namespace),
        )
        for python_name, name, getter in _getters(result_class)
    }


def read_annotation(annotation: object, namespace: Mapping[str, object]) -> PropertyType:
    """The property type that an annotation means; names are looked up in `namespace`.

    Raises `UnreadableAnnotationError`.
    """
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        return read_annotation(_lookup(annotation, namespace), namespace)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Union:
        return _union(arguments, namespace)
    if origin is Sequence:
        return ArrayType(read_annotation(arguments[0], namespace))
    if origin is Mapping:
        return MapType(read_annotation(arguments[1], namespace))
    if scalar := _SCALARS.get(annotation):
        return scalar
    if isinstance(annotation, type):
        return _enum_type(annotation) if issubclass(annotation, Enum) else object_type(annotation)
    raise UnreadableAnnotationError(f"no property type is known for the annotation {annotation!r}")


def _constructor_properties(sdk_class: type) -> Mapping[str, Property]:
    """Properties as `__init__` takes them: one without a default is required."""
    constructor = vars(sdk_class)["__init__"]
    if not isinstance(constructor, FunctionType):
        raise UnreadableAnnotationError(
            f"the constructor of {sdk_class.__qualname__} is not a plain function"
        )
    annotations, defaults = constructor.__annotations__, constructor.__kwdefaults__ or {}
    namespace = vars(sys.modules[sdk_class.__module__])
    return {
        name: Property(
            name=name,
            python_name=python_name,
            required=python_name not in defaults,
            documentation=getter.__doc__ or "",
            load_type=partial(read_annotation, annotations[python_name], namespace),
        )
        for python_name, name, getter in _getters(sdk_class)
    }


def _getters(sdk_class: type) -> Iterator[tuple[str, str, typing.Callable[..., object]]]:
    """Python name, provider's name and function of each property that `@pulumi.getter` marks."""
    for python_name, attribute in vars(sdk_class).items():
        if isinstance(attribute, property) and attribute.fget is not None:
            name = getattr(attribute.fget, "_pulumi_name", None)
            if isinstance(name, str):
                yield python_name, name, attribute.fget


def _lookup(name: str, namespace: Mapping[str, object]) -> object:
    first, *rest = name.split(".")
    if first not in namespace:
        raise UnreadableAnnotationError(f"'{name}' names nothing in {namespace['__name__']}")
    found = namespace[first]
    for part in rest:
        found = getattr(found, part)
    return found


def _union(arguments: tuple[object, ...], namespace: Mapping[str, object]) -> PropertyType:
    # pulumi.Input[T] is Union[T, Awaitable[T], Output[T]]. When T is a union itself, typing flattens the three into
    # one list; only the Awaitable arm still has T whole.
    for argument in arguments:
        if typing.get_origin(argument) is Awaitable:
            return read_annotation(typing.get_args(argument)[0], namespace)
    members: list[PropertyType] = []
    for argument in arguments:
        member = None if argument is NoneType else read_annotation(argument, namespace)
        if member is not None and member not in members:
            members.append(member)
    return _combine(members)


def _combine(members: list[PropertyType]) -> PropertyType:
    if len(members) == 1:
        return members[0]
    # Union[str, 'SkuName']: the enum lists what was known when the SDK was generated. (Two enums are there in
    # migrate.PrivateEndpointConnection.)
    enums = [member for member in members if isinstance(member, EnumType)]
    if enums and [member for member in members if member not in enums] == [enums[0].base]:
        values = dict.fromkeys(value for enum in enums for value in enum.values)
        name = " or ".join(enum.name for enum in enums)
        return EnumType(name, tuple(values), enums[0].base, is_open=True)
    objects = [member for member in members if isinstance(member, ObjectType)]
    if len(objects) == len(members) and (discriminated := _discriminated(objects)):
        return discriminated
    return UnionType(tuple(members))


def _discriminated(members: list[ObjectType]) -> DiscriminatedType | None:
    """The union by its discriminator: the one property for which each member documents its own constant."""
    constants = [_constants(member) for member in members]
    for name in constants[0]:
        by_value = {
            values[name]: member for values, member in zip(constants, members, strict=True) if name in values
        }
        if len(by_value) == len(members):
            return DiscriminatedType(name, by_value)
    return None


def _constants(member: ObjectType) -> Mapping[str, str]:
    found = {name: _EXPECTED_VALUE.search(each.documentation) for name, each in member.properties.items()}
    return {name: match[1] for name, match in found.items() if match}


_LOST_VALUES: Mapping[str, tuple[str, ...]] = {
    # Two services' enums of one name fell into one class: this one is left with those of pipelines' filters, and
    # alert rules' own are gone (pulumi-azure-native 3.29.0; Azure REST spec insights scheduledQueryRules).
    "azure-native:monitor:ConditionOperator": (
        "Equals",
        "GreaterThan",
        "GreaterThanOrEqual",
        "LessThan",
        "LessThanOrEqual",
    ),
}
"""By the SDK's type token; each use's own values are a matter of service rules."""


@cache
def _enum_type(enum_class: type[Enum]) -> EnumType:
    # A generated enum derives from its values' type: class Kind(str, Enum).
    base = next((_SCALARS[ancestor] for ancestor in enum_class.__mro__ if ancestor in _SCALARS), None)
    if base is None:
        raise UnreadableAnnotationError(f"the values of the enum {enum_class.__name__} have no known type")
    values = [member.value for member in enum_class]
    values += _LOST_VALUES.get(str(getattr(enum_class, "pulumi_type", "")), ())
    return EnumType(enum_class.__name__, tuple(values), base, is_open=False)
