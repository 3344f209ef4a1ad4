"""The list of allowed git URLs is switched on only together with URLs."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.workspace_settings import setting
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    on = setting(resource, "enableProjectsAllowList").lower() == "true"
    if (
        on
        and not setting(resource, "projectsAllowList")
        and not resource.is_unknown("customConfig.projectsAllowList")
    ):
        yield Violation(
            "customConfig.enableProjectsAllowList",
            "on with an empty list, which stops every commit and push; give projectsAllowList, comma-separated "
            "URL prefixes",
        )


RULE = Rule(
    id="DBX102",
    service="Databricks workspace settings",
    title="allowed git URLs are never switched on empty",
    applies_to=(tokens.WORKSPACE_CONF,),
    status=0,
    code="",
    source="learn.microsoft.com databricks/repos/repos-setup (allow lists); terraform-provider-databricks "
    "exporter/context.go",
    severity=Severity.WARNING,
    check=_check,
    trips=Case((declare(tokens.WORKSPACE_CONF, {"customConfig": {"enableProjectsAllowList": "true"}}),)),
    passes=Case(
        (
            declare(
                tokens.WORKSPACE_CONF,
                {
                    "customConfig": {
                        "enableProjectsAllowList": "true",
                        "projectsAllowList": "https://github.com/contoso",
                    }
                },
            ),
        )
    ),
)
