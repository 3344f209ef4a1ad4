"""Making mutants: one thing changed in one resource of an inventory, mechanically, by the tables of `changes`
and `relevance`."""

from __future__ import annotations

import copy
import fnmatch
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from azure_facts.roles import Role, built_in_role
from rehearsal.model.resource import Resource
from rehearsal.sdk import resource_shape
from rehearsal.sdk.property_types import (
    ArrayType,
    DiscriminatedType,
    EnumType,
    MapType,
    ObjectType,
    PropertyType,
    UnionType,
)
from tests.policies.mutations.changes import ADDED, NUMBERS, REMOVED, REPLACED
from tests.policies.mutations.relevance import NOT_RELEVANT, SAFE_DEFAULTS, SAFE_VALUES

Step = str | int
_DURATION = re.compile(r"PT(\d+)([MH])")
_SWITCHES = ("true", "false")
_DEFINITION = "databricks:index/clusterPolicy:ClusterPolicy.definition"
_WIDER: Mapping[Role, Role] = {
    Role.READER: Role.CONTRIBUTOR,
    Role.STORAGE_BLOB_DATA_READER: Role.STORAGE_BLOB_DATA_CONTRIBUTOR,
    Role.STORAGE_BLOB_DATA_CONTRIBUTOR: Role.STORAGE_BLOB_DATA_OWNER,
    Role.KEY_VAULT_READER: Role.KEY_VAULT_SECRETS_OFFICER,
    Role.KEY_VAULT_SECRETS_USER: Role.KEY_VAULT_ADMINISTRATOR,
    Role.KEY_VAULT_SECRETS_OFFICER: Role.KEY_VAULT_ADMINISTRATOR,
    Role.ACR_PULL: Role.CONTRIBUTOR,
    Role.ACR_PUSH: Role.CONTRIBUTOR,
    Role.AZUREML_DATA_SCIENTIST: Role.AZURE_AI_ADMINISTRATOR,
    Role.AKS_CLUSTER_USER: Role.AKS_CLUSTER_ADMIN,
    Role.AKS_RBAC_READER: Role.AKS_RBAC_CLUSTER_ADMIN,
}


@dataclass(frozen=True, eq=False)
class Mutant:
    """`inputs` are those of the changed resource; None where it is taken out. `protect` None: as it was."""

    urn: str
    type: str
    name: str
    path: str
    change: str
    inputs: Mapping[str, object] | None
    protect: bool | None = None

    @property
    def label(self) -> str:
        """What tables and messages call it."""
        return f"{self.type} {self.name} {self.path}: {self.change}".replace("  ", " ")


def matching(table: Mapping[str, object], key: str) -> str | None:
    """The first pattern of a table that fits."""
    return next((pattern for pattern in table if _expression(pattern).fullmatch(key)), None)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern.replace("[]", "\x00")).replace("\x00", re.escape("[]")))


def mutants_of(resource: Resource) -> Iterator[Mutant]:
    """Every mutant of one resource."""
    short = resource.type.removeprefix("azure-native:")
    inputs = dict(resource.plain_inputs)

    def mutant(
        path: str, change: str, changed: Mapping[str, object] | None, *, protect: bool | None = None
    ) -> Mutant:
        return Mutant(resource.urn, short, resource.name, path, change, changed, protect)

    if short in REMOVED:
        yield mutant("", "taken out", None)
    if resource.options.protect:
        yield mutant("", "unprotected", inputs, protect=False)
    if short in ("databricks:index/clusterPolicy:ClusterPolicy",):
        for change, definition in _definitions(json.loads(str(inputs["definition"]))):
            yield mutant("definition", change, {**inputs, "definition": json.dumps(definition)})
    if "tags" in inputs and not matching(NOT_RELEVANT, f"{short}.tags"):
        yield mutant("tags", "dropped", {key: value for key, value in inputs.items() if key != "tags"})
    for steps, value in _leaves(inputs, ()):
        key = f"{short}.{_pattern(steps)}"
        for change, other in _changes(resource, key, steps, value):
            yield mutant(_shown(steps), change, _changed(inputs, steps, other))


def open_questions(resource: Resource) -> Iterator[str]:
    """Booleans and enums that no table speaks of are mutated; numbers that none speaks of are named here."""
    short = resource.type.removeprefix("azure-native:")
    for steps, value in _leaves(dict(resource.plain_inputs), ()):
        key = f"{short}.{_pattern(steps)}"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and not matching(NUMBERS, key) and not matching(ADDED, key):
            yield key


class _Dropped:
    pass


_DROPPED = _Dropped()


def _changes(
    resource: Resource, key: str, steps: tuple[Step, ...], value: object
) -> Iterator[tuple[str, object]]:
    if matching(NOT_RELEVANT, key) or _beside_the_point(resource, steps):
        return
    relevant = False
    safe = _safe(key)
    for change, other in _alternatives(resource, key, steps, value):
        if str(other).lower() not in safe:
            relevant = True
            yield change, other
    if relevant and not isinstance(steps[-1], int) and not matching(SAFE_DEFAULTS, key):
        yield "dropped", _DROPPED


def _beside_the_point(resource: Resource, steps: tuple[Step, ...]) -> bool:
    """What leaves is bounded by its destination, what comes in by its source; a denial of more is stricter."""
    if steps[0] != "securityRules" or len(steps) < 3:
        return False
    rule = resource.items("securityRules")[int(steps[1])]
    inbound = rule.get("direction") == "Inbound"
    if rule.get("access") == "Deny":
        return steps[2] in ("destinationAddressPrefix", "sourceAddressPrefix")
    return steps[2] == ("destinationAddressPrefix" if inbound else "sourceAddressPrefix")


def _safe(key: str) -> set[str]:
    """The values that are as safe as the one there, in lower case."""
    found = [words for pattern, (words, _) in SAFE_VALUES.items() if _expression(pattern).fullmatch(key)]
    return {word.lower() for words in found for word in words}


def _alternatives(
    resource: Resource, key: str, steps: tuple[Step, ...], value: object
) -> Iterator[tuple[str, object]]:
    replaced = matching(REPLACED, key)
    if replaced:
        yield from _replacements(resource, key, steps, value, REPLACED[replaced][0])
        return
    for other in (*_flipped(value), *_numbers(key, value)):
        yield f"becomes {str(other).lower() if isinstance(other, bool) else other}", other
    if isinstance(value, str):
        for other in enum_values(resource.type, steps, resource.plain_inputs):
            if str(other).lower() != value.lower():
                yield f"becomes {other!r}", other


def _replacements(
    resource: Resource, key: str, steps: tuple[Step, ...], value: object, texts: tuple[str, ...]
) -> Iterator[tuple[str, object]]:
    for text in texts:
        if text == "*" and ".actions" in key and steps[-1] != 0:
            continue  # one wildcard per role is enough
        other = _meant(text, resource)
        if other != value and (other or not text):
            yield f"becomes {text!r}", other


def _flipped(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str) and value.lower() in _SWITCHES:
        flipped = "false" if value.lower() == "true" else "true"
        yield flipped.capitalize() if value[0].isupper() else flipped


def _numbers(key: str, value: object) -> Iterator[object]:
    factor, added = matching(NUMBERS, key), matching(ADDED, key)
    if factor:
        multiplied = _multiplied(value, NUMBERS[factor][0])
        if multiplied != value:  # ten times no worker is none
            yield multiplied
    elif added:
        yield ADDED[added][0]


def _meant(text: str, resource: Resource) -> str:
    scope, role = resource.text("scope"), resource.text("roleDefinitionId")
    if text == "resource group":
        return scope[: scope.index("/providers/")] if "/providers/" in scope else ""
    if text in ("Owner", "Contributor"):
        return f"{role.rpartition('/')[0]}/{built_in_role(text).guid}"
    if text == "wider":
        wider = next((more for held, more in _WIDER.items() if role.endswith(built_in_role(held).guid)), None)
        return f"{role.rpartition('/')[0]}/{built_in_role(wider).guid}" if wider else ""
    return text


def _multiplied(value: object, factor: float) -> object:
    if isinstance(value, str) and (found := _DURATION.fullmatch(value)):
        return f"PT{int(int(found[1]) * factor)}{found[2]}"
    if isinstance(value, str):
        return str(int(float(value) * factor))
    return int(value * factor) if isinstance(value, int | float) else value


def _definitions(definition: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, object]]:
    """A cluster policy without each of its rules that limit cost or access, and with each limit ten times as high."""
    for name, rule in definition.items():
        limits = name in ("dbus_per_hour", "node_type_id", "spark_version", "data_security_mode")
        if limits:
            yield f"without {name}", {key: value for key, value in definition.items() if key != name}
        if isinstance(rule.get("maxValue"), int | float):
            higher = {**rule, "maxValue": float(str(rule["maxValue"])) * 10}
            yield f"{name} ten times as high", {**definition, name: higher}
        if name in ("node_type_id", "spark_version"):
            yield f"{name} unlimited", {**definition, name: {"type": "unlimited"}}
        if name == "data_security_mode":
            yield f"{name} NONE", {**definition, name: {"type": "fixed", "value": "NONE"}}


def enum_values(token: str, steps: tuple[Step, ...], inputs: Mapping[str, object]) -> tuple[object, ...]:
    """The values that the SDK lists for a property; none where it lists none."""
    shape = resource_shape(token)
    if shape is None:
        return ()
    found = _follow(shape.arguments, steps, inputs)
    return tuple(value for type_ in found if isinstance(type_, EnumType) for value in type_.values)


def _follow(type_: PropertyType, steps: tuple[Step, ...], value: object) -> list[PropertyType]:
    if isinstance(type_, UnionType):
        return [found for member in type_.members for found in _follow(member, steps, value)]
    if not steps:
        return [type_]
    step, rest = steps[0], steps[1:]
    inner = value[step] if isinstance(value, Mapping | list) else None  # pyright: ignore[reportArgumentType, reportCallIssue]
    if isinstance(type_, DiscriminatedType) and isinstance(value, Mapping):
        type_ = type_.members.get(str(value.get(type_.discriminator)), type_)
    if isinstance(type_, ObjectType) and step in type_.properties:
        return _follow(type_.properties[str(step)].type, rest, inner)
    if isinstance(type_, MapType):
        return _follow(type_.value, rest, inner)
    if isinstance(type_, ArrayType) and isinstance(step, int):
        return _follow(type_.element, rest, inner)
    return []


def _leaves(value: object, steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], object]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*steps, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*steps, index))
    else:
        yield steps, value


def _pattern(steps: tuple[Step, ...]) -> str:
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _shown(steps: tuple[Step, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _changed(inputs: Mapping[str, object], steps: tuple[Step, ...], value: object) -> Mapping[str, object]:
    changed = _set(copy.deepcopy(dict(inputs)), steps, value)
    if not isinstance(changed, dict):
        raise TypeError(f"{_shown(steps)} leads out of the inputs")
    return changed


def _set(place: object, steps: tuple[Step, ...], value: object) -> object:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(place, dict):
        if not rest and isinstance(value, _Dropped):
            return {key: item for key, item in place.items() if key != step}
        return {**place, str(step): _set(place[step], rest, value)}
    if isinstance(place, list) and isinstance(step, int):
        return [_set(item, rest, value) if index == step else item for index, item in enumerate(place)]
    raise TypeError(f"no {step!r} in a {type(place).__name__}")
