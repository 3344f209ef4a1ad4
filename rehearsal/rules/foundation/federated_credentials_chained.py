"""Federated credentials of one identity are written one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    parent = resource.id.lower().partition("/federatedidentitycredentials/")[0]
    for other in world.of_types((tokens.FEDERATED_CREDENTIAL,)):
        same = other is not resource and other.id.lower().startswith(f"{parent}/")
        if same and not world.depends_on(resource, other) and not world.depends_on(other, resource):
            if resource.order > other.order:
                yield Violation(
                    "resourceName",
                    f"may be written at the same time as {other.urn}, which fails; chain them with depends_on",
                )
            return


def _case(*, chained: bool) -> Case:
    return Case(
        (
            declare(tokens.FEDERATED_CREDENTIAL, name="first"),
            declare(
                tokens.FEDERATED_CREDENTIAL,
                {
                    "federatedIdentityCredentialResourceName": "github-pr",
                    "subject": "repo:contoso/ml:pull_request",
                },
                depends_on=("first",) if chained else (),
            ),
        )
    )


RULE = Rule(
    id="MI001",
    service="Managed identity",
    title="federated credentials of one identity are chained",
    applies_to=(tokens.FEDERATED_CREDENTIAL,),
    status=409,
    code="ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
    source="Azure/bicep-registry-modules issue 1447",
    check=_check,
    trips=_case(chained=False),
    passes=_case(chained=True),
)
