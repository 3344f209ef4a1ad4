"""How role assignments are named and merged.

Does not own the built-in roles (`azure_facts.roles`), nor our own (`infra.conventions.custom_roles`): a grant takes the
GUID of such a one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from azure_facts.guids import is_guid
from azure_facts.roles import Role, built_in_role

# Any fixed GUID will do; it must never change, because every role assignment's name follows from it.
_ASSIGNMENT_NAMESPACE = uuid.UUID("5f2a7f0e-6d0b-4c7e-9a5d-3f6f0c1f7b52")


class RoleError(ValueError):
    """A grant names no role or lacks a piece; the text says what would be right."""


@dataclass(frozen=True)
class Grant:
    """One row of access: who may do what where, and why.

    `principal_key` is what identifies the principal before it exists: an identity's ARM id, or the object id
    of a group, user or service principal from the settings. `role` is a built-in role or the GUID of a custom
    one.
    """

    scope_id: str
    principal_key: str
    role: Role | str
    reason: str


def role_guid(role: Role | str) -> str:
    """The GUID of a built-in role, or the given GUID of a custom one, in lower case."""
    if isinstance(role, Role):
        return built_in_role(role).guid
    if not is_guid(role):
        raise RoleError(f"role {role!r} is neither a member of Role nor the GUID of a custom role definition")
    return role.lower()


def role_assignment_name(scope_id: str, principal_key: str, role_guid: str) -> str:
    """The GUID that names the assignment of a role: the same for the same three ids, in whatever case.

    ARM refuses to change the role of an existing assignment (RoleAssignmentUpdateNotPermitted) and to repeat
    one under another name (RoleAssignmentExists). A name made of all three changes exactly when the
    assignment does.
    """
    if not scope_id or not principal_key:
        raise RoleError(
            f"a role assignment needs a scope and a principal: got {scope_id!r} and {principal_key!r}"
        )
    if not is_guid(role_guid):
        raise RoleError(f"role {role_guid!r} is not a role definition's GUID")
    key = "|".join((scope_id.rstrip("/"), principal_key.rstrip("/"), role_guid)).lower()
    return str(uuid.uuid5(_ASSIGNMENT_NAMESPACE, key))


def merge_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Rows with one scope, principal and role become one row with their reasons joined, in the order they
    first came.

    Two personas that are one group would otherwise send one role assignment twice, under the same name.
    """
    merged: dict[str, Grant] = {}
    for grant in grants:
        name = role_assignment_name(grant.scope_id, grant.principal_key, role_guid(grant.role))
        earlier = merged.get(name)
        if earlier is None:
            merged[name] = grant
        elif grant.reason not in earlier.reason.split("; "):
            reason = "; ".join(text for text in (earlier.reason, grant.reason) if text)
            merged[name] = Grant(earlier.scope_id, earlier.principal_key, earlier.role, reason)
    return tuple(merged.values())
