"""Consumers only look at what is published: no other entitlement goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("workspaceConsume") is None:
        return
    for other in ("workspaceAccess", "databricksSqlAccess"):
        if resource.value(other) is not None:
            yield Violation(
                "workspaceConsume",
                f"cannot be given with {other}, not even as false; remove one of the two (access to the workspace "
                "includes what consumers see)",
            )


def _case(others: dict[str, object]) -> Case:
    return Case(
        (Declared(tokens.ENTITLEMENTS, {"groupId": "1234567890", "workspaceConsume": True, **others}),)
    )


RULE = Rule(
    id="DBX150",
    service="Databricks entitlements",
    title="the consumer entitlement beside no other access",
    applies_to=(tokens.ENTITLEMENTS,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/entitlements.md, issues 5040 and 5138",
    check=_check,
    trips=_case({"databricksSqlAccess": False}),
    passes=_case({}),
)
