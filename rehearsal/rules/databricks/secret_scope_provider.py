"""A scope on a key vault needs an Entra token, which a personal access token is not."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    provider = world.provider_of(resource)
    if resource.value("keyvaultMetadata") is None or provider is None:
        return
    if provider.value("token") is not None or provider.text("authType") == "pat":
        yield Violation(
            "keyvaultMetadata",
            f"{provider.urn} uses a personal access token; a Key Vault scope needs Entra authentication, such as "
            "auth_type 'azure-cli'",
        )


def _case(authentication: dict[str, object]) -> Case:
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, authentication, name="provider"),
            declare(tokens.SECRET_SCOPE, provider="provider"),
        )
    )


RULE = Rule(
    id="DBX014",
    service="Databricks secret scope",
    title="a Key Vault scope is created with Entra authentication",
    applies_to=(tokens.SECRET_SCOPE,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="databricks/terraform-provider-databricks issue 4304",
    check=_check,
    trips=_case({"authType": "pat"}),
    passes=_case({"authType": "azure-cli"}),
)
