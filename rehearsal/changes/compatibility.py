"""What a release must not change for somebody who deployed the last one: URNs, ids, names and immutable properties.

A URN that goes without an alias is deleted and created by the engine. An id, name or immutable property that changes is
a replacement, or a refusal. Everything else is an update, and no concern of this module.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rehearsal.changes.aliases import earlier_urns
from rehearsal.cloud.catalogue.immutables import IMMUTABLE_PROPERTIES
from rehearsal.cloud.change import replacing_paths
from rehearsal.model.inventory import Inventory, InventoryResource
from rehearsal.model.json_reader import JsonReader
from rehearsal.model.paths import walk
from rehearsal.model.values import MASK, UNKNOWN_TEXT

_NAMES = ("name", "displayName", "clusterName", "instancePoolName", "path", "userName", "groupName")
"""Inputs that people and other programs know a resource by, beside its id."""

_ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
"""Its id's GUID is chosen by who declares it, and a change of principal or role under one GUID is refused: a rule's
concern (docs/service-rules.md), and in a baseline half of all lines."""

_LONGEST = 60
"""Characters of a value that a baseline keeps; of a longer one it keeps a digest."""

_DIGEST = 12


@dataclass(frozen=True)
class Identity:
    """What a resource is known by. `keeps` are its name and immutable properties as JSON texts, without those that its
    id says already."""

    id: str = ""
    keeps: Mapping[str, str] = field(default_factory=dict)


Identities = Mapping[str, Identity]
"""By URN without stack and project: `type$type::name`."""


@dataclass(frozen=True, order=True)
class Break:
    """One thing that a release changes and should not. `what` is `urn`, `id` or a property path; `after` is empty for
    what is gone."""

    resource: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.what == "urn":
            return f"{self.resource}: its URN is gone; give the resource an alias, or document a migration"
        return (
            f"{self.resource}: {self.what} was {self.before} and is {self.after or 'gone'}; keep it, or document a "
            "migration"
        )


def identities(inventory: Inventory) -> Identities:
    """Of everything that an inventory deploys."""
    return {_short(item.urn): _identity(item) for item in inventory.resources if item.is_deployed}


def breaks(baseline: Identities, inventory: Inventory) -> tuple[Break, ...]:
    """What the inventory changes of the baseline. A resource under an alias is compared like one under its own URN."""
    resources = {item.urn: item for item in inventory.resources}
    now = {_short(urn): item for urn, item in resources.items()}
    aliased = {_short(alias): resources[urn] for alias, urn in earlier_urns(resources).items()}
    found: list[Break] = []
    for urn, before in baseline.items():
        item = now.get(urn) or aliased.get(urn)
        if item is None:
            found.append(Break(urn, "urn", urn, ""))
        else:
            found += _differences(urn, before, _identity(item))
    return tuple(sorted(found))


def to_document(identities: Identities) -> Mapping[str, object]:
    """As plain data, sorted; what is empty is left out."""
    return {
        urn: {**({"id": one.id} if one.id else {}), **({"keeps": dict(one.keeps)} if one.keeps else {})}
        for urn, one in sorted(identities.items())
    }


def from_document(document: JsonReader) -> Identities:
    """The inverse of `to_document`. Raises `WrongJsonError` for something else."""
    found: dict[str, Identity] = {}
    for urn in document.values:
        item = document.reader(urn)
        found[urn] = Identity(item.text("id", ""), item.map_of_texts("keeps"))
    return found


def _short(urn: str) -> str:
    return urn.split("::", 2)[2]


def _differences(urn: str, before: Identity, after: Identity) -> Iterator[Break]:
    if before.id != after.id:
        yield Break(urn, "id", before.id, after.id)
        return
    for path, value in before.keeps.items():
        if after.keeps.get(path) != value:
            yield Break(urn, path, value, after.keeps.get(path, ""))


def _identity(item: InventoryResource) -> Identity:
    # Ids of other services are made up at every deployment.
    arm_id = item.id if item.id.startswith("/") else ""
    if item.type == _ROLE_ASSIGNMENT and arm_id:
        return Identity(arm_id)
    keeps = {
        path: _kept(value)
        for path in sorted({*_NAMES, *_immutable_paths(item)})
        if (value := walk(item.inputs, path)) is not None and _is_known(value) and not _says(arm_id, value)
    }
    return Identity(arm_id, keeps)


def _immutable_paths(item: InventoryResource) -> Iterable[str]:
    """Without patterns for every element of a list: those are compared by the change report."""
    declared = (path for one in IMMUTABLE_PROPERTIES.get(item.type, ()) if not one.when for path in one.paths)
    for path in (*replacing_paths(item.type), *declared, *item.options.replace_on_changes):
        if "*" not in path:
            yield path


def _is_known(value: object) -> bool:
    text = json.dumps(value, default=str)
    return UNKNOWN_TEXT not in text and MASK not in text


def _says(arm_id: str, value: object) -> bool:
    """Whether the id holds the value: a name, a resource group, a scope."""
    if not isinstance(value, str) or not value:
        return False
    return value.lower() in arm_id.lower().split("/") or arm_id.lower().startswith(f"{value.lower()}/")


def _kept(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if len(text) <= _LONGEST:
        return text
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]}"
