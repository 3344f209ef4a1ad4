"""A principal's entitlements are declared in one place."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.entitled import ENTITLEMENTS
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_OWNERS = {
    "groupId": tokens.GROUP,
    "servicePrincipalId": tokens.DATABRICKS_PRINCIPAL,
    "userId": "databricks:index/user:User",
}
"""Property that names the principal -> the type that could carry entitlements itself."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, owner in _OWNERS.items():
        principal = resource.text(path)
        if not principal:
            continue
        for other in world.of_types((owner,)):
            if other.id == principal and any(other.value(name) is not None for name in ENTITLEMENTS):
                yield Violation(path, f"{other.urn} sets entitlements itself; keep them in one of the two")
        for other in world.of_types((tokens.ENTITLEMENTS,)):
            same = other.text(path) == principal and other.provider_urn == resource.provider_urn
            if same and other.order < resource.order:
                yield Violation(path, f"{other.urn} holds the same principal's entitlements; merge the two")


def _case(own: dict[str, object]) -> Case:
    group = {"displayName": "data-scientists", **own}
    return Case(
        (
            Declared(_OWNERS["groupId"], group, "group"),
            Declared(tokens.ENTITLEMENTS, {"groupId": Ref("group"), "workspaceAccess": True}),
        )
    )


RULE = Rule(
    id="DBX151",
    service="Databricks entitlements",
    title="one object for a principal's entitlements",
    applies_to=(tokens.ENTITLEMENTS,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/entitlements.md",
    check=_check,
    trips=_case({"databricksSqlAccess": True}),
    passes=_case({}),
    severity=Severity.WARNING,
)
