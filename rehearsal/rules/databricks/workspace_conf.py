"""Workspace settings are texts, and one resource holds them all."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    settings = resource.value("customConfig")
    for key, value in settings.items() if isinstance(settings, dict) else ():
        if not isinstance(value, str):
            yield Violation(f"customConfig.{key}", "must be text, such as 'true' or '90'")
    for other in world.of_types((tokens.WORKSPACE_CONF,)):
        if other.order < resource.order and other.provider_urn == resource.provider_urn:
            yield Violation("", f"{other.urn} holds the settings of the same workspace; merge the two")


RULE = Rule(
    id="DBX010",
    service="Databricks workspace settings",
    title="one WorkspaceConf per workspace, with texts for values",
    applies_to=(tokens.WORKSPACE_CONF,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/workspace_conf.md",
    check=_check,
    trips=Case(
        (
            declare(tokens.WORKSPACE_CONF, name="first"),
            declare(tokens.WORKSPACE_CONF, {"customConfig": {"enableTokensConfig": "true"}}),
        )
    ),
    passes=Case((declare(tokens.WORKSPACE_CONF),)),
)
