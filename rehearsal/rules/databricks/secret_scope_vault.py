"""Databricks reads a vault as an application of its own."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from azure_facts.well_known_applications import FIND_AZURE_DATABRICKS
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    SUBSCRIPTION,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_SECRETS_USER = built_in_role(Role.KEY_VAULT_SECRETS_USER).guid


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only for vaults of this stack: on others the grant may have been made elsewhere."""
    vault = world.find(resource.text("keyvaultMetadata.resourceId"))
    if vault is None:
        return
    rules = vault.value("properties.networkAcls")
    if (
        isinstance(rules, dict)
        and rules.get("defaultAction") == "Deny"
        and rules.get("bypass") != "AzureServices"
    ):
        yield Violation(
            "keyvaultMetadata", f"{vault.urn} lets no Azure service through; set networkAcls.bypass there"
        )
    if vault.value("properties.enableRbacAuthorization") is not True:
        return
    for grant in world.of_types((tokens.ROLE_ASSIGNMENT,)):
        scope = grant.text("scope").lower()
        role = grant.text("roleDefinitionId").lower().endswith(_SECRETS_USER)
        if role and scope and vault.id.lower().startswith(scope) and world.depends_on(resource, grant):
            return
    yield Violation(
        "keyvaultMetadata.resourceId",
        f"waits for no grant of Key Vault Secrets User on {vault.urn}: reading a secret fails with 403 until the "
        f"AzureDatabricks application has it (its object id: {FIND_AZURE_DATABRICKS})",
    )


def _case(*, granted: bool) -> Case:
    grant = {
        "scope": Ref("vault"),
        "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{_SECRETS_USER}",
    }
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, name="provider"),
            declare(tokens.VAULT, name="vault"),
            declare(tokens.ROLE_ASSIGNMENT, grant, name="grant"),
            declare(
                tokens.SECRET_SCOPE,
                provider="provider",
                depends_on=("vault", "grant") if granted else ("vault",),
            ),
        )
    )


RULE = Rule(
    id="DBX036",
    service="Databricks secret scope",
    title="the AzureDatabricks application may read the vault behind a scope",
    applies_to=(tokens.SECRET_SCOPE,),
    status=403,
    code="PERMISSION_DENIED",
    source="terraform-provider-databricks docs/resources/secret_scope.md; learn.microsoft.com "
    "azure/databricks/security/secrets",
    check=_check,
    trips=_case(granted=False),
    passes=_case(granted=True),
    severity=Severity.WARNING,
)
