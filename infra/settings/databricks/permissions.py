"""Who may do what with an object: one level for each persona, of the levels that the object has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from infra.settings.access import Persona, PersonaPrincipal, PrincipalType
from infra.settings.base import Problem

Permissions = dict[Persona, str]
"""Persona to permission level. A mapping, because a second, lower level for one principal drifts for ever."""

LEVELS: Mapping[str, tuple[str, ...]] = {
    "cluster": ("CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE"),
    "pool": ("CAN_ATTACH_TO", "CAN_MANAGE"),
    "job": ("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE"),
    "git folder": ("CAN_READ", "CAN_RUN"),
    "experiment": ("CAN_READ", "CAN_EDIT", "CAN_MANAGE"),
    "SQL warehouse": ("CAN_USE", "CAN_MONITOR", "CAN_VIEW", "CAN_MANAGE"),
    "serving endpoint": ("CAN_VIEW", "CAN_QUERY", "CAN_MANAGE"),
}
"""Object to levels (terraform-provider-databricks docs/resources/permissions.md). Left out on purpose: owners,
which the deployer is, and changing a production git folder, which only CI may."""


def permission_problems(
    kind: str, path: str, permissions: Permissions, personas: Mapping[Persona, PersonaPrincipal]
) -> Iterator[Problem]:
    """Levels that the object does not have, personas without a group, and two grants for one group."""
    for persona, level in permissions.items():
        if level not in LEVELS[kind]:
            yield Problem(
                f"{path}.{persona}",
                f"'{level}' is no level of a {kind}; give one of {', '.join(LEVELS[kind])}",
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
