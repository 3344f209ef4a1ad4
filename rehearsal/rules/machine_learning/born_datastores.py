"""Four datastores exist in every workspace from its first moment."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.reserved_objects import BORN_DATASTORES, DATASTORES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("name").lower() in BORN_DATASTORES:
        yield Violation(
            "name",
            f"cannot create already existing resource: every workspace is born with '{resource.text('name')}'; use it "
            "without declaring it, or adopt it with import_",
        )


RULE = Rule(
    id="AML009",
    service="Azure ML datastore",
    title="the datastores that the service makes are not declared",
    applies_to=(tokens.ML_DATASTORE,),
    status=409,
    code="Conflict",
    source=f"{DATASTORES}; pulumi-azure-native 3.29.0 reads the id before it creates",
    check=_check,
    trips=Case((declare(tokens.ML_DATASTORE, {"name": "workspaceblobstore"}),)),
    passes=Case((declare(tokens.ML_DATASTORE),)),
)
