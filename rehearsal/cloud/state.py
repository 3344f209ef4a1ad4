"""The resources in the simulated subscription, those that a preview announced, and the operations on them.

Pure bookkeeping: every operation either takes place or returns the `Finding` with which the service refuses it, and
then nothing has changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from azure_facts.arm_id_parsing import extended_by, is_arm_id, levels, resource_group_of
from rehearsal.cloud.catalogue.databricks import PATCHES
from rehearsal.cloud.catalogue.deletions import (
    HELD_WHILE_USED,
    LOCK_SOURCE,
    LOCK_TYPES,
    NESTED_FIRST,
    SOFT_DELETES,
)
from rehearsal.cloud.catalogue.references import EXISTS_BY_ITSELF
from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.cloud.change import Change, ResourceRecord, plan_change
from rehearsal.cloud.databricks_values import workspace_values
from rehearsal.cloud.injected_subnets import injected_subnets
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.finding import Finding
from rehearsal.model.paths import strings, walk
from rehearsal.model.subscription import SoftDeleted

_DATABRICKS_WORKSPACE = "azure-native:databricks:Workspace"

_NOT_FOUND = "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-not-found"
_PROVIDER = "pulumi-azure-native 3.29.0: create reads the id first"


class Ledger(Protocol):
    """Who is told of every change of a state, so that it can be restored in another process."""

    def put(self, record: ResourceRecord) -> None:
        """The record exists now."""
        ...

    def gone(self, record: ResourceRecord) -> None:
        """The record is no more."""
        ...

    def held(self, name: SoftDeleted, until: datetime.date) -> None:
        """A service holds this name."""
        ...


@dataclass
class CloudState:
    """`soft_deleted` are the names that services still hold, each with its last day.

    Resource groups that this state never saw are taken to exist (they belong to somebody else), and so is what lies
    in them; what lies in one that it created must have been created too.
    """

    today: datetime.date
    soft_deleted: dict[SoftDeleted, datetime.date] = field(default_factory=dict)
    ledger: Ledger | None = None
    _resources: dict[str, ResourceRecord] = field(default_factory=dict)
    _announced: dict[str, ResourceRecord] = field(default_factory=dict)
    _locks: dict[str, ResourceRecord] = field(default_factory=dict)

    @property
    def resources(self) -> tuple[ResourceRecord, ...]:
        """The existing resources, in order of creation."""
        return tuple(self._resources.values())

    def read(self, resource_id: str, workspace: str = "") -> ResourceRecord | None:
        """The resource with this id, whatever its case; None where there is none."""
        return self._resources.get(_key(resource_id, workspace))

    def announce(self, record: ResourceRecord) -> None:
        """A preview would create or update it. It does not exist, but provider functions find it."""
        self._announced[_key(record.id, record.workspace)] = record

    def find(self, resource_id: str) -> ResourceRecord | None:
        """The Azure resource with this id that exists or was announced."""
        key = _key(resource_id, "")
        return self._resources.get(key) or self._announced.get(key)

    def known_of_type(self, resource_type: str) -> Iterator[ResourceRecord]:
        """The resources of a type that exist or were announced."""
        for record in {**self._announced, **self._resources}.values():
            if record.type == resource_type:
                yield record

    def create(self, record: ResourceRecord) -> Finding | None:
        """Creates it, unless it exists, its name is taken or held, its parent is missing, or a lock forbids it."""
        refusal = next(self._refused_creations(record), None)
        if refusal is None:
            self._keep(record)
        return refusal

    def update(self, record: ResourceRecord) -> tuple[Change, Finding | None]:
        """Updates the resource with the record's id, and says what change that was. A change that needs a replacement
        is left to the caller, who deletes and creates."""
        old = self.read(record.id, record.workspace)
        if old is None:
            return Change(ChangeKind.SAME), _missing(record.urn, record.id)
        change = plan_change(old, record)
        refusal = change.refusal or self._locked(record.urn, record.id, ("ReadOnly",))
        if change.kind is ChangeKind.REPLACE or refusal is not None:
            return change, refusal
        self._keep(record)
        return change, None

    def delete(self, resource_id: str, workspace: str = "") -> Finding | None:
        """Deletes it and what lies below it (a resource group's contents too), unless it is locked or in use. What is
        not there counts as deleted, as with the provider."""
        record = self.read(resource_id, workspace)
        if record is None:
            return None
        going = [record, *self._below(record)]
        refusal = next(self._refused_deletions(record, going), None)
        if refusal is not None:
            return refusal
        for gone in [*going, *self._in_workspaces(going)]:
            self.forget(gone.id, gone.workspace)
            if self.ledger is not None:
                self.ledger.gone(gone)
            self._hold_name(gone)
        return None

    def restore(self, record: ResourceRecord) -> None:
        """Puts back what stood in an earlier run, without asking whether it may."""
        self._put(record)

    def forget(self, resource_id: str, workspace: str = "") -> None:
        """Takes away what an earlier run deleted, without asking whether it may go and without holding its name."""
        self._resources.pop(_key(resource_id, workspace), None)
        self._announced.pop(_key(resource_id, workspace), None)
        self._locks.pop(_key(resource_id, workspace), None)

    def _refused_creations(self, record: ResourceRecord) -> Iterator[Finding]:
        existing = self.read(record.id, record.workspace)
        if existing is not None and record.type not in PATCHES:
            yield _refused(
                record,
                "STA001",
                f"cannot create already existing resource '{record.id}' ({existing.urn} made it); give it another "
                "name, or adopt it with import_",
                409,
                "Conflict",
                _PROVIDER,
            )
        yield from self._name_taken(record)
        yield from self._name_held(record)
        yield from self._parent_missing(record)
        locked = self._locked(record.urn, record.id, ("ReadOnly",))
        if locked is not None and record.type not in LOCK_TYPES:
            yield locked

    def _name_taken(self, record: ResourceRecord) -> Iterator[Finding]:
        unique = UNIQUE_NAMES.get(record.type)
        name = str(record.inputs.get(unique.property, "")).lower() if unique else ""
        if unique is None or not name:
            return
        for other in self._resources.values():
            theirs = UNIQUE_NAMES.get(other.type)
            if (
                theirs is not None
                and theirs.space == unique.space
                and str(other.inputs.get(theirs.property, "")).lower() == name
                and other.id.lower() != record.id.lower()
            ):
                message = (
                    f"the name '{name}' is taken by {other.urn}; names of this kind are unique {unique.scope}"
                )
                yield _refused(record, "STA002", message, 409, unique.code, unique.source, unique.property)

    def _name_held(self, record: ResourceRecord) -> Iterator[Finding]:
        rule = SOFT_DELETES.get(record.type)
        if rule is None:
            return
        name = record.id.rpartition("/")[2].lower()
        group = resource_group_of(record.id).rpartition("/")[2]
        for held, until in self.soft_deleted.items():
            if (
                held.arm_type == rule.arm_type
                and held.name.lower() == name
                and (not rule.scoped or held.resource_group.lower() == group)
                and self.today <= until
            ):
                message = f"a soft-deleted resource holds '{name}' until {until}; {rule.remedy}, or choose another name"
                yield _refused(record, "STA003", message, 409, rule.code, rule.source)

    def _parent_missing(self, record: ResourceRecord) -> Iterator[Finding]:
        if not is_arm_id(record.id):
            return
        for above in levels(record.id)[1:-1]:
            ours = self.read(resource_group_of(above)) is not None
            if ours and self.read(above) is None and not any(it.match(above) for it in EXISTS_BY_ITSELF):
                yield _missing(record.urn, above)

    def _refused_deletions(self, record: ResourceRecord, going: list[ResourceRecord]) -> Iterator[Finding]:
        ids = {gone.id.lower() for gone in going}
        if record.type not in LOCK_TYPES:
            for gone in going:
                # A lock below a group or account protects it from going with them; it is not deleted itself.
                locked = self._locked(record.urn, gone.id, ("CanNotDelete", "ReadOnly"))
                if locked is not None:
                    yield locked
        nested = NESTED_FIRST.get(record.type)
        if nested is not None:
            for child in going[1:]:
                if child.type in nested.children:
                    message = f"{child.urn} still exists below it; delete that first"
                    yield _refused(record, "STA006", message, nested.status, nested.code, nested.source)
        for gone in going:
            held = HELD_WHILE_USED.get(gone.type)
            user = self._user_of(gone, ids) if held is not None else None
            if held is not None and user is not None:
                message = f"{user.urn} still uses {gone.id}; delete that first"
                yield _refused(record, "STA005", message, held.status, held.code, held.source)

    def _user_of(self, record: ResourceRecord, going: set[str]) -> ResourceRecord | None:
        used = record.id.lower()
        for other in self._resources.values():
            if other.id.lower() in going:
                continue
            named = [text for _, text, _ in strings(dict(other.inputs))]
            named += [subnet for _, subnet in injected_subnets(other.type, other.inputs)]
            if any(text.lower() == used or text.lower().startswith(f"{used}/") for text in named):
                return other
        return None

    def _locked(self, urn: str, resource_id: str, kinds: tuple[str, ...]) -> Finding | None:
        here = resource_id.lower()
        for lock in self._locks.values():
            scope = extended_by(lock.id).lower()
            if (
                lock.id.lower() != here
                and (here == scope or here.startswith(f"{scope}/"))
                and walk(lock.inputs, "level") in kinds
            ):
                return Finding(
                    urn=urn,
                    rule="STA004",
                    path="",
                    message=f"the lock {lock.urn} at {scope} is inherited by {resource_id}; delete the lock first",
                    status=409,
                    code="ScopeLocked",
                    source=LOCK_SOURCE,
                )
        return None

    def _keep(self, record: ResourceRecord) -> None:
        self._put(record)
        if self.ledger is not None:
            self.ledger.put(record)

    def _put(self, record: ResourceRecord) -> None:
        self._resources[_key(record.id, record.workspace)] = record
        if record.type in LOCK_TYPES:
            self._locks[_key(record.id, record.workspace)] = record

    def _below(self, record: ResourceRecord) -> list[ResourceRecord]:
        start = _key(f"{record.id}/", record.workspace)
        return [below for key, below in self._resources.items() if key.startswith(start)]

    def _in_workspaces(self, going: list[ResourceRecord]) -> list[ResourceRecord]:
        """What lives in a Databricks workspace goes with it."""
        hosts = {
            str(workspace_values(gone.id)["workspaceHost"])
            for gone in going
            if gone.type == _DATABRICKS_WORKSPACE
        }
        return [record for record in self._resources.values() if record.workspace.partition("|")[0] in hosts]

    def _hold_name(self, gone: ResourceRecord) -> None:
        rule = SOFT_DELETES.get(gone.type)
        if rule is None:
            return
        stated = walk(gone.inputs, rule.days_path) if rule.days_path else None
        days = stated if isinstance(stated, int) else rule.days
        name, group = gone.id.rpartition("/")[2], resource_group_of(gone.id).rpartition("/")[2]
        held = SoftDeleted(rule.arm_type, name, group if rule.scoped else "")
        until = self.today + datetime.timedelta(days=days)
        self.soft_deleted[held] = until
        if self.ledger is not None:
            self.ledger.held(held, until)


def _key(resource_id: str, workspace: str) -> str:
    return f"{workspace}|{resource_id}".lower()


def _refused(
    record: ResourceRecord, rule: str, message: str, status: int, code: str, source: str, path: str = ""
) -> Finding:
    return Finding(
        urn=record.urn, rule=rule, path=path, message=message, status=status, code=code, source=source
    )


def _missing(urn: str, resource_id: str) -> Finding:
    group = resource_id.rpartition("/")[0].lower().endswith("/resourcegroups")
    return Finding(
        urn=urn,
        rule="STA007",
        path="",
        message=f"{resource_id} does not exist; create it first",
        status=404,
        code="ResourceGroupNotFound" if group else "ParentResourceNotFound",
        source=_NOT_FOUND,
    )
