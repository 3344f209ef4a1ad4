"""A model monitor compares what a deployment's data collector wrote down: without one it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.data_collector import MONITORED_COLLECTIONS, SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, monitor_of
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_TARGET = "properties.action.monitorDefinition.monitoringTarget.deploymentId"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of deployments of this stack; any enabled collection will do, since a scoring script names its own."""
    deployment = world.find(resource.text(_TARGET))
    if deployment is None or deployment.external:
        return
    collections = deployment.value("properties.dataCollector.collections")
    kept = collections.values() if isinstance(collections, Mapping) else ()
    if not any(isinstance(one, Mapping) and one.get("dataCollectionMode") == "Enabled" for one in kept):
        yield Violation(
            _TARGET,
            f"watches {deployment.urn}, which collects no data; give its dataCollector the collections "
            f"{' and '.join(MONITORED_COLLECTIONS)}",
        )


def _case(*, collects: bool) -> Case:
    collections = {name: {"dataCollectionMode": "Enabled"} for name in MONITORED_COLLECTIONS}
    changes = {"properties.dataCollector": {"collections": collections}} if collects else {}
    return Case(
        (
            declare(tokens.ML_WORKSPACE, name="workspace"),
            declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint", depends_on=("workspace",)),
            declare(tokens.ML_ONLINE_DEPLOYMENT, changes, name="deployment", depends_on=("endpoint",)),
            monitor_of(Ref("deployment")),
        )
    )


RULE = Rule(
    id="AML261",
    service="Azure ML schedule",
    title="a monitored deployment collects data",
    applies_to=(SCHEDULE,),
    status=0,
    code="",
    source=str(SOURCE),
    check=_check,
    trips=_case(collects=False),
    passes=_case(collects=True),
    severity=Severity.WARNING,
)
