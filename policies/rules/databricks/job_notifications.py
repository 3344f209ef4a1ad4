"""Somebody hears of failed jobs."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    if not judged.value("emailNotifications.onFailures") and not judged.value(
        "webhookNotifications.onFailures"
    ):
        yield "neither emailNotifications.onFailures nor webhookNotifications.onFailures is set"


RULE = Rule(
    id="AMLP-DO-023",
    title="Somebody hears of failed jobs",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=_check,
    why="A nightly training that fails silently is found when the forecast is wrong.",
    fix="Set email_notifications.on_failures or webhook_notifications.on_failures",
    anchors=Anchors(benchmark=("IR-3",), source="docs.databricks.com jobs/notifications"),
    cases=Cases(
        allowed=({"name": "train", "emailNotifications": {"onFailures": ["ml@example.com"]}},),
        denied=({"name": "train", "emailNotifications": {"onFailures": []}},),
        omitted={"name": "train"},
        unknown={"name": "train", "emailNotifications": {"onFailures": UNKNOWN_STRING}},
    ),
)
