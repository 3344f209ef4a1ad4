"""A factory calls Databricks as somebody whom the workspace knows."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_groups import ADMIN_OPERATION_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.parts import CREDENTIAL, LINKED_SERVICE, part
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_WORKSPACE, _CALLER = "workspace", "caller"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where this program makes members of workspaces: elsewhere somebody else may have added it."""
    members = list(world.of_types((tokens.DATABRICKS_PRINCIPAL,)))
    if (
        resource.text("properties.type") != "AzureDatabricks"
        or resource.text("properties.authentication") != "MSI"
        or world.find(resource.value("properties.workspaceResourceId")) is None
        or not members
    ):
        return
    name = resource.text("properties.credential.referenceName")
    if not name:
        yield Violation(
            "properties.credential",
            "is left out, so the factory calls as itself: Databricks lets it in by its Azure role alone, and its "
            "application id is in no output, so it can be given nothing there; name a credential of a user-assigned "
            "identity",
        )
        return
    for credential in world.of_types((CREDENTIAL,)):
        if credential.text("credentialName") != name:
            continue
        identity = world.find(credential.value("properties.resourceId"))
        if identity and not any(world.depends_on(member, identity) for member in members):
            yield Violation(
                "properties.credential",
                f"is of {identity.urn}, which is no member of the workspace and has no entitlements of its own; make a "
                "ServicePrincipal of its clientId",
            )


def _case(credential: dict[str, object]) -> Case:
    service = {
        "properties": {
            "type": "AzureDatabricks",
            "authentication": "MSI",
            "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
            "workspaceResourceId": Ref(_WORKSPACE),
            **credential,
        }
    }
    kept = {"properties": {"type": "ManagedIdentity", "resourceId": Ref(_CALLER)}}
    return Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, name=_WORKSPACE),
            declare(tokens.IDENTITY, name=_CALLER),
            Declared(
                tokens.DATABRICKS_PROVIDER,
                {"host": "https://adb-1234567890123456.7.azuredatabricks.net", "authType": "azure-cli"},
                "deployer",
            ),
            Declared(
                tokens.DATABRICKS_PRINCIPAL,
                {"applicationId": SOMEBODY, "workspaceAccess": True},
                "member",
                provider="deployer",
                depends_on=(_CALLER,),
            ),
            part(CREDENTIAL, "as-caller", kept, _CALLER),
            part(LINKED_SERVICE, "databricks", service, _WORKSPACE, "as-caller"),
        )
    )


RULE = Rule(
    id="DBX285",
    service="Data Factory",
    title="the identity that calls Databricks is a member with entitlements of its own",
    applies_to=(LINKED_SERVICE,),
    status=0,
    code="",
    source=f"{ADMIN_OPERATION_SOURCE}; Azure/azure-rest-api-specs datafactory 2018-06-01 AzureDatabricks credential",
    check=_check,
    trips=_case({}),
    passes=_case({"credential": {"type": "CredentialReference", "referenceName": "as-caller"}}),
    severity=Severity.WARNING,
)
