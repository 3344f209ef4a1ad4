"""An exported address of a warehouse signs in as the workspace allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.paths import strings
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import setting
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_WITH_A_TOKEN = re.compile(r"jdbc:(spark|databricks)://.*;AuthMech=3(;|$)", re.IGNORECASE)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of one workspace: with several, an address does not say whose switch counts."""
    switches = list(world.of_types((tokens.WORKSPACE_CONF,)))
    if len(switches) > 1 or setting(resource, "enableTokensConfig").lower() != "false":
        return
    for output, text, _ in strings(world.stack_outputs):
        if _WITH_A_TOKEN.match(text):
            yield Violation(
                "customConfig.enableTokensConfig",
                f"is false, and the output {output} is an address that signs in with a personal token (AuthMech=3); "
                "give one with OAuth: AuthMech=11 and Auth_Flow",
            )


def _case(sign_in: str) -> Case:
    address = f"jdbc:databricks://adb-1.2.azuredatabricks.net:443;httpPath=/sql/1.0/warehouses/1;{sign_in}"
    return Case(
        (declare(tokens.WORKSPACE_CONF, {"customConfig": {"enableTokensConfig": "false"}}),),
        outputs={"warehouses": {"reporting": {"jdbc_url": address}}},
    )


RULE = Rule(
    id="DBX282",
    service="Databricks SQL warehouse",
    title="no exported address with a token where tokens are switched off",
    applies_to=(tokens.WORKSPACE_CONF,),
    status=0,
    code="",
    source="docs.databricks.com integrations/jdbc/authentication",
    check=_check,
    trips=_case("AuthMech=3"),
    passes=_case("AuthMech=11;Auth_Flow=2"),
    severity=Severity.WARNING,
)
