"""The machines that run after the deployment fit the vCPU quotas."""

from __future__ import annotations

from collections.abc import Iterator

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
        if total.largest.urn == resource.urn and total.limit is not None and total.now > total.limit:
            yield Violation(
                total.largest.path,
                f"{total.now} vCPU of {total.quota.name} in {total.region} are needed at deployment, {total.limit} are "
                "allowed; raise the quota (az quota), or ask for fewer or smaller nodes",
            )


def _case(limit: int) -> Case:
    quotas = Quotas(compute={"westeurope": {"standardDDSv5Family": limit}})
    # Two nodes of four vCPUs.
    return Case((declare(tokens.AKS),), Subscription(resource_groups=(GROUP_NAME,), quotas=quotas))


RULE = Rule(
    id="SUB004",
    service="Azure Compute",
    title="vCPU quotas hold what a deployment starts (where --subscription states them)",
    applies_to=ASKING_TYPES,
    status=400,
    code="ErrCode_InsufficientVCPUQuota",
    source="learn.microsoft.com azure/quotas/per-vm-quota-requests; machine-learning/how-to-manage-quotas",
    check=_check,
    trips=_case(7),
    passes=_case(8),
)
