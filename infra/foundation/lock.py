"""Delete locks on what holds state."""

from __future__ import annotations

from pulumi_azure_native import authorization

from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind


def lock(owner: Component, part: str, target: Reference) -> None:
    """Stop everybody, owners included, from deleting `target` until the lock is gone (`recovery.locks`).

    Never on the resource group or the ML workspace: a lock is inherited, and below it no child, container or role
    assignment can be removed either (ScopeLocked), so `up` would fail. For the same reason a change that removes
    something below a locked resource is made in three steps: unlock, change, lock.
    """
    if not owner.context.recovery.locks:
        return
    authorization.ManagementLockByScope(
        f"lock-{part}",
        lock_name=owner.context.naming.name(ResourceKind.LOCK, part),
        scope=target.known_id,
        level=authorization.LockLevel.CAN_NOT_DELETE,
        notes="Holds state. Set recovery.locks to false and deploy before deleting anything here.",
        opts=owner.child(),
    )
