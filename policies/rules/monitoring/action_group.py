"""Action groups are on and reach somebody."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_RECEIVERS = (
    "emailReceivers",
    "webhookReceivers",
    "armRoleReceivers",
    "logicAppReceivers",
    "azureFunctionReceivers",
)


def _check(judged: Judged) -> Iterator[str]:
    if judged.value("enabled") is False:
        yield "enabled is false"
    if not any(judged.value(name) for name in _RECEIVERS):
        yield "it has no receiver"


RULE = Rule(
    id="AMLP-MN-012",
    title="Action groups are on and reach somebody",
    severity=Severity.MEDIUM,
    types=("azure-native:monitor:ActionGroup",),
    check=_check,
    why="All alerts end here: switched off, it silences every one of them.",
    fix="Leave enabled at true and add a receiver",
    anchors=Anchors(benchmark=("IR-3",), source="learn.microsoft.com azure-monitor alerts/action-groups"),
    cases=Cases(
        allowed=({"emailReceivers": [{"name": "a", "emailAddress": "a@example.com"}], "enabled": True},),
        denied=({"emailReceivers": [{"name": "a", "emailAddress": "a@example.com"}], "enabled": False},),
        omitted={"emailReceivers": [{"name": "a", "emailAddress": "a@example.com"}]},
        unknown={
            "emailReceivers": [{"name": "a", "emailAddress": "a@example.com"}],
            "enabled": UNKNOWN_STRING,
        },
        omitted_is=Outcome.PASSED,
    ),
)
