"""A model monitor runs on serverless Spark, which reaches closed storage by a rule that is enabled for Spark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, monitor_of
from rehearsal.rules.machine_learning.outbound import isolation, outbound_rules, private_rule
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_COMPUTE = "properties.action.monitorDefinition.computeConfiguration.computeType"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/schedules/")[0])
    account = world.find(workspace.text("storageAccount")) if workspace else None
    if (
        workspace is None
        or account is None
        or resource.text(_COMPUTE) != "ServerlessSpark"
        or not isolation(workspace)
    ):
        return
    for rule in outbound_rules(workspace, world):
        destination = rule.get("destination")
        if (
            isinstance(destination, Mapping)
            and str(destination.get("serviceResourceId")).lower() == account.id.lower()
            and destination.get("subresourceTarget") == "blob"
            and destination.get("sparkEnabled") is True
        ):
            return
    yield Violation(
        _COMPUTE,
        f"is ServerlessSpark, and no outbound rule of {workspace.urn} leads to the blobs of {account.urn} with "
        "sparkEnabled; add one",
    )


def _case(*, spark: bool) -> Case:
    rule = private_rule(Ref("account"), "blob")
    destination = rule["destination"]
    assert isinstance(destination, dict)
    rule["destination"] = {**destination, "sparkEnabled": spark}
    network = {"isolationMode": "AllowInternetOutbound", "outboundRules": {"storage-blob-spark": rule}}
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
                },
                name="workspace",
            ),
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
    id="AML262",
    service="Azure ML schedule",
    title="serverless Spark reaches the workspace's blobs",
    applies_to=(SCHEDULE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, configure for serverless Spark jobs (read "
    "2026-11-30)",
    check=_check,
    trips=_case(spark=False),
    passes=_case(spark=True),
    severity=Severity.WARNING,
)
