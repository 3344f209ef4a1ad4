"""Budgets stay within what the environment may cost."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import number
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold


def _check(judged: Judged) -> Iterator[str]:
    amount = number(judged.value("amount"))
    if not amount or amount > judged.limit("maximumAmount"):
        yield (
            f"amount is {amount:g}: it must be over 0 and at most {judged.limit('maximumAmount')}"
            if amount
            else "amount is not set"
        )
    if str(judged.value("timeGrain")).lower() != "monthly":
        yield "timeGrain is not Monthly: the amounts here are by month"


RULE = Rule(
    id="AMLP-FN-002",
    title="Budgets stay within what the environment may cost",
    severity=Severity.MEDIUM,
    types=("azure-native:consumption:Budget",),
    check=_check,
    why="A budget that is never reached warns of nothing.",
    fix="Lower the amount, or raise maximumAmount here",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com cost-management tutorial-acm-create-budgets"
    ),
    thresholds=(Threshold("maximumAmount", 25000, "currency units a month", minimum=1),),
    cases=Cases(
        allowed=({"timeGrain": "Monthly", "amount": 18000},),
        denied=(
            {"timeGrain": "Monthly", "amount": 1000000},
            {"timeGrain": "Monthly", "amount": 0},
        ),
        omitted={"timeGrain": "Monthly"},
        unknown={"timeGrain": "Monthly", "amount": UNKNOWN_STRING},
    ),
)
