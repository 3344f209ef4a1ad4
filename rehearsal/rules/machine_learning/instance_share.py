"""Where nobody has the storage account's key, an instance opens notebooks with its owner's own rights on the files."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, SUBSCRIPTION, TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_OWNER = "properties.properties.personalComputeInstanceSettings.assignedUser.objectId"
_ROLES = tuple(
    built_in_role(role).guid for role in (Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR, Role.OWNER)
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A group that holds the role may hold the owner too: then nothing is said."""
    owner = resource.text(_OWNER)
    workspace = world.find(resource.id.partition("/computes/")[0])
    account = world.find(workspace.text("storageAccount")) if workspace else None
    if not owner or account is None or account.value("allowSharedKeyAccess") is not False:
        return
    for given in world.of_types((tokens.ROLE_ASSIGNMENT,)):
        scope = given.text("scope").lower()
        if (
            scope
            and f"{account.id.lower()}/".startswith(f"{scope}/")
            and given.text("roleDefinitionId").lower().endswith(_ROLES)
            and (given.text("principalType") == "Group" or given.text("principalId") == owner)
        ):
            return
    yield Violation(
        _OWNER,
        f"{owner} has no right on the files of {account.urn}, whose keys are off, so the instance opens no notebook; "
        "grant its owner Storage File Data Privileged Contributor there",
    )


def _case(person: str) -> Case:
    definitions = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
    instance = {
        "properties": {
            "computeType": "ComputeInstance",
            "properties": {
                "vmSize": "Standard_D4ds_v5",
                "computeInstanceAuthorizationType": "personal",
                "personalComputeInstanceSettings": {
                    "assignedUser": {"objectId": SOMEBODY, "tenantId": TENANT}
                },
            },
        }
    }
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, {"allowSharedKeyAccess": False}, name="account"),
            declare(
                tokens.ROLE_ASSIGNMENT,
                {
                    "scope": Ref("account"),
                    "principalId": person,
                    "principalType": "User",
                    "roleDefinitionId": f"{definitions}/{_ROLES[0]}",
                },
                name="grant",
            ),
            declare(
                tokens.ML_WORKSPACE,
                {"storageAccount": Ref("account"), "systemDatastoresAuthMode": "Identity"},
                name="workspace",
            ),
            declare(tokens.ML_COMPUTE, instance, depends_on=("workspace",)),
        )
    )


RULE = Rule(
    id="AML227",
    service="Azure ML compute",
    title="an instance's owner may open the notebooks on it",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-disable-local-auth-storage, scenarios for role assignments",
    check=_check,
    trips=_case(TENANT),
    passes=_case(SOMEBODY),
    severity=Severity.WARNING,
)
