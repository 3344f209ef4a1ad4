"""What a change of a resource's inputs would do: the provider's decision, and the service's answer to it.

pulumi-azure-native replaces for the parts of a resource's id and for a short list of properties; everything else it
previews as an update, although the service may refuse it (pulumi-azure-native issue 577).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.databricks import PERMISSION_OBJECTS, SECURABLES
from rehearsal.cloud.catalogue.immutables import (
    IMMUTABLE_PROPERTIES,
    LOCATION_SOURCE,
    ONE_WAY,
    SOFT_DELETING,
    Immutable,
)
from rehearsal.cloud.catalogue.replacements import (
    AUTONAMED,
    AZURE_NATIVE_REPLACES,
    DATABRICKS_REPLACES,
    WHOLE_PROPERTIES,
)
from rehearsal.cloud.differences import changed_paths, matching
from rehearsal.cloud.templates import placeholders
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.finding import Finding
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.paths import walk
from rehearsal.model.resource import Options, Resource
from rehearsal.model.urns import package_of

_OBJECT_PROPERTIES = {
    "databricks:index/permissions:Permissions": tuple(PERMISSION_OBJECTS),
    "databricks:index/grants:Grants": tuple(SECURABLES),
    "databricks:index/grant:Grant": (*SECURABLES, "principal"),
}
"""What permissions and grants are on; another object is another resource."""

_ENGINE_SOURCE = "pulumi 3.260 pkg/resource/deploy"


@dataclass(frozen=True)
class ResourceRecord:
    """One side of a change: a resource as it is, or as the program wants it, with its options.

    `workspace` is the host of the Databricks workspace that it lives in and, after `|`, the type (ids of two workspaces
    or types may be equal), empty in Azure Resource Manager. `outputs` are what the service answered beyond the
    inputs; `made_by` is the identity that created it, where one was named.
    """

    urn: str
    type: str
    inputs: Mapping[str, object]
    id: str = ""
    workspace: str = ""
    outputs: Mapping[str, object] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    made_by: str = ""


@dataclass(frozen=True)
class Change:
    """`paths` are what differs, `replaces` those of them for which the provider (or `replace_on_changes`) replaces.

    `delete_before_replace`: the old one goes first, so its name must be free again at once. `refusal` is why the
    change would fail although the preview shows it.
    """

    kind: ChangeKind
    paths: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    delete_before_replace: bool = False
    refusal: Finding | None = field(default=None)


def record_of(resource: Resource | InventoryResource) -> ResourceRecord:
    """The record of a resource that a rehearsal registered."""
    return ResourceRecord(
        urn=resource.urn, type=resource.type, inputs=resource.inputs, id=resource.id, options=resource.options
    )


def plan_change(old: ResourceRecord, new: ResourceRecord) -> Change:
    """What changing `old` into `new` does. The options are those of `new`, as the engine takes them; protection
    refuses a replacement where both have it.

    Raises `ValueError` where the two are not the same resource.
    """
    if old.type != new.type:
        raise ValueError(
            f"{old.urn} is a {old.type}, {new.urn} a {new.type}: no change turns one into the other"
        )
    differing = changed_paths(old.inputs, new.inputs)
    ignored = set(matching(differing, new.options.ignore_changes))
    paths = tuple(path for path in differing if path not in ignored)
    if not paths:
        return Change(ChangeKind.SAME)
    replaces = _replaces(old, new, paths)
    if not replaces:
        return Change(ChangeKind.UPDATE, paths, refusal=next(_refused_updates(old, new, paths), None))
    first = _deletes_first(new)
    return Change(ChangeKind.REPLACE, paths, replaces, first, _refused_replacement(old, new, first))


def _replaces(old: ResourceRecord, new: ResourceRecord, paths: tuple[str, ...]) -> tuple[str, ...]:
    patterns = (*replacing_paths(new.type), *new.options.replace_on_changes)
    forced = {path for path in paths if matching((_reported(old, new, path),), patterns)}
    for path in list(forced):
        whole = path.partition(".")[0]
        if (new.type, whole) in WHOLE_PROPERTIES and old.inputs.get(whole) and new.inputs.get(whole):
            forced.discard(path)
    return tuple(path for path in paths if path in forced)


def _reported(old: ResourceRecord, new: ResourceRecord, path: str) -> str:
    """The path that the provider tells the engine: of an element that comes to a list or leaves it, the element alone
    (pulumi sdk/go/common/resource/plugin `NewDetailedDiffFromObjectDiff`), which no pattern below it means."""
    for match in re.finditer(r"\[\d+\]", path):
        element = path[: match.end()]
        if (walk(old.inputs, element) is None) != (walk(new.inputs, element) is None):
            return element
    return path


def replacing_paths(token: str) -> tuple[str, ...]:
    """The property paths for which the provider replaces a resource of this type."""
    if package_of(token) == "azure-native":
        known = CATALOGUE.get(token)
        in_id = placeholders(known.path) if known else ("resourceGroupName",)
        return (*(name for name in in_id if name != "subscriptionId"), *AZURE_NATIVE_REPLACES.get(token, ()))
    return (*DATABRICKS_REPLACES.get(token, ()), *_OBJECT_PROPERTIES.get(token, ()))


def _deletes_first(new: ResourceRecord) -> bool:
    """azure-native deletes first unless it made the name up itself; the Databricks bridge likewise, for its
    autonamed inputs."""
    if new.options.delete_before_replace is not None:
        return new.options.delete_before_replace
    if package_of(new.type) == "azure-native":
        known = CATALOGUE.get(new.type)
        return (
            known is None or known.default_names != {} or bool(new.inputs.get(placeholders(known.path)[-1]))
        )
    return any(new.inputs.get(name) for name in AUTONAMED)


def _refused_updates(old: ResourceRecord, new: ResourceRecord, paths: tuple[str, ...]) -> Iterator[Finding]:
    for immutable in IMMUTABLE_PROPERTIES.get(new.type, ()):
        if immutable.when is not None and walk(old.inputs, immutable.when[0]) != immutable.when[1]:
            continue
        for path in matching(paths, immutable.paths):
            # A property that a PUT omits stays as it is.
            if walk(new.inputs, path) is not None:
                yield _immutable(new, path, immutable)
    for switch in ONE_WAY.get(new.type, ()):
        step = (walk(old.inputs, switch.path), walk(new.inputs, switch.path))
        if step in switch.refused:
            yield Finding(
                urn=new.urn,
                rule="CHG002",
                path=switch.path,
                message=f"cannot go from {step[0]!r} to {step[1]!r}: it is one-way; keep it, or build a new one under "
                "another name",
                status=400,
                code="BadRequest",
                source=switch.source,
            )
    if "location" in paths and package_of(new.type) == "azure-native":
        yield Finding(
            urn=new.urn,
            rule="CHG001",
            path="location",
            message="a resource does not move to another region; give the one in the other region another name",
            status=409,
            code="InvalidResourceLocation",
            source=LOCATION_SOURCE,
        )


def _immutable(new: ResourceRecord, path: str, immutable: Immutable) -> Finding:
    return Finding(
        urn=new.urn,
        rule="CHG001",
        path=path,
        message="cannot be changed after creation, although the preview shows an update; keep it, or replace the "
        "resource (replace_on_changes, under another name where a deleted name stays blocked)",
        status=immutable.status,
        code=immutable.code,
        source=immutable.source,
    )


def _refused_replacement(old: ResourceRecord, new: ResourceRecord, deletes_first: bool) -> Finding | None:  # noqa: FBT001
    # The engine lets one step take the protection away and replace, so a resource that the program no longer protects
    # is replaced at once (step_generator.go `continueStepsFromDiff`). A deletion needs a step of its own before.
    if old.options.protect and new.options.protect:
        return Finding(
            urn=new.urn,
            rule="ENG003",
            path="protect",
            message="is protected, so it is not deleted for a replacement; take the protection away, which may be in "
            "the same step, or build the new one beside it under another name",
            source=_ENGINE_SOURCE,
        )
    held = SOFT_DELETING.get(new.type)
    known = CATALOGUE.get(new.type)
    if held is None or known is None or not deletes_first:
        return None
    same_id = all(
        str(old.inputs.get(name)).lower() == str(new.inputs.get(name)).lower()
        for name in placeholders(known.path)
    )
    if not same_id:
        return None
    return Finding(
        urn=new.urn,
        rule="CHG003",
        path="",
        message=f"is deleted and then cannot be created again: {held}; build the new one under another name",
        status=409,
        code="Conflict",
        source="learn.microsoft.com (soft delete of the service), pulumi-azure-native: a given name deletes first",
    )
