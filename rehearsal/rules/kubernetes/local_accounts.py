"""Without local accounts only Entra can open the cluster, so Entra must be set up."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("disableLocalAccounts") is True and resource.value("aadProfile") is None:
        yield Violation(
            "disableLocalAccounts", "needs Entra integration; set aad_profile={'managed': True, …}"
        )
    if (
        resource.value("aadProfile.enableAzureRBAC") is True
        and resource.value("aadProfile.managed") is not True
    ):
        yield Violation(
            "aadProfile.enableAzureRBAC", "needs managed Entra integration; set managed=True beside it"
        )


RULE = Rule(
    id="AKS004",
    service="AKS",
    title="local accounts off and Azure RBAC only with managed Entra integration",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/manage-local-accounts-managed-azure-ad",
    check=_check,
    trips=Case((declare(tokens.AKS, {"disableLocalAccounts": True}),)),
    passes=Case(
        (
            declare(
                tokens.AKS,
                {"disableLocalAccounts": True, "aadProfile": {"managed": True, "enableAzureRBAC": True}},
            ),
        )
    ),
)
