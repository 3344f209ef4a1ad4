"""Creations of which a killed engine never heard the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulumi.automation import Stack

from rehearsal.engine.command import EngineCommand
from rehearsal.engine.folders import EngineFolders
from rehearsal.provider.service import Services


def resolve_pending(
    stack: Stack, command: EngineCommand, folders: EngineFolders, services: Services
) -> list[str]:
    """Does what a person does after a crash, who looks into the cloud first: what was created is taken into the state
    under its id, the rest is forgotten (`pulumi refresh --import-pending-creates … --clear-pending-creates`). Says
    what it did.
    """
    pending = pending_creations(stack.export_stack().deployment or {})
    if not pending:
        return []
    standing = {record.urn: record.id for record in services.standing}
    found = {urn: standing[urn] for urn in pending if urn in standing}
    arguments = ["refresh", "--yes", "--skip-preview", "--stack", folders.stack, "--clear-pending-creates"]
    for urn, resource_id in found.items():
        # An array whose elements are URN and id in turn (pulumi pkg/cmd/pulumi/operations `pendingCreatesToImports`).
        arguments += ["--import-pending-creates", urn, "--import-pending-creates", resource_id]
    command.run(arguments, str(folders.work), {})
    return [
        *(f"took into the state what a killed engine had created: {urn}" for urn in found),
        *(f"forgot what a killed engine had not created: {urn}" for urn in pending if urn not in found),
    ]


def pending_creations(deployment: Mapping[str, object]) -> list[str]:
    """The URNs that an exported state holds as being created."""
    operations = deployment.get("pending_operations")
    if not isinstance(operations, Sequence):
        return []
    found: list[str] = []
    for operation in operations:
        if isinstance(operation, Mapping) and operation.get("type") == "creating":
            resource = operation.get("resource")
            if isinstance(resource, Mapping):
                found.append(str(resource.get("urn", "")))
    return found
