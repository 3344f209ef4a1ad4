"""A workspace with identities of ours says which is its own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "primaryUserAssignedIdentity"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("identity.type") == "UserAssigned" and not resource.text(_PATH):
        yield Violation(
            _PATH, "is missing; identity.type UserAssigned needs the one identity that is the workspace's"
        )


def _case(primary: object) -> Case:
    identity = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"
    changes = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [identity]},
        _PATH: primary or identity,
    }
    return Case((declare(tokens.ML_WORKSPACE, changes),))


RULE = Rule(
    id="AML157",
    service="Azure ML workspace",
    title="a workspace without a system identity names its primary one",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/how-to-identity-based-service-authentication, user-assigned identity",
    check=_check,
    trips=_case(REMOVE),
    passes=_case(None),
)
