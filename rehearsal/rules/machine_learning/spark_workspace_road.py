"""Serverless Spark in a managed network reaches the workspace itself."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND, SPARK_NETWORK, WORKSPACE_SUB_RESOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, monitored
from rehearsal.rules.machine_learning.outbound import isolation, private_rule, spark_targets, workspace
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_COMPUTE = "properties.action.monitorDefinition.computeConfiguration.computeType"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A closed workspace, and one that reaches approved targets only, gets its endpoint by itself. Of one that does not
    say whether it is open nothing is said."""
    owner = world.find(resource.id.partition("/schedules/")[0])
    if owner is None or owner.external or resource.text(_COMPUTE) != "ServerlessSpark":
        return
    if isolation(owner) != OPEN_OUTBOUND or owner.text("publicNetworkAccess") != "Enabled":
        return
    if any(target == owner.id.lower() for target, _ in spark_targets(owner, world)):
        return
    yield Violation(
        _COMPUTE,
        f"is ServerlessSpark, and {owner.urn} is open to the public, so its managed network may make no endpoint "
        f"to it by itself; add an outbound rule to it ({WORKSPACE_SUB_RESOURCE}, sparkEnabled) after it, or close it",
    )


def _case(*, ruled: bool) -> Case:
    to_storage = {"storage-blob-spark": private_rule(Ref("account"), "blob", spark=True)}
    beside = Declared(
        tokens.ML_OUTBOUND_RULE,
        {
            "resourceGroupName": GROUP_NAME,
            "workspaceName": ML_WORKSPACE_NAME,
            "ruleName": "workspace-spark",
            "properties": private_rule(Ref("workspace"), WORKSPACE_SUB_RESOURCE, spark=True),
        },
        name="rule",
        depends_on=("workspace",),
    )
    changes = {
        "storageAccount": Ref("account"),
        "provisionNetworkNow": True,
        "publicNetworkAccess": "Enabled",
    }
    return monitored(workspace(OPEN_OUTBOUND, to_storage, changes), *((beside,) if ruled else ()))


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
