"""Whether the object ids of the stack file are those of groups, applications and people of the tenant.

A wrong one fails a deployment half-way (PrincipalNotFound), or lets somebody else in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from azure.core.exceptions import AzureError

from azure_facts.well_known_applications import AZURE_DATABRICKS
from infra.access.databricks_table import databricks_groups
from infra.live.session import GRAPH
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.access import PrincipalType
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

_KINDS = {
    "group": "az ad group show --group",
    "servicePrincipal": "az ad sp show --id",
    "user": "az ad user show --id",
}
_KIND_OF = {PrincipalType.GROUP: "group", PrincipalType.SERVICE_PRINCIPAL: "servicePrincipal"}


@dataclass(frozen=True)
class Principal:
    """An object id and its place in the settings; `name` is a group's, `application` a service principal's, where
    given."""

    key: str
    object_id: str
    kind: str
    name: str | None = None
    application: str | None = None

    @property
    def show(self) -> str:
        """The command that shows it."""
        return f"{_KINDS[self.kind]} {self.object_id}"


def named_principals(settings: PlatformSettings) -> Iterator[Principal]:
    """Every principal that the stack file names by its object id."""
    groups = databricks_groups(settings.access, settings.environment.kind, naming_of(settings))
    in_databricks = {
        persona: group.name for persona, group in groups.items() if settings.databricks is not None
    }
    for persona, given in settings.access.personas.items():
        kind = _KIND_OF[given.principal_type]
        yield Principal(f"access.personas.{persona}", given.object_id, kind, in_databricks.get(persona))
    for key, reader in settings.access.cross_environment_readers.items():
        kind = _KIND_OF[reader.principal_type]
        yield Principal(f"access.cross_environment_readers.{key}", reader.object_id, kind)
    if settings.ml:
        for key, instance in settings.ml.compute_instances.items():
            yield Principal(f"ml.compute_instances.{key}", instance.assigned_user_object_id, "user")
    if settings.databricks:
        jobs = settings.databricks.jobs_service_principal_object_id
        if jobs:
            application = settings.databricks.jobs_service_principal_application_id
            key = "databricks.jobs_service_principal_object_id"
            yield Principal(key, jobs, "servicePrincipal", application=application)
        databricks = settings.databricks.databricks_application_object_id
        if databricks:
            key = "databricks.databricks_application_object_id"
            yield Principal(key, databricks, "servicePrincipal", application=AZURE_DATABRICKS)


def principals(task: Task) -> Iterator[Finding]:
    """Each exists, is of its kind, and bears the name or the application id that the stack file gives it."""
    check, asked = "principals", list(named_principals(task.settings))
    ids = list(dict.fromkeys(one.object_id for one in asked))
    try:
        answer = task.azure.send(
            "POST",
            f"{task.azure.graph_url}/v1.0/directoryObjects/getByIds",
            f"{GRAPH}/.default",
            {"ids": ids, "types": ["group", "servicePrincipal", "user"]},
        )
        if answer.status_code != 200:
            raise AzureError(f"Microsoft Graph answers {answer.status_code}")
    except AzureError as error:
        why = " ".join(str(error.message).split())[:160]
        yield Finding(
            check,
            Verdict.NOTE,
            f"not looked at ({why}); run it as a person, who may read the directory, to check them",
            asked[0].show if asked else "",
        )
        return
    found = {str(one["id"]).lower(): one for one in answer.json()["value"]}
    problems = [(one, problem) for one in asked if (problem := _problem(one, found.get(one.object_id)))]
    for one, problem in problems:
        yield Finding(check, Verdict.FAILED, f"{one.key}: {one.object_id} {problem}", one.show)
    if not problems:
        yield Finding(check, Verdict.OK, f"{len(ids)} groups, applications and people are in the tenant")


def _problem(asked: Principal, found: Mapping[str, str] | None) -> str | None:
    if found is None:
        return "is not in the tenant"
    kind = str(found.get("@odata.type", "")).rpartition(".")[2]
    if kind != asked.kind:
        return f"is a {kind}, no {asked.kind}"
    if asked.name and found.get("displayName") != asked.name:
        return (
            f"is called {found.get('displayName')}, and Databricks is told {asked.name}; give the right "
            "databricks_group"
        )
    if asked.application and str(found.get("appId", "")).lower() != asked.application.lower():
        return f"belongs to the application {found.get('appId')}, not to {asked.application}"
    return None
