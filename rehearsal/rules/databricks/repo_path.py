"""A git folder under /Repos lies exactly two levels deep, and follows a branch or a tag."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    path = resource.text("path")
    if path.startswith("/Repos/") and len([part for part in path.split("/") if part]) != 3:
        yield Violation(
            "path", f"'{path}' must be /Repos/<folder>/<repository>; other absolute paths may be of any depth"
        )
    if path.startswith("/Workspace/"):
        yield Violation(
            "path", f"'{path}': the service returns it without /Workspace, which would replace it every time"
        )
    if resource.value("branch") and resource.value("tag"):
        yield Violation("tag", "beside branch; keep one of the two")


RULE = Rule(
    id="DBX009",
    service="Databricks git folder",
    title="the path under /Repos has three parts; branch or tag",
    applies_to=(tokens.REPO,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks repos/resource_repo.go",
    check=_check,
    trips=Case((declare(tokens.REPO, {"path": "/Repos/ml"}),)),
    passes=Case((declare(tokens.REPO, {"path": "/Shared/platform/production/ml"}),)),
)
