"""Who may do what, where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class AccessGrant:
    """One role assignment, or one line of a service's own list. Sorts by principal, then scope, then role.

    `principal` is the name of an identity of this program, else an object id or a group's name; `principal_type` is
    Azure's own word (Group, ServicePrincipal, User), empty where the program leaves it out. `scope` is
    `<short type> <name>`. `role` is a role's name, or a permission in the service's own words.
    """

    principal: str
    principal_type: str
    scope: str
    role: str
    description: str
    condition: str
    urn: str
