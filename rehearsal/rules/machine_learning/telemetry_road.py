"""Application Insights that takes nothing from the public is reached through a private link scope."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND, PRIVATE_LINK_SCOPE_SUB_RESOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import isolation, private_rule, private_targets, workspace
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    insights = world.find(resource.text("applicationInsights"))
    if insights is None or not isolation(resource):
        return
    if insights.text("publicNetworkAccessForIngestion") != "Disabled":
        return
    if not any("/privatelinkscopes/" in target for target, _ in private_targets(resource, world)):
        yield Violation(
            "managedNetwork.outboundRules",
            f"have no way to {insights.urn}, which takes telemetry through a private link scope only; add a private "
            f"endpoint rule to the scope with subresource_target {PRIVATE_LINK_SCOPE_SUB_RESOURCE}",
        )


def _case(*, ruled: bool) -> Case:
    scope = Declared(
        "azure-native:monitor:PrivateLinkScope",
        {
            "resourceGroupName": GROUP_NAME,
            "location": "global",
            "scopeName": "ampls-ml-dev",
            "accessModeSettings": {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"},
        },
        name="scope",
    )
    rules = {"monitor": private_rule(Ref("scope"), PRIVATE_LINK_SCOPE_SUB_RESOURCE)} if ruled else {}
    return Case(
        (
            scope,
            declare(
                tokens.APPLICATION_INSIGHTS, {"publicNetworkAccessForIngestion": "Disabled"}, name="insights"
            ),
            workspace(OPEN_OUTBOUND, rules, {"applicationInsights": Ref("insights")}),
        )
    )


RULE = Rule(
    id="AML225",
    service="Azure ML managed network",
    title="compute's telemetry has a way to Application Insights",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, private endpoints",
    check=_check,
    trips=_case(ruled=False),
    passes=_case(ruled=True),
    severity=Severity.WARNING,
)
