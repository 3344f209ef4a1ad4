"""Who may use tokens is set once there is a token."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text("authorization") != "tokens":
        return
    mine = [token for token in world.of_types((tokens.TOKEN,)) if token.provider_urn == resource.provider_urn]
    if mine and not any(world.depends_on(resource, token) for token in mine):
        yield Violation(
            "authorization",
            f"the workspace has no such permissions before its first token; put {mine[0].urn} into depends_on",
        )


def _case(*waits: str) -> Case:
    return Case(
        (
            declare(tokens.TOKEN, name="token"),
            declare(
                tokens.PERMISSIONS, {"clusterPolicyId": REMOVE, "authorization": "tokens"}, depends_on=waits
            ),
        )
    )


RULE = Rule(
    id="DBX044",
    service="Databricks permissions",
    title="permissions on tokens wait for a token",
    applies_to=(tokens.PERMISSIONS,),
    status=404,
    code="RESOURCE_DOES_NOT_EXIST",
    source="terraform-provider-databricks docs/resources/permissions.md (token usage), issue 1122",
    check=_check,
    trips=_case(),
    passes=_case("token"),
)
