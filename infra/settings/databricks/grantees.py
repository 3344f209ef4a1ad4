"""Whom Databricks' settings give something to: personas, each by the group that access.personas names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from azure_facts.databricks_permissions import PermissionObject
from infra.access.databricks_table import DATABRICKS_TABLE
from infra.settings.access import Access, Persona, PersonaPrincipal
from infra.settings.base import Problem
from infra.settings.databricks.permissions import grantee_problems, permission_problems
from infra.settings.databricks.workspace import Databricks
from infra.settings.environment import EnvironmentKind

PRODUCTION_FOLDER = "production_folder_permissions"


def problems(settings: Databricks, access: Access, kind: EnvironmentKind) -> Iterator[Problem]:
    """Levels and privileges that do not exist, and grants without a receiver or with one receiver twice.

    Paths are those of the whole stack file.
    """
    personas = access.personas
    found = [
        *_objects(settings, personas, kind),
        *permission_problems(
            PermissionObject.GIT_FOLDER, PRODUCTION_FOLDER, settings.production_folder_permissions, personas
        ),
        *_cannot_open(PRODUCTION_FOLDER, settings.production_folder_permissions, kind),
        *grantee_problems("workspace_local_groups", settings.workspace_local_groups, personas),
    ]
    for key, scope in settings.secret_scopes.items():
        path = f"secret_scopes.{key}.readers"
        found += grantee_problems(path, scope.readers, personas)
        found += _cannot_open(path, scope.readers, kind)
    if settings.unity_catalog:
        for problem in settings.unity_catalog.grant_problems(personas, settings.workspace_local_groups):
            found.append(Problem(f"unity_catalog.{problem.path}", problem.message))
    yield from (Problem(f"databricks.{problem.path}", problem.message) for problem in found)
    yield from _one_group_has_one_name(personas)
    for persona, principal in personas.items():
        if settings.owner_group and principal.databricks_group == settings.owner_group:
            yield Problem(
                "databricks.owner_group",
                f"is access.personas.{persona}'s group, whose rights the pipeline would have, and the other way round; "
                "give the group of all who deploy, with that one inside it",
            )


def _objects(
    settings: Databricks, personas: Mapping[Persona, PersonaPrincipal], kind: EnvironmentKind
) -> Iterator[Problem]:
    """Objects with permissions; the second column says whether they are seen in the workspace only."""
    for name, in_workspace, area, objects in (
        (PermissionObject.POOL, True, "pools", settings.pools),
        (PermissionObject.CLUSTER, True, "clusters", settings.clusters),
        (PermissionObject.GIT_FOLDER, True, "git_folders", settings.git_folders),
        (PermissionObject.JOB, True, "jobs", settings.jobs),
        (PermissionObject.SQL_WAREHOUSE, False, "sql_warehouses", settings.sql_warehouses),
        (PermissionObject.EXPERIMENT, True, "experiments", settings.experiments),
        (PermissionObject.SERVING_ENDPOINT, False, "serving_endpoints", settings.serving_endpoints),
    ):
        for key, item in objects.items():
            path = f"{area}.{key}.permissions"
            yield from permission_problems(name, path, item.permissions, personas)
            if in_workspace:
                yield from _cannot_open(path, item.permissions, kind)


def _cannot_open(path: str, named: Iterable[Persona], kind: EnvironmentKind) -> Iterator[Problem]:
    """A permission on what the persona cannot open has no effect, and looks like one."""
    for persona in named:
        if not DATABRICKS_TABLE[persona, kind].workspace_access:
            yield Problem(
                f"{path}.{persona}",
                f"may not open the workspace in {kind} environments (infra/access/databricks_table.py); leave it out",
            )


def _one_group_has_one_name(personas: Mapping[Persona, PersonaPrincipal]) -> Iterator[Problem]:
    """Databricks knows a group by its display name, and a left-out one is made of the persona's."""
    first: dict[str, tuple[Persona, PersonaPrincipal]] = {}
    for persona in Persona:
        principal = personas.get(persona)
        if principal is None:
            continue
        other, same = first.setdefault(principal.object_id, (persona, principal))
        if other != persona and (
            principal.databricks_group is None or principal.databricks_group != same.databricks_group
        ):
            yield Problem(
                f"access.personas.{persona}.databricks_group",
                f"differs from {other}'s, and they are one Entra group; give both its display name "
                f"(az ad group show --group {principal.object_id} --query displayName)",
            )
