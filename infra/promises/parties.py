"""Who is promised something."""

from __future__ import annotations

from infra.access.databricks_table import DatabricksGroup
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
    """Everybody of a persona, for Azure. The environment has it."""
    return Party(
        PartyKind.PERSONA, str(key), _PLURALS[key], group=site.settings.access.personas[key].object_id
    )


def in_databricks(key: Persona, group: DatabricksGroup) -> Party:
    """The same people, as the workspace knows them."""
    return Party(PartyKind.GROUP, group.name, _PLURALS[key])


def identity(site: Site, purpose: str, name: str) -> Party:
    """A user-assigned identity of ours."""
    return Party(PartyKind.IDENTITY, site.identity(purpose), name)


def system(resource_id: str, name: str) -> Party:
    """The identity that a resource has of its own."""
    return Party(PartyKind.SYSTEM, resource_id, name)


def application(client_id: str, name: str) -> Party:
    """A service principal, as Databricks knows it."""
    return Party(PartyKind.APPLICATION, client_id, name)


def principal(object_id: str, name: str) -> Party:
    """Whoever has this object id, as Azure knows them: another environment's group, a person, an application."""
    return Party(PartyKind.GROUP, object_id, name)


def jobs_in_azure(site: Site) -> Party | None:
    """What Databricks' jobs run as, as Azure knows it; None where settings do not name it."""
    databricks = site.settings.databricks
    object_id = databricks.jobs_service_principal_object_id if databricks else None
    return principal(object_id, "Databricks jobs") if object_id else None


def jobs_in_databricks(site: Site) -> Party:
    """The same, as the workspace knows it."""
    databricks = site.settings.databricks
    client_id = databricks.jobs_service_principal_application_id if databricks else ""
    return application(client_id, "Databricks jobs")


def slug(key: str) -> str:
    """As a name of a promise has it."""
    return key.replace("_", "-")
