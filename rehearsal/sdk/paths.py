"""Checks the property paths of `ignore_changes` and `replace_on_changes` against the SDK's types.

A path that leads nowhere is accepted by the SDK and by the engine, and then does nothing. The SDK translates a path
only when the whole of it is one Python name (`account_name` becomes `accountName`); in a longer one, as
`agent_pool_profiles[0].count`, every name must be written in camelCase (pulumi 3.272 `pulumi/runtime/resource.py`,
`_translate_ignore_changes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rehearsal.model.paths import WILDCARD, Step, parse, write
from rehearsal.sdk.problems import ProblemKind, SdkProblem
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    MapType,
    ObjectType,
    Property,
    PropertyType,
    Scalar,
    UnionType,
    describe,
)
from rehearsal.sdk.resource_classes import unknown_type
from rehearsal.sdk.shape import ResourceShape, resource_shape
from rehearsal.sdk.suggestions import closest, listed, same_name

# How far below the place where a path breaks off its remainder is looked for ("vmSize" below "properties").
_SEARCH_DEPTH = 3


@dataclass(frozen=True)
class _DeadEnd:
    """`steps[position]` leads nowhere from `type_`."""

    type_: PropertyType
    position: int


def check_property_path(type_token: str, path: str) -> SdkProblem | None:
    """What is wrong with a property path, as registered; None if it leads to an input or output of the type.

    Takes `a.b`, `a[0].b`, `a[*].b`, `a["k"].b` and `*`. Below a property typed `Any` every path is right; in a
    union of objects a path is right if one of the objects has it. A type that no installed SDK registers is the
    problem `UNKNOWN_TYPE`.
    """
    shape = resource_shape(type_token)
    if shape is None:
        return unknown_type(type_token)
    try:
        steps = parse(path)
    except ValueError as error:
        return SdkProblem(ProblemKind.BAD_PATH, path, f"'{path}' is no property path: {error}")
    root = _root(shape)
    dead_end = _follow(root, steps, 0)
    return SdkProblem(ProblemKind.BAD_PATH, path, _explain(root, steps, dead_end)) if dead_end else None


def _root(shape: ResourceShape) -> ObjectType:
    # For a property that is both, the input's type decides: a union of objects is typed `Any` among the outputs,
    # and would take every path.
    return ObjectType(shape.class_name, lambda: {**shape.output_properties, **shape.inputs})


def _follow(type_: PropertyType, steps: tuple[Step, ...], position: int) -> _DeadEnd | None:
    """None if the steps from `position` on lead somewhere, else the place where they got furthest."""
    if position == len(steps) or type_ is Scalar.ANY:
        return None
    step = steps[position]
    match type_:
        case ArrayType() if isinstance(step, int) or step == WILDCARD:
            return _follow(type_.element, steps, position + 1)
        case MapType() if isinstance(step, str):
            return _follow(type_.value, steps, position + 1)
        case ObjectType() if step == WILDCARD:
            below = [each.type for each in type_.properties.values()]
            return _follow_any(type_, below, steps, position, position + 1)
        case ObjectType() if isinstance(step, str) and step in type_.properties:
            return _follow(type_.properties[step].type, steps, position + 1)
        case UnionType() | DiscriminatedType():
            return _follow_any(type_, _members(type_), steps, position, position)
        case _:
            return _DeadEnd(type_, position)


def _follow_any(
    whole: PropertyType,
    parts: Iterable[PropertyType],
    steps: tuple[Step, ...],
    position: int,
    next_position: int,
) -> _DeadEnd | None:
    furthest, reached = [whole], position
    for part in parts:
        dead_end = _follow(part, steps, next_position)
        if dead_end is None:
            return None
        if dead_end.position > reached:
            furthest, reached = [dead_end.type_], dead_end.position
        elif dead_end.position == reached > position:
            furthest.append(dead_end.type_)
    return _DeadEnd(furthest[0] if len(furthest) == 1 else UnionType(tuple(furthest)), reached)


def _members(type_: UnionType | DiscriminatedType) -> Iterable[PropertyType]:
    return type_.members if isinstance(type_, UnionType) else type_.members.values()


def _explain(root: ObjectType, steps: tuple[Step, ...], dead_end: _DeadEnd) -> str:
    before, step = write(steps[: dead_end.position]), steps[dead_end.position]
    owner = f"'{before}'" if before else root.name
    if isinstance(dead_end.type_, ArrayType):
        return f"{owner} is a list: say which items, '{before}[*].{step}' or '{before}[0].{step}'"
    properties = _properties(dead_end.type_)
    if isinstance(step, int) or not properties:
        return f"{owner} is {describe(dead_end.type_)}: '{write((step,))}' leads to nothing below it"
    message = f"{owner} has no property '{step}'"
    if right := _corrected(root, steps, dead_end):
        return f"{message}; did you mean '{write(right)}'?"
    return f"{message}; it has {listed(sorted(properties))}"


def _corrected(root: ObjectType, steps: tuple[Step, ...], dead_end: _DeadEnd) -> tuple[Step, ...] | None:
    """The path that was probably meant, or as much of it as can be said; None if nothing is near.

    A wrong name is replaced by the nearest one, or the rest of the path is found further below.
    """
    corrected: tuple[Step, ...] | None = None
    wrong: _DeadEnd | None = dead_end
    while wrong is not None:
        step, names = steps[wrong.position], _properties(wrong.type_)
        if not isinstance(step, str):
            return corrected
        name = next((each for each in names if same_name(each, step)), None)
        if name is None:
            if deeper := _deeper(wrong, steps):
                return deeper
            name = closest(step, names)
        if name is None:
            return corrected
        corrected = (*steps[: wrong.position], name)
        steps = (*corrected, *steps[wrong.position + 1 :])
        wrong = _follow(root, steps, 0)  # Further along: the replaced step now leads somewhere.
    return steps


def _deeper(dead_end: _DeadEnd, steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
    """The nearest place below the dead end where its remaining steps lead somewhere."""
    before, rest = steps[: dead_end.position], steps[dead_end.position :]
    level: list[tuple[tuple[Step, ...], PropertyType]] = [((), dead_end.type_)]
    for _ in range(_SEARCH_DEPTH):
        level = [((*above, step), type_) for above, parent in level for step, type_ in _below(parent)]
        for above, type_ in level:
            if rest[0] in _properties(type_) and _follow(type_, rest, 0) is None:
                return (*before, *above, *rest)
    return None


def _below(type_: PropertyType) -> Iterator[tuple[Step, PropertyType]]:
    match type_:
        case ArrayType():
            yield WILDCARD, type_.element
        case ObjectType():
            for name, property_ in type_.properties.items():
                yield name, property_.type
        case UnionType() | DiscriminatedType():
            for member in _members(type_):
                yield from _below(member)
        case _:
            pass


def _properties(type_: PropertyType) -> Mapping[str, Property]:
    """The properties that a path may name next, those of every member of a union together."""
    match type_:
        case ObjectType():
            return type_.properties
        case UnionType() | DiscriminatedType():
            return {name: each for member in _members(type_) for name, each in _properties(member).items()}
        case _:
            return {}
