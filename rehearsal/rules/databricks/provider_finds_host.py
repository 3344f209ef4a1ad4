"""Who signs in by the workspace's ARM id must be allowed to read it in Azure."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of a principal that this stack lets into the workspace, which is therefore not who deploys."""
    application = resource.text("azureClientId").lower()
    has_host = resource.value("host") or resource.is_unknown("host")
    if has_host or not application or not resource.value("azureWorkspaceResourceId"):
        return
    for principal in world.of_types((tokens.DATABRICKS_PRINCIPAL,)):
        if principal.text("applicationId").lower() == application:
            yield Violation(
                "host",
                f"missing: it is looked up in Azure as {principal.urn}, and being a member of the workspace gives no "
                "right to read it there; give host, or a role with read on the workspace",
            )
            return


def _case(host: str | None) -> Case:
    given = {
        "authType": "azure-client-secret",
        "azureClientId": SOMEBODY,
        "azureClientSecret": "example",
        "azureTenantId": TENANT,
        **({"host": host} if host else {}),
    }
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, name="deployer"),
            Declared(
                tokens.DATABRICKS_PRINCIPAL, {"applicationId": SOMEBODY}, "principal", provider="deployer"
            ),
            declare(tokens.DATABRICKS_PROVIDER, given),
        )
    )


RULE = Rule(
    id="DBX247",
    service="Databricks provider",
    title="a provider of a principal that only the workspace knows has the host",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=403,
    code="AuthorizationFailed",
    source="databricks/databricks-sdk-go config/azure.go (azureEnsureWorkspaceUrl)",
    check=_check,
    trips=_case(None),
    passes=_case("https://adb-1234567890123456.7.azuredatabricks.net"),
    severity=Severity.WARNING,
)
