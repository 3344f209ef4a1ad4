"""A model monitor runs on serverless Spark, which reaches closed storage by a rule that is enabled for Spark."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, monitored
from rehearsal.rules.machine_learning.outbound import isolation, private_rule, spark_targets, workspace
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_COMPUTE = "properties.action.monitorDefinition.computeConfiguration.computeType"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    owner = world.find(resource.id.partition("/schedules/")[0])
    account = world.find(owner.text("storageAccount")) if owner else None
    if (
        owner is None
        or account is None
        or resource.text(_COMPUTE) != "ServerlessSpark"
        or not isolation(owner)
    ):
        return
    if (account.id.lower(), "blob") in spark_targets(owner, world):
        return
    yield Violation(
        _COMPUTE,
        f"is ServerlessSpark, and no outbound rule of {owner.urn} leads to the blobs of {account.urn} with "
        "sparkEnabled; add one",
    )


def _case(*, spark: bool) -> Case:
    rules = {"storage-blob-spark": private_rule(Ref("account"), "blob", spark=spark)}
    changes = {"storageAccount": Ref("account"), "provisionNetworkNow": True}
    return monitored(workspace(OPEN_OUTBOUND, rules, changes))


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
