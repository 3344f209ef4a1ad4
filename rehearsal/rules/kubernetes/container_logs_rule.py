"""Container Insights collects what a data collection rule says that is associated with the cluster."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.container_insights import EXTENSION, ONBOARDING, RULE_ASSOCIATION
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.kubernetes.container_logs import (
    ADD_ON_PATH,
    associated,
    association,
    collecting_cluster,
    collection_rule,
    collects,
)
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of a rule of somebody else's nothing is said."""
    if not collects(resource):
        return
    for rule_id in associated(resource, world, "dataCollectionRuleId"):
        rule = world.find(rule_id)
        if rule is None or any(
            source.get("extensionName") == EXTENSION for source in rule.items("dataSources.extensions")
        ):
            return
    yield Violation(
        ADD_ON_PATH,
        f"is on, and no association with a data collection rule of extension {EXTENSION} says what it collects, so it "
        f"collects nothing; declare both, the association by the name {RULE_ASSOCIATION}",
    )


def _case(*, associated_rule: bool) -> Case:
    beside = (collection_rule(), association("dataCollectionRuleId", "rule")) if associated_rule else ()
    return Case((collecting_cluster({"useAADAuth": "true"}), *beside))


RULE = Rule(
    id="KS302",
    service="AKS",
    title="Container Insights is told what to collect",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source=str(ONBOARDING),
    check=_check,
    trips=_case(associated_rule=False),
    passes=_case(associated_rule=True),
    severity=Severity.WARNING,
)
