"""A principal has one git credential for each provider."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for other in world.of_types((tokens.GIT_CREDENTIAL,)):
        same = (
            all(other.value(name) == resource.value(name) for name in ("gitProvider", "principalId"))
            and other.provider_urn == resource.provider_urn
        )
        if same and other.order < resource.order:
            yield Violation(
                "gitProvider",
                f"{other.urn} is a credential of the same identity for '{resource.text('gitProvider')}'; service "
                "principals may have one each, and a git folder cannot choose between two",
            )
            return


def _case(second: str) -> Case:
    other = {"gitProvider": second, "personalAccessToken": "x", "gitUsername": "ci"}
    return Case((declare(tokens.GIT_CREDENTIAL, name="first"), declare(tokens.GIT_CREDENTIAL, other)))


RULE = Rule(
    id="DBX026",
    service="Databricks git folder",
    title="one git credential for each provider and identity",
    applies_to=(tokens.GIT_CREDENTIAL,),
    status=400,
    code="RESOURCE_ALREADY_EXISTS",
    source="databricks/terraform-provider-databricks issues 4871 and 5845",
    check=_check,
    trips=_case("azureDevOpsServicesAad"),
    passes=_case("gitHub"),
)
