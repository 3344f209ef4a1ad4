"""Creations of which a killed engine never heard the end.

The state holds them as pending operations without an id. `pulumi refresh --import-pending-creates` makes `importing`
operations of them, which nothing in the engine reads, and drops them: the next `up` meets "cannot create already
existing resource" (seen with the CLI 3.276). What heals is the state itself: the resource with its id among the others,
imported and refreshed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pulumi.automation import Deployment, Stack

from rehearsal.engine.command import EngineCommand
from rehearsal.engine.folders import EngineFolders
from rehearsal.model.errors import RehearsalError
from rehearsal.provider.service import Services

State = Mapping[str, object]
"""The `deployment` of an exported state."""


def resolve_pending(
    stack: Stack, command: EngineCommand, folders: EngineFolders, services: Services
) -> list[str]:
    """Does what a person does after a crash, who looks into the cloud first: what was created is taken into the state
    under its id, the rest is forgotten. Says what it did.

    Raises `RehearsalError` where the state does not have it afterwards, `CommandError`.
    """
    exported = stack.export_stack()
    state = exported.deployment or {}
    pending = pending_creations(state)
    if not pending:
        return []
    known = state_ids(state)
    standing = {record.urn: record.id for record in services.standing if record.id.lower() not in known}
    found = {urn: standing[urn] for urn in pending if urn in standing}
    stack.import_stack(Deployment(version=exported.version, deployment=with_created(state, found)))
    command.run(["refresh", "--yes", "--skip-preview", "--stack", folders.stack], str(folders.work), {})
    after = stack.export_stack().deployment or {}
    lost = [urn for urn, resource_id in found.items() if resource_id.lower() not in state_ids(after)]
    if lost or pending_creations(after):
        urns = ", ".join(lost or pending)
        raise RehearsalError(f"{folders.state} did not take in what a killed engine had created: {urns}")
    return [
        *(f"took into the state what a killed engine had created: {urn}" for urn in found),
        *(f"forgot what a killed engine had not created: {urn}" for urn in pending if urn not in found),
    ]


def with_created(state: State, created: Mapping[str, str]) -> dict[str, object]:
    """The state with these pending creations (URN to id) among its resources, and without any pending creation.

    One whose old half still exists, in a replacement that creates first, leaves that for the engine to delete.
    """
    resources = list(_objects(state.get("resources")))
    kept: list[Mapping[str, object]] = []
    for operation in _objects(state.get("pending_operations")):
        resource = operation.get("resource")
        if operation.get("type") != "creating" or not isinstance(resource, Mapping):
            kept.append(operation)
            continue
        urn = str(resource.get("urn", ""))
        if urn in created:
            resources = [{**one, "delete": True} if one.get("urn") == urn else one for one in resources]
            resources.append({**resource, "id": created[urn], "outputs": {}})
    return {**state, "resources": resources, "pending_operations": kept}


def pending_creations(state: State) -> list[str]:
    """The URNs that an exported state holds as being created."""
    found: list[str] = []
    for operation in _objects(state.get("pending_operations")):
        resource = operation.get("resource")
        if operation.get("type") == "creating" and isinstance(resource, Mapping):
            found.append(str(resource.get("urn", "")))
    return found


def pending_notes(state: State) -> list[str]:
    """What a preview says of them."""
    return [
        f"a killed engine was creating {urn}: the next up takes it into the state if it exists, else forgets it"
        for urn in pending_creations(state)
    ]


def state_ids(state: State) -> frozenset[str]:
    """The ids in an exported state, in lower case."""
    return frozenset(str(resource.get("id", "")).lower() for resource in _objects(state.get("resources")))


def protected_resources(state: State) -> list[str]:
    """The URNs that the engine will not delete."""
    return [str(one.get("urn", "")) for one in _objects(state.get("resources")) if one.get("protect") is True]


def _objects(values: object) -> Iterable[Mapping[str, object]]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        return []
    return [value for value in values if isinstance(value, Mapping)]
