"""Somebody hears of changes to roles, locks and logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.activity_log import GUARDED_OPERATIONS
from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_ALERT = "azure-native:monitor:ActivityLogAlert"
_ROLE = "azure-native:authorization:RoleAssignment"


def _check(stack: Stack) -> Iterator[StackFinding]:
    if not any(True for _ in stack.of(_ROLE)):
        return
    told = {
        operation
        for alert in stack.of(_ALERT)
        for operation in stack.read(alert, _operations, frozenset[str]())
    }
    for operation in GUARDED_OPERATIONS.values():
        if operation.lower() not in told:
            yield StackFinding(f"no alert tells of {operation}")


def _operations(alert: Judged) -> frozenset[str]:
    """In lower case; none of an alert that is off or that looks at a part of the subscription."""
    scopes = alert.value("scopes")
    whole = isinstance(scopes, Sequence) and any(
        isinstance(scope, str) and scope.lower().count("/") == 2 for scope in scopes
    )
    if not whole or alert.value("enabled") is False:
        return frozenset()
    found: set[str] = set()
    for condition in alert.items("condition.allOf"):
        if str(condition.get("field", "")).lower() == "operationname":
            found.add(str(condition.get("equals", "")).lower())
    return frozenset(found)


def _alert(operation: str, *, enabled: bool = True, scope: str = "/subscriptions/0") -> Sample:
    return Sample(
        _ALERT,
        {
            "enabled": enabled,
            "scopes": [scope],
            "condition": {
                "allOf": [
                    {"field": "category", "equals": "Administrative"},
                    {"field": "operationName", "equals": operation},
                ]
            },
        },
        name=operation,
    )


_ALERTS = tuple(_alert(operation) for operation in GUARDED_OPERATIONS.values())
_ASSIGNMENT = Sample(_ROLE, {"principalType": "Group"}, name="role")
_FIRST = next(iter(GUARDED_OPERATIONS.values()))

RULE = StackRule(
    id="AMLP-MN-030",
    title="Somebody hears of changes to roles, locks and logs",
    severity=Severity.HIGH,
    check=_check,
    why="Who takes a right, a lock or a log away does it before the harm; an approved deployment is told as well.",
    fix="Leave monitoring.sensitive_changes on",
    anchors=Anchors(
        benchmark=("LT-1", "LT-3", "PA-1"),
        source="learn.microsoft.com azure-monitor alerts/alerts-types, activity log alerts",
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(_ASSIGNMENT, *_ALERTS),
        denied=(_ASSIGNMENT, *_ALERTS[1:], _alert(_FIRST, enabled=False)),
        omitted=(_ASSIGNMENT,),
        unknown=(_ASSIGNMENT, *_ALERTS, Sample(_ALERT, {"scopes": UNKNOWN_STRING}, name="other")),
    ),
)
