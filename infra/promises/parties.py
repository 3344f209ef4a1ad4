"""Who is promised something."""

from __future__ import annotations

import pulumi

from infra.access.databricks_table import databricks_groups
from infra.promises.promise import Party, PartyKind
from infra.promises.site import Site
from infra.settings.access import Persona

_PLURALS = {
    Persona.PLATFORM_ADMIN: "platform admins",
    Persona.ML_ENGINEER: "ML engineers",
    Persona.DATA_SCIENTIST: "data scientists",
    Persona.DATA_ENGINEER: "data engineers",
    Persona.ANALYST: "analysts",
    Persona.AUDITOR: "auditors",
    Persona.CI: "the release pipeline",
}


def persona(site: Site, key: Persona) -> Party:
    """Everybody of a persona. The environment has it."""
    given = site.settings.access.personas[key]
    group = databricks_groups(site.settings.access, site.settings.environment.kind, site.naming).get(key)
    return Party(
        PartyKind.PERSONA,
        str(key),
        _PLURALS[key],
        group=given.object_id,
        databricks=group.name if group else "",
    )


def identity(site: Site, purpose: str, name: str) -> Party:
    """A user-assigned identity of ours."""
    return Party(PartyKind.IDENTITY, site.identity(purpose), name)


def system(resource_id: str, name: str) -> Party:
    """The identity that a resource has of its own."""
    return Party(PartyKind.SYSTEM, resource_id, name)


def application(client_id: str, name: str, object_id: str = "") -> Party:
    """A service principal: Databricks knows it by its client id, Azure by its object id."""
    return Party(PartyKind.APPLICATION, client_id, name, object_id=object_id)


def principal(object_id: pulumi.Input[str], name: str) -> Party:
    """The holder of this object id: another environment's group, a person, an application."""
    return Party(PartyKind.GROUP, object_id, name)


def databricks_jobs(site: Site) -> Party:
    """What jobs run as."""
    databricks = site.settings.databricks
    if databricks is None:
        return application("", "Databricks jobs")
    return application(
        databricks.jobs_service_principal_application_id,
        "Databricks jobs",
        databricks.jobs_service_principal_object_id or "",
    )


def program(site: Site, key: str) -> Party:
    """A program outside the platform, by its key in settings."""
    given = site.settings.access.workload_applications.get(key)
    if given is None:
        return identity(site, key, f"the program {key}")
    return application(given.application_id, f"the program {key}", given.object_id)


def slug(key: str) -> str:
    """As a name of a promise has it."""
    return key.replace("_", "-")
