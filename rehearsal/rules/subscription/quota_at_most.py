"""What everything may grow to fits the vCPU quotas, or scaling stops before its maximum."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Quotas, Subscription
from rehearsal.model.world import World
from rehearsal.quotas import ASKING_TYPES, totals
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for total in totals(world):
        if (
            total.largest.urn == resource.urn
            and total.limit is not None
            and total.now <= total.limit < total.most
        ):
            yield Violation(
                total.largest.path,
                f"up to {total.most} vCPU of {total.quota.name} in {total.region} may be asked for at once, "
                f"{total.limit} are allowed, and nodes beyond that fail to start; raise the quota, or ask for fewer",
            )


def _case(limit: int) -> Case:
    quotas = Quotas(machine_learning={"westeurope": {"standardDDSv5Family": limit}})
    # Four nodes of four vCPUs at most.
    return Case((declare(tokens.ML_COMPUTE),), Subscription(resource_groups=(GROUP_NAME,), quotas=quotas))


RULE = Rule(
    id="SUB005",
    service="Azure Compute",
    title="vCPU quotas hold what everything may grow to (where --subscription states them)",
    applies_to=ASKING_TYPES,
    status=0,
    code="",
    source="learn.microsoft.com azure/quotas/per-vm-quota-requests; machine-learning/how-to-manage-quotas",
    check=_check,
    trips=_case(15),
    passes=_case(16),
    severity=Severity.WARNING,
)
