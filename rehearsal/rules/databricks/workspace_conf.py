"""Each setting of a workspace is set in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import of_the_same_workspace
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for other in of_the_same_workspace(resource, world):
        if other.order < resource.order:
            for key in sorted(_keys(resource) & _keys(other)):
                yield Violation(
                    f"customConfig.{key}",
                    f"is set by {other.urn} too, and either may win; keep it in one of the two",
                )


def _keys(conf: Resource) -> set[str]:
    settings = conf.value("customConfig")
    return set(settings) if isinstance(settings, Mapping) else set()


def _case(key: str) -> Case:
    return Case(
        (
            declare(tokens.WORKSPACE_CONF, name="first"),
            declare(tokens.WORKSPACE_CONF, {"customConfig": {key: "true"}}),
        )
    )


RULE = Rule(
    id="DBX010",
    service="Databricks workspace settings",
    title="each setting in one WorkspaceConf",
    applies_to=(tokens.WORKSPACE_CONF,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/workspace_conf.md (several may exist; no deterministic "
    "behaviour where they manage the same property)",
    check=_check,
    trips=_case("enableIpAccessLists"),
    passes=_case("enableTokensConfig"),
    severity=Severity.WARNING,
)
