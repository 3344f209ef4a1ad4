"""The folder that an experiment lies in exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_DIRECTORY = "databricks:index/directory:Directory"
_ALWAYS = re.compile(r"/(?:Workspace/)?(?:Shared|Users/[^/]+|Repos/[^/]+/[^/]+)?")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    parent = resource.text("name").rpartition("/")[0]
    if not parent or _ALWAYS.fullmatch(parent):
        return
    for folder in world.of_types((_DIRECTORY, tokens.REPO)):
        path = folder.text("path")
        if path and (path == parent or path.startswith(f"{parent}/")) and world.depends_on(resource, folder):
            return
    yield Violation(
        "name", f"nothing that it waits for makes the folder {parent}; declare a Directory and depend on it"
    )


def _case(*, made: bool) -> Case:
    return Case(
        (
            Declared(_DIRECTORY, {"path": "/Shared/forecast"}, "folder"),
            declare(
                tokens.EXPERIMENT, {"name": "/Shared/forecast/demand"}, depends_on=("folder",) if made else ()
            ),
        )
    )


RULE = Rule(
    id="DBX038",
    service="Databricks experiment",
    title="an experiment's folder exists",
    applies_to=(tokens.EXPERIMENT,),
    status=404,
    code="RESOURCE_DOES_NOT_EXIST",
    source="terraform-provider-databricks docs/resources/mlflow_experiment.md",
    check=_check,
    trips=_case(made=False),
    passes=_case(made=True),
)
