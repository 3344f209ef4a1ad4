"""The pinned authentication method has what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    SOMEBODY,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_NEEDS = {
    "github-oidc-azure": ("host", "azureClientId", "azureTenantId"),
    "azure-client-secret": ("azureClientId", "azureClientSecret", "azureTenantId"),
    "azure-msi": ("azureUseMsi",),
    "oauth-m2m": ("clientId", "clientSecret"),
}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """github-oidc-azure cannot find the host by itself: it asks Azure Resource Manager nothing."""
    method = resource.text("authType")
    for name in _NEEDS.get(method, ()):
        if resource.value(name) is None and not resource.is_unknown(name):
            yield Violation(
                name, f"missing for auth_type '{method}', which needs {', '.join(_NEEDS[method])}"
            )


RULE = Rule(
    id="DBX020",
    service="Databricks provider",
    title="the pinned authentication method has what it needs",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=400,
    code="",
    source="databricks-sdk-go config/auth_azure_github_oidc.go, config/auth_default.go",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_PROVIDER, {"authType": "github-oidc-azure"}),)),
    passes=Case(
        (
            declare(
                tokens.DATABRICKS_PROVIDER,
                {
                    "authType": "github-oidc-azure",
                    "host": "https://adb-1.1.azuredatabricks.net",
                    "azureClientId": SOMEBODY,
                    "azureTenantId": SOMEBODY,
                },
            ),
        )
    ),
)
