"""A preview and the preflight ask for the same vCPUs of every quota: one reads resources, the other settings."""

from __future__ import annotations

import re

import pytest

from azure_facts.quotas import most_by_quota
from infra.preflight.cores import nodes_at_most
from infra.settings.databricks.workspace import DatabricksContent
from rehearsal.quotas import totals
from rehearsal.report import render
from tests.infra.platforms import ALL, rehearsed
from tests.infra.stack_settings import settings_of


@pytest.mark.parametrize("name", ALL)
def test_preview_and_preflight_ask_for_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")  # no cell is wrapped
    result = rehearsed(name)
    preview = {total.quota: total.most for total in totals(result.world) if total.most}
    settings = settings_of(name)
    if settings.foundation_only:
        # The preflight asks before phase 1 for what phase 2 takes, because a quota takes days.
        assert preview == {}
        return
    if settings.databricks and settings.databricks.content is DatabricksContent.DEFERRED:
        # The second deployment makes it; the preflight asks before the first, because a quota takes days.
        settings = settings.model_copy(update={"databricks": None})
    assert preview == most_by_quota(nodes_at_most(settings))
    printed = render(result)
    for quota, most in preview.items():
        service = "Azure ML" if quota.machine_learning else "VMs"
        line = rf"  westeurope +{quota.title} +{service} +\d+ +{most} "
        assert re.search(line, printed), line
