"""Personas inside Databricks: groups and entitlements."""

from __future__ import annotations

from infra.access.databricks_table import DATABRICKS_TABLE, Entitlements, databricks_groups
from infra.conventions.naming import Naming
from infra.settings.access import Access, Persona, PersonaPrincipal, PrincipalType
from infra.settings.environment import EnvironmentKind

NAMING = Naming(workload="forecast", environment="prod", location="westeurope", unique_seed="seed")
GROUP = "a0000000-0000-4000-8000-000000000001"
OTHER = "a0000000-0000-4000-8000-000000000002"
CI = "a0000000-0000-4000-8000-000000000003"


def test_the_table_decides_every_persona_in_every_kind() -> None:
    assert set(DATABRICKS_TABLE) == {(persona, kind) for persona in Persona for kind in EnvironmentKind}


def test_only_ci_creates_machines_in_prod() -> None:
    creators = {
        persona
        for (persona, kind), entitlements in DATABRICKS_TABLE.items()
        if kind is EnvironmentKind.PROD
        and (entitlements.allow_cluster_create or entitlements.allow_instance_pool_create)
    }
    assert creators == {Persona.CI}


def test_consumers_have_no_other_entitlement() -> None:
    """workspace_consume counts only where the others are off."""
    consumers = [entitlements for entitlements in DATABRICKS_TABLE.values() if entitlements.workspace_consume]
    assert set(consumers) == {Entitlements(workspace_consume=True)}


def test_a_group_is_called_as_settings_say_or_by_persona_and_environment() -> None:
    groups = databricks_groups(
        Access(
            personas={
                Persona.ANALYST: PersonaPrincipal(object_id=GROUP),
                Persona.DATA_SCIENTIST: PersonaPrincipal(object_id=OTHER, databricks_group="Data Science"),
                Persona.CI: PersonaPrincipal(object_id=CI, principal_type=PrincipalType.SERVICE_PRINCIPAL),
            }
        ),
        EnvironmentKind.PROD,
        NAMING,
    )
    assert {persona: group.name for persona, group in groups.items()} == {
        Persona.ANALYST: "forecast-analyst-prod",
        Persona.DATA_SCIENTIST: "Data Science",
    }
    assert groups[Persona.ANALYST].entitlements == Entitlements(databricks_sql_access=True)
    assert groups[Persona.DATA_SCIENTIST].entitlements == Entitlements(workspace_consume=True)


def test_personas_that_are_one_group_have_what_each_of_them_has() -> None:
    group = PersonaPrincipal(object_id=GROUP, databricks_group="Data")
    access = Access(personas={Persona.ANALYST: group, Persona.AUDITOR: group})
    groups = databricks_groups(access, EnvironmentKind.PROD, NAMING)
    # Not workspace_consume too: the service refuses it beside the others.
    assert groups[Persona.AUDITOR].entitlements == Entitlements(databricks_sql_access=True)
    assert groups[Persona.ANALYST] == groups[Persona.AUDITOR]
