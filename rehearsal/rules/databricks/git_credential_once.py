"""A principal has one git credential for each provider."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A person may have several, one the default; whose a credential without principal is, nobody here knows."""
    if resource.value("principalId") is None:
        return
    for other in world.of_types((tokens.GIT_CREDENTIAL,)):
        same = (
            all(other.value(name) == resource.value(name) for name in ("gitProvider", "principalId"))
            and other.provider_urn == resource.provider_urn
        )
        if same and other.order < resource.order:
            yield Violation(
                "gitProvider",
                f"{other.urn} is a credential of the same service principal for '{resource.text('gitProvider')}', "
                "which may have one for each provider; keep one",
            )
            return


def _case(second: str) -> Case:
    of_a_principal = {"principalId": "1234567890123456"}
    other = {**of_a_principal, "gitProvider": second, "personalAccessToken": "x", "gitUsername": "ci"}
    first = declare(tokens.GIT_CREDENTIAL, of_a_principal, name="first")
    return Case((first, declare(tokens.GIT_CREDENTIAL, other)))


RULE = Rule(
    id="DBX026",
    service="Databricks git folder",
    title="one git credential for each provider and service principal",
    applies_to=(tokens.GIT_CREDENTIAL,),
    status=400,
    code="RESOURCE_ALREADY_EXISTS",
    source="databricks/terraform-provider-databricks issues 4871 and 5845; docs.databricks.com api gitcredentials (a "
    "user has one default for each provider; read 2026-11-30)",
    check=_check,
    trips=_case("azureDevOpsServicesAad"),
    passes=_case("gitHub"),
)
