"""A Databricks provider authenticates in one way, chosen by the program."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_METHODS = {
    "token": ("token",),
    "basic": ("username",),
    "oauth-m2m": ("clientId", "clientSecret"),
    "azure-client-secret": ("azureClientSecret",),
    "azure-msi": ("azureUseMsi",),
    "google": ("googleCredentials", "googleServiceAccount"),
}
_ACCOUNT_HOST = "accounts.azuredatabricks.net"


def configured_methods(resource: Resource) -> list[str]:
    """The ways to authenticate that the provider's own inputs hold."""
    return [name for name, keys in _METHODS.items() if any(resource.value(key) for key in keys)]


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    methods = configured_methods(resource)
    # The SDK counts what is configured only where auth_type names none of them.
    if len(methods) > 1 and not resource.value("authType"):
        yield Violation(
            "authType", f"more than one authorization method configured: {' and '.join(methods)}; keep one"
        )
    is_account = _ACCOUNT_HOST in resource.text("host")
    if resource.value("accountId") and not is_account:
        yield Violation(
            "accountId", "not allowed on a workspace provider: drop it, or name the account's host"
        )
    if is_account and not resource.value("accountId"):
        yield Violation("accountId", f"required beside host https://{_ACCOUNT_HOST}")
    if not (
        resource.value("host") or resource.value("azureWorkspaceResourceId") or resource.is_unknown("host")
    ):
        yield Violation("host", "no workspace: set azure_workspace_resource_id (or host)")


RULE = Rule(
    id="DBX001",
    service="Databricks provider",
    title="one authentication method, and account or workspace, not both",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=400,
    code="",
    source="databricks-sdk-go config/auth_default.go; terraform-provider-databricks docs/guides/troubleshooting.md",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_PROVIDER, {"accountId": SOMEBODY}),)),
    passes=Case((declare(tokens.DATABRICKS_PROVIDER),)),
)
