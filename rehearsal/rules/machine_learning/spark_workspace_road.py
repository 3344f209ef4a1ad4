"""Serverless Spark in a managed network reaches the workspace itself."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND, SPARK_NETWORK, WORKSPACE_SUB_RESOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, monitor_of
from rehearsal.rules.machine_learning.outbound import isolation, outbound_rules, private_rule
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_COMPUTE = "properties.action.monitorDefinition.computeConfiguration.computeType"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A closed workspace, and one that reaches approved targets only, gets its endpoint by itself. Of one that does not
    say whether it is open nothing is said."""
    workspace = world.find(resource.id.partition("/schedules/")[0])
    if workspace is None or workspace.external or resource.text(_COMPUTE) != "ServerlessSpark":
        return
    if isolation(workspace) != OPEN_OUTBOUND or workspace.text("publicNetworkAccess") != "Enabled":
        return
    for rule in outbound_rules(workspace, world):
        destination = rule.get("destination")
        if (
            isinstance(destination, dict)
            and str(destination.get("serviceResourceId")).lower() == workspace.id.lower()
            and destination.get("sparkEnabled") is True
        ):
            return
    yield Violation(
        _COMPUTE,
        f"is ServerlessSpark, and {workspace.urn} is open to the public, so its managed network may make no endpoint "
        f"to it by itself; add an outbound rule to it ({WORKSPACE_SUB_RESOURCE}, sparkEnabled) after it, or close it",
    )


def _case(*, ruled: bool) -> Case:
    storage = private_rule(Ref("account"), "blob")
    to_storage, to_itself = storage["destination"], private_rule(Ref("workspace"), WORKSPACE_SUB_RESOURCE)
    assert isinstance(to_storage, dict)
    storage["destination"] = {**to_storage, "sparkEnabled": True}
    own = to_itself["destination"]
    assert isinstance(own, dict)
    to_itself["destination"] = {**own, "sparkEnabled": True}
    network = {"isolationMode": OPEN_OUTBOUND, "outboundRules": {"storage-blob-spark": storage}}
    beside = Declared(
        tokens.ML_OUTBOUND_RULE,
        {
            "resourceGroupName": GROUP_NAME,
            "workspaceName": ML_WORKSPACE_NAME,
            "ruleName": "workspace-spark",
            "properties": to_itself,
        },
        name="rule",
        depends_on=("workspace",),
    )
    collections = {"model_inputs": {"dataCollectionMode": "Enabled"}}
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, name="account"),
            declare(
                tokens.ML_WORKSPACE,
                {
                    "storageAccount": Ref("account"),
                    "managedNetwork": network,
                    "provisionNetworkNow": True,
                    "publicNetworkAccess": "Enabled",
                },
                name="workspace",
            ),
            *((beside,) if ruled else ()),
            declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint", depends_on=("workspace",)),
            declare(
                tokens.ML_ONLINE_DEPLOYMENT,
                {"properties.dataCollector": {"collections": collections}},
                name="deployment",
                depends_on=("endpoint",),
            ),
            monitor_of(Ref("deployment")),
        )
    )


RULE = Rule(
    id="AML300",
    service="Azure ML managed network",
    title="serverless Spark has an endpoint to an open workspace",
    applies_to=(SCHEDULE,),
    status=0,
    code="",
    source=str(SPARK_NETWORK),
    check=_check,
    trips=_case(ruled=False),
    passes=_case(ruled=True),
    severity=Severity.WARNING,
)
