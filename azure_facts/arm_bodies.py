"""What the PUT of each ARM resource type looks like, by the type of pulumi-azure-native that declares it.

The table (data/arm_bodies.json) is derived from two sources and written by `python -m rehearsal.export.deriving`: the
REST specifications as github.com/Azure/bicep-types-az compiles them (each file says which commit and day), and the
classes of the pulumi-azure-native release that it names. What the provider does with it: provider/pkg/convert
(sdkInputsToRequestBody.go) and provider/pkg/provider/crud (crud.go) of github.com/pulumi/pulumi-azure-native, read
2026-11-30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from azure_facts.data_files import FactsError, read_json

_FILE = "arm_bodies.json"


@dataclass(frozen=True)
class ArmObject:
    """How one class of the SDK becomes a JSON object.

    `places` says of a property (by the provider's name) where its value lies: `("properties", "networkAcls")`. What is
    in no place lies at the top under its own name. `sets` are lists of texts that ARM takes as a map from each text to
    an empty object, as the ids of user-assigned identities. `lists` are sent as an empty list where the program leaves
    them out: each entry may be a resource of its own, and on an update the provider keeps those.
    """

    places: Mapping[str, tuple[str, ...]]
    sets: frozenset[str]
    lists: frozenset[str]


@dataclass(frozen=True)
class ArmBody:
    """The PUT of one type. Inputs that are in no place of `content` are parts of the id or of the query.

    `containers` are always sent, also with nothing in them.
    """

    api_version: str
    content: ArmObject
    containers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ArmBodies:
    """`resources` by type token (`azure-native:storage:StorageAccount`), `objects` by module and class
    (`storage:Encryption`); an object that is in no table is sent as it is. `sdk` is the release of
    pulumi-azure-native."""

    sdk: str
    resources: Mapping[str, ArmBody]
    objects: Mapping[str, ArmObject]


@cache
def arm_bodies() -> ArmBodies:
    """The table, read once. Raises `FactsError`."""
    table = _mapping(read_json(_FILE))
    return ArmBodies(
        sdk=_text(table.get("sdk")),
        resources={token: _body(_mapping(row)) for token, row in _mapping(table.get("resources")).items()},
        objects={name: _object(_mapping(row)) for name, row in _mapping(table.get("objects")).items()},
    )


def _body(row: Mapping[str, object]) -> ArmBody:
    return ArmBody(
        api_version=_text(row.get("apiVersion")),
        content=_object(row),
        containers=tuple(tuple(each.split(".")) for each in _text(row.get("containers", "")).split()),
    )


def _object(row: Mapping[str, object]) -> ArmObject:
    places: dict[str, tuple[str, ...]] = {}
    for container, names in _mapping(row.get("places", {})).items():
        around = tuple(container.split(".")) if container else ()
        for entry in _text(names).split():
            name, _, sent = entry.partition("=")
            places[name] = (*around, sent or name)
    return ArmObject(places, _names(row, "sets"), _names(row, "lists"))


def _names(row: Mapping[str, object], key: str) -> frozenset[str]:
    return frozenset(_text(row.get(key, "")).split())


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise FactsError(f"azure_facts/data/{_FILE} is damaged: {value!r} is no table; install again")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FactsError(f"azure_facts/data/{_FILE} is damaged: {value!r} is no text; install again")
    return value
