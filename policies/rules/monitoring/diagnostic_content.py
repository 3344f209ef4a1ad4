"""Diagnostic settings send something."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    if (
        not judged.text("workspaceId")
        and not judged.text("storageAccountId")
        and not judged.text("eventHubName")
    ):
        yield "no destination is named"
    entries = list(values(judged.props, "logs[].enabled")) + list(values(judged.props, "metrics[].enabled"))
    if not entries:
        yield "neither logs nor metrics are sent"
    for at, enabled in entries:
        if enabled is not True:
            yield f"{at} is not true: the setting sends nothing there"
    for entry in judged.items("logs"):
        if not entry.get("categoryGroup") and not entry.get("category"):
            yield "a log entry names neither a category nor a category group"


RULE = Rule(
    id="AMLP-MN-006",
    title="Diagnostic settings send something",
    severity=Severity.MEDIUM,
    types=("azure-native:monitor:DiagnosticSetting",),
    check=_check,
    why="A setting that is there but off looks like logging in every list.",
    fix="Enable a log category group or metrics, and name the workspace",
    anchors=Anchors(benchmark=("LT-3",), azure_policy=("187242f4-89c6-4c43-9a4e-188c0efacc5f",)),
    cases=Cases(
        allowed=({"workspaceId": "/w", "logs": [{"categoryGroup": "allLogs", "enabled": True}]},),
        denied=(
            {"workspaceId": "/w", "logs": [{"categoryGroup": "allLogs", "enabled": False}]},
            {"logs": [{"categoryGroup": "allLogs", "enabled": True}]},
            {"workspaceId": "/w"},
        ),
        omitted={"resourceUri": "/r"},
        unknown={"workspaceId": UNKNOWN_STRING, "logs": [{"categoryGroup": "allLogs", "enabled": True}]},
    ),
)
