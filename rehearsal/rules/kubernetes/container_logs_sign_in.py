"""Container Insights signs in as itself, not with the workspace's key."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from azure_facts.container_insights import LEGACY, LEGACY_ENDS
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.kubernetes.container_logs import (
    ADD_ON_PATH,
    collecting_cluster,
    log_analytics,
    signs_in_as_itself,
)
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = f"{ADD_ON_PATH}.config.useAADAuth"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.value(f"{ADD_ON_PATH}.enabled") is not True or signs_in_as_itself(resource):
        return
    workspace = log_analytics(resource, world)
    if workspace is not None and workspace.value("features.disableLocalAuth") is True:
        yield Violation(_PATH, f"is not 'true', and {workspace.urn} takes no keys; give 'true'")
    elif world.today > LEGACY_ENDS:
        yield Violation(
            _PATH,
            f"is not 'true', so the agent signs in with the workspace's key, which nothing is taken from since "
            f"{LEGACY_ENDS}; give 'true', with a data collection rule and its association",
        )


RULE = Rule(
    id="KS301",
    service="AKS",
    title="Container Insights signs in as itself",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source=str(LEGACY),
    check=_check,
    trips=Case((collecting_cluster({}),), today=datetime.date(2026, 11, 30)),
    passes=Case((collecting_cluster({}),), today=datetime.date(2026, 9, 30)),
    severity=Severity.WARNING,
)
