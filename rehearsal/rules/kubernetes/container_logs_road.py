"""Container Insights sends to a workspace that is closed to the public by way of a private link scope."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.container_insights import ENDPOINT_ASSOCIATION, ONBOARDING, PRIVATE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.container_logs import (
    ADD_ON_PATH,
    SCOPE_MEMBER,
    associated,
    association,
    collecting_cluster,
    collection_rule,
    collects,
    log_analytics,
)
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Whether an endpoint is in a scope of somebody else's does not show: without a member declared nothing is said."""
    workspace = log_analytics(resource, world)
    if not collects(resource) or workspace is None:
        return
    if workspace.text("publicNetworkAccessForIngestion") != "Disabled":
        return
    endpoints = list(associated(resource, world, "dataCollectionEndpointId"))
    if not endpoints:
        yield Violation(
            ADD_ON_PATH,
            f"sends to {workspace.urn}, which takes telemetry through a private link scope only, and the agent would "
            "ask the public for its configuration; associate a data collection endpoint that is in the scope, by the "
            f"name {ENDPOINT_ASSOCIATION}",
        )
    members = {member.text("linkedResourceId").lower() for member in world.of_types((SCOPE_MEMBER,))}
    for endpoint in endpoints:
        if members and world.find(endpoint) is not None and endpoint.lower() not in members:
            yield Violation(
                ADD_ON_PATH,
                f"takes its configuration from {endpoint}, which is not in the private link scope; add it there",
            )


def _case(*, endpoint: bool) -> Case:
    logs = {"publicNetworkAccessForIngestion": "Disabled"}
    stated = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "dataCollectionEndpointName": "dce-ml-dev",
        "kind": "Linux",
        "networkAcls": {"publicNetworkAccess": "Disabled"},
    }
    beside = (
        (
            Declared("azure-native:monitor:DataCollectionEndpoint", stated, name="endpoint"),
            association("dataCollectionEndpointId", "endpoint"),
        )
        if endpoint
        else ()
    )
    config = {"useAADAuth": "true", "logAnalyticsWorkspaceResourceID": Ref("logs")}
    return Case(
        (
            declare(tokens.LOG_ANALYTICS, logs, name="logs"),
            collecting_cluster(config),
            collection_rule(),
            association("dataCollectionRuleId", "rule"),
            *beside,
        )
    )


RULE = Rule(
    id="KS303",
    service="AKS",
    title="Container Insights has a private road to a closed workspace",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source=f"{PRIVATE}; {ONBOARDING}",
    check=_check,
    trips=_case(endpoint=False),
    passes=_case(endpoint=True),
    severity=Severity.WARNING,
)
