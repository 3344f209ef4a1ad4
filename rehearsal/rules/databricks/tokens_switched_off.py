"""No token where tokens are switched off."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import of_the_same_workspace, setting
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for settings in of_the_same_workspace(resource, world):
        if setting(settings, "enableTokensConfig").lower() == "false":
            yield Violation(
                "", f"{settings.urn} switches tokens off; allow them there, or use Entra authentication"
            )


def _case(value: str) -> Case:
    settings = declare(
        tokens.WORKSPACE_CONF, {"customConfig": {"enableTokensConfig": value}}, name="settings"
    )
    return Case((settings, declare(tokens.TOKEN, depends_on=("settings",))))


RULE = Rule(
    id="DBX045",
    service="Databricks token",
    title="tokens only where the workspace allows them",
    applies_to=(tokens.TOKEN,),
    status=403,
    code="FEATURE_DISABLED",
    source="terraform-provider-databricks docs/resources/workspace_conf.md (enableTokensConfig)",
    check=_check,
    trips=_case("false"),
    passes=_case("true"),
)
