"""A training cluster has one system-assigned identity or user-assigned ones, not both."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-train-ml-dev"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    kinds = resource.text("identity.type").replace(" ", "")
    if resource.text("properties.computeType") == "AmlCompute" and kinds == "SystemAssigned,UserAssigned":
        yield Violation(
            "identity.type", "a cluster takes 'SystemAssigned' or 'UserAssigned', not both; choose one"
        )


RULE = Rule(
    id="AML010",
    service="Azure ML compute",
    title="a cluster's identity is system- or user-assigned",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidIdentity",
    source="learn.microsoft.com machine-learning/how-to-identity-based-service-authentication",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.ML_COMPUTE,
                {"identity": {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": [_IDENTITY]}},
            ),
        )
    ),
    passes=Case(
        (
            declare(
                tokens.ML_COMPUTE,
                {"identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY]}},
            ),
        )
    ),
)
