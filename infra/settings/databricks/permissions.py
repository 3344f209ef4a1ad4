"""Who may do what with an object: one level for each persona, of the levels that the object has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from azure_facts.databricks_permissions import PERMISSION_LEVELS, PermissionObject
from infra.settings.access import Persona, PersonaPrincipal, PrincipalType
from infra.settings.base import Problem

Permissions = dict[Persona, str]
"""Persona to permission level. A mapping, because a second, lower level for one principal drifts for ever."""

_OWNER = "IS_OWNER"
_CHANGING_A_GIT_FOLDER = ("CAN_EDIT", "CAN_MANAGE")


def grantable_levels(kind: PermissionObject) -> tuple[str, ...]:
    """The levels that a persona may have on an object: never that of its owner, who is the deployer, and on a git
    folder none that changes it, which only CI may."""
    left_out = (_OWNER, *(_CHANGING_A_GIT_FOLDER if kind is PermissionObject.GIT_FOLDER else ()))
    return tuple(level for level in PERMISSION_LEVELS[kind].levels if level not in left_out)


def permission_problems(
    kind: PermissionObject, path: str, permissions: Permissions, personas: Mapping[Persona, PersonaPrincipal]
) -> Iterator[Problem]:
    """Levels that the object does not have, personas without a group, and two grants for one group."""
    for persona, level in permissions.items():
        if level not in grantable_levels(kind):
            yield Problem(
                f"{path}.{persona}",
                f"'{level}' is not a level of a {kind}; give one of {', '.join(grantable_levels(kind))}",
            )
    yield from grantee_problems(path, list(permissions), personas)


def grantee_problems(
    path: str, named: list[Persona], personas: Mapping[Persona, PersonaPrincipal]
) -> Iterator[Problem]:
    """Personas without a group, and one group twice on one object."""
    groups = {
        persona: principal.object_id
        for persona, principal in personas.items()
        if principal.principal_type is PrincipalType.GROUP
    }
    for persona in named:
        if persona not in groups:
            have = ", ".join(sorted(groups)) or "none"
            yield Problem(
                f"{path}.{persona}", f"has no group; give it one in access.personas (there: {have})"
            )
    for group, count in Counter(groups[persona] for persona in named if persona in groups).items():
        if count > 1:
            both = sorted(persona for persona in named if groups.get(persona) == group)
            yield Problem(
                path, f"{', '.join(both)} are one group, {group}: two grants for one principal; keep one"
            )
