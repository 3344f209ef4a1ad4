"""Objects of Databricks, as promises name them: `databricks:<kind>/<name>@<workspace's ARM id>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rehearsal.model.resource import Resource
from rehearsal.model.world import World

PREFIX = "databricks:"
WORKSPACE = "workspace"
_FORM = re.compile(r"databricks:([a-z-]+)/([^@]*)@(/.+)")


class ObjectError(ValueError):
    """A text names no object of Databricks; the message says what would be right."""


@dataclass(frozen=True)
class DatabricksObject:
    """`name` is the one that users see: `lake.curated` of a schema, the path of a directory, empty of a workspace."""

    kind: str
    name: str
    workspace: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" if self.name else f"the {self.kind}"


def parse_object(text: str) -> DatabricksObject:
    """The object that a text names. Raises `ObjectError`."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ObjectError(f"{text!r} is no object; give databricks:<kind>/<name>@<ARM id of the workspace>")
    kind, name, workspace = match.groups()
    if kind not in KINDS:
        raise ObjectError(f"there is no kind {kind}; the kinds are {', '.join(KINDS)}")
    if not name and kind != WORKSPACE:
        raise ObjectError(f"{text!r} names no {kind}")
    return DatabricksObject(kind, name, workspace)


@dataclass(frozen=True)
class _Kind:
    """`types` declare it, `name` reads the name that users see. `inside` others: jobs make it in a schema, or it lies
    in a folder, that the program declares."""

    types: tuple[str, ...]
    name: Callable[[Resource], str]
    inside: str = ""


def _named(*keys: str) -> Callable[[Resource], str]:
    """The first of the inputs that holds a text."""

    def name(resource: Resource) -> str:
        return next((found for key in keys if (found := resource.text(key))), resource.name)

    return name


def _dotted(*keys: str) -> Callable[[Resource], str]:
    """The names of what it lies in, and its own."""

    def name(resource: Resource) -> str:
        return ".".join(resource.text(key) for key in keys)

    return name


def _type(name: str) -> str:
    return f"databricks:index/{name[0].lower()}{name[1:]}:{name}"


_IN_SCHEMA = ("catalogName", "schemaName", "name")

KINDS: Mapping[str, _Kind] = {
    WORKSPACE: _Kind((), _named("name")),
    "catalog": _Kind((_type("Catalog"),), _named("name")),
    "schema": _Kind((_type("Schema"),), _dotted("catalogName", "name")),
    "table": _Kind((_type("SqlTable"),), _dotted(*_IN_SCHEMA), "schema"),
    "volume": _Kind((_type("Volume"),), _dotted(*_IN_SCHEMA)),
    "model": _Kind((_type("RegisteredModel"),), _dotted(*_IN_SCHEMA), "schema"),
    "external-location": _Kind((_type("ExternalLocation"),), _named("name")),
    "cluster-policy": _Kind((_type("ClusterPolicy"),), _named("name")),
    "cluster": _Kind((_type("Cluster"),), _named("clusterName")),
    "pool": _Kind((_type("InstancePool"),), _named("instancePoolName")),
    "job": _Kind((_type("Job"),), _named("name")),
    "warehouse": _Kind((_type("SqlEndpoint"),), _named("name")),
    "secret-scope": _Kind((_type("SecretScope"),), _named("name")),
    "experiment": _Kind((_type("MlflowExperiment"),), _named("name"), "directory"),
    "directory": _Kind((_type("Directory"), _type("Repo")), _named("path"), "directory"),
    "service-principal": _Kind((_type("ServicePrincipal"),), _named("applicationId")),
    "serving-endpoint": _Kind((_type("ModelServing"),), _named("name")),
}
"""In the order in which messages list them."""


def objects_of(world: World, kind: str) -> Mapping[str, tuple[Resource, ...]]:
    """The declared objects of a kind by the name that users see; workspaces may have several of one name."""
    known = KINDS[kind]
    found: dict[str, list[Resource]] = {}
    for resource in world.of_types(known.types):
        found.setdefault(known.name(resource), []).append(resource)
    return {name: tuple(resources) for name, resources in found.items()}


def names_above(name: str) -> Iterable[tuple[str, str]]:
    """What an object lies in, the nearest first: the schema and catalog of a table, the folders of a path."""
    if "." in name and not name.startswith("/"):
        parent = name.rpartition(".")[0]
        above = "schema" if "." in parent else "catalog"
        yield above, parent
        yield from names_above(parent)
    elif name.startswith("/"):
        parent = name.rpartition("/")[0]
        if parent:
            yield "directory", parent
            yield from names_above(parent)


def is_declared(world: World, named: DatabricksObject) -> bool:
    """Whether the program declares the object, or what it is made in at run time."""
    if named.kind == WORKSPACE or named.name in objects_of(world, named.kind):
        return True
    inside = KINDS[named.kind].inside
    return any(kind == inside and name in objects_of(world, kind) for kind, name in names_above(named.name))
