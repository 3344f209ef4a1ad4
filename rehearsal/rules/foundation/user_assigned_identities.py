"""A user-assigned identity is named where the type says that there is one."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"
_LIST = "identity.userAssignedIdentities"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    kind = resource.text("identity.type")
    if "userassigned" not in kind.lower() or resource.is_unknown(_LIST):
        return
    if not resource.value(_LIST):
        yield Violation(
            _LIST, f"is empty, and the type is '{kind}'; name the identity, or use SystemAssigned"
        )


def _case(*identities: str) -> Case:
    stated = {"type": "UserAssigned", "userAssignedIdentities": list(identities)}
    return Case((declare(tokens.ML_ONLINE_ENDPOINT, {"identity": stated}),))


RULE = Rule(
    id="AML200",
    service="Managed identities",
    title="a user-assigned identity is named where the type says so",
    applies_to=(
        tokens.AKS,
        tokens.ML_WORKSPACE,
        tokens.ML_COMPUTE,
        tokens.ML_ONLINE_ENDPOINT,
        tokens.ML_BATCH_ENDPOINT,
        tokens.ML_REGISTRY,
        tokens.STORAGE_ACCOUNT,
        tokens.REGISTRY,
        tokens.SYNAPSE_WORKSPACE,
        "azure-native:app:ContainerApp",
        "azure-native:app:Job",
        "azure-native:app:ManagedEnvironment",
        "azure-native:authorization:PolicyAssignment",
        "azure-native:cognitiveservices:Account",
        "azure-native:compute:VirtualMachine",
        "azure-native:compute:VirtualMachineScaleSet",
        "azure-native:containerinstance:ContainerGroup",
        "azure-native:databricks:AccessConnector",
        "azure-native:datafactory:Factory",
        "azure-native:eventhub:Namespace",
        "azure-native:logic:Workflow",
        "azure-native:recoveryservices:Vault",
        "azure-native:resources:AzureCliScript",
        "azure-native:resources:AzurePowerShellScript",
        "azure-native:search:Service",
        "azure-native:servicebus:Namespace",
        "azure-native:sql:Server",
        "azure-native:web:WebApp",
    ),
    status=400,
    code="MissingIdentityIds",
    source='terraform-provider-azurerm issues 17082 and 23857 ("The identity ids must not be null or empty for '
    "'UserAssigned' identity type\"); microsoft/CromwellOnAzure pull 765",
    check=_check,
    trips=_case(),
    passes=_case(_IDENTITY),
)
