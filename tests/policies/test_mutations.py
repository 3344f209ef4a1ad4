"""One thing changed in production is noticed: by a rule of the pack, or by the rehearsal's other judges."""

from __future__ import annotations

import pytest

from tests.infra.platforms import rehearsed
from tests.policies.mutations.mutants import matching, open_questions
from tests.policies.mutations.relevance import NOT_RELEVANT
from tests.policies.mutations.survivors import SURVIVORS
from tests.policies.mutations.table import COMMAND, PAGE, page, verdicts

pytestmark = pytest.mark.xdist_group("platforms")

WANTED = 0.97
COUNTED_NUMBERS = {
    "consumption:Budget.notifications.*.threshold",
    "databricks:index/job:Job.tasks[].minRetryIntervalMillis",
    "network:NatGateway.idleTimeoutInMinutes",
    "network:NetworkSecurityGroup.securityRules[].priority",
    "containerservice:AgentPool.count",
    "storage:BlobServiceProperties.changeFeed.retentionInDays",
    "containerservice:ManagedCluster.securityProfile.imageCleaner.intervalHours",
    "databricks:index/job:Job.tasks[].runJobTask.jobId",
    "databricks:index/sqlEndpoint:SqlEndpoint.minNumClusters",
    "datafactory:Pipeline.concurrency",
    "datafactory:Trigger.properties.interval",
    "datafactory:Trigger.properties.maxConcurrency",
    "datafactory:Trigger.properties.recurrence.*",
    "monitor:*.severity",
    "storage:ManagementPolicy.policy.rules[].*",
}
"""Numbers that are neither security nor cost: intervals, orders, and what the autoscaler changes anyway."""


def test_nearly_every_mutant_is_caught() -> None:
    found = verdicts()
    assert len(found) > 800
    assert sum(verdict.caught for verdict in found) / len(found) >= WANTED


def test_every_survivor_is_justified() -> None:
    survivors = {verdict.mutant.label for verdict in verdicts() if not verdict.caught}
    assert survivors == set(SURVIVORS)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(verdicts()), f"write it with `{COMMAND}`"


def test_every_number_was_thought_of() -> None:
    known = {*COUNTED_NUMBERS, *NOT_RELEVANT}
    asked = {
        key
        for resource in rehearsed("prod").world.resources
        if resource.custom and not resource.is_provider
        for key in open_questions(resource)
        if not matching(dict.fromkeys(known), key)
    }
    assert asked == set()
