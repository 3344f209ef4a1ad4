"""Budgets tell somebody before the money is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.cases import changed
from policies.frame.checks import number
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    found = judged.value("notifications")
    notifications = found if isinstance(found, Mapping) else {}
    early = forecasted = False
    for name, notification in notifications.items():
        if notification.get("enabled") is not True:
            yield f"notification {name} is not enabled"
        if not notification.get("contactEmails") and not notification.get("contactGroups"):
            yield f"notification {name} reaches nobody"
        forecast = str(notification.get("thresholdType", "Actual")).lower() == "forecasted"
        percent = number(notification.get("threshold")) or 0
        if percent > (_FORECAST if forecast else _ACTUAL):
            yield f"notification {name} comes at {percent:g} %, too late"
        early, forecasted = early or (not forecast and percent <= _EARLY), forecasted or forecast
    if not early or not forecasted:
        yield f"a notification at {_EARLY} % of actual cost or before, and one on forecasted cost are needed"


_EARLY, _ACTUAL, _FORECAST = 90, 100, 120


_CORRECT = {
    "amount": 1,
    "notifications": {
        "one": {
            "enabled": True,
            "threshold": 80,
            "thresholdType": "Actual",
            "operator": "GreaterThan",
            "contactEmails": ["a@example.com"],
        },
        "two": {
            "enabled": True,
            "threshold": 110,
            "thresholdType": "Forecasted",
            "operator": "GreaterThan",
            "contactEmails": ["a@example.com"],
        },
    },
}

RULE = Rule(
    id="AMLP-FN-001",
    title="Budgets tell somebody before the money is gone",
    severity=Severity.MEDIUM,
    types=("azure-native:consumption:Budget",),
    check=_check,
    why="A budget stops nothing: all it does is write a mail.",
    fix="Add enabled notifications: actual at or below 100 %, and forecasted",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com cost-management tutorial-acm-create-budgets"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"notifications.one.enabled": False}),
            changed(_CORRECT, {"notifications.one.threshold": 150}),
            changed(_CORRECT, {"notifications.one.contactEmails": []}),
            changed(_CORRECT, {"notifications.one.thresholdType": "Forecasted"}),
        ),
        omitted={"amount": 1},
        unknown={"notifications": UNKNOWN_STRING},
    ),
)
