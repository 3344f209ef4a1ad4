"""The primary identity is one of the workspace's own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    GROUP,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PRIMARY = "primaryUserAssignedIdentity"
_IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    primary = resource.text(_PRIMARY)
    if not primary:
        return
    listed = resource.value("identity.userAssignedIdentities")
    names = [str(name).lower() for name in listed] if isinstance(listed, (list, dict)) else []
    if primary.lower() not in names and not resource.is_unknown("identity.userAssignedIdentities"):
        yield Violation(_PRIMARY, "must also be in identity.userAssignedIdentities; add it there")


def _case(identities: list[str]) -> Case:
    return Case(
        (
            declare(
                tokens.ML_WORKSPACE,
                {
                    "identity": {"type": "UserAssigned", "userAssignedIdentities": identities},
                    _PRIMARY: _IDENTITY,
                },
            ),
        )
    )


RULE = Rule(
    id="AML022",
    service="Azure ML workspace",
    title="the primary identity is assigned to the workspace",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/how-to-identity-based-service-authentication",
    check=_check,
    trips=_case([f"{_IDENTITY}-other"]),
    passes=_case([_IDENTITY]),
)
