"""What Azure and Databricks have retired or will retire, with dates; judged against one injected `today`.

Warn before the date, refuse from the date on. Owns the table and the match; who warns and who refuses is the
caller's business. The clock is an argument, never read here, so that a test or a rehearsal of next year sees
next year's answer.

What a value looks like, by kind: a VM size as ARM spells it (`Standard_D4ds_v5`); a Databricks runtime as
`spark_version` (`15.4.x-scala2.12`); a service as its ARM type (`Microsoft.DataLakeStore/accounts`); an API
version as `<ARM type>@<version>`; a feature as `<module>:<Type>:<property path>=<value>` in azure-native's
names (`databricks:Workspace:sku.name=standard`). Patterns match the whole value, in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from azure_facts.retirement_tables.compute import DATABRICKS_RUNTIMES, VM_SIZES
from azure_facts.retirement_tables.retirement import Retirement, RetirementKind
from azure_facts.retirement_tables.services import API_VERSIONS, FEATURES, SERVICES
from azure_facts.retirement_tables.spark import SPARK_FEATURES

__all__ = [
    "RETIREMENTS",
    "Retirement",
    "RetirementFinding",
    "RetirementKind",
    "RetirementState",
    "find_retirements",
    "retirement_of",
]

RETIREMENTS: tuple[Retirement, ...] = (
    *VM_SIZES,
    *DATABRICKS_RUNTIMES,
    *SERVICES,
    *API_VERSIONS,
    *FEATURES,
    *SPARK_FEATURES,
)


class RetirementState(StrEnum):
    """COMING: still works, plan the move. PAST: on or after the date."""

    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True)
class RetirementFinding:
    """A value that an announcement covers, and on which side of its date `today` is."""

    retirement: Retirement
    value: str
    state: RetirementState

    @property
    def is_past(self) -> bool:
        """Whether `today` is the date or after it."""
        return self.state is RetirementState.PAST

    @property
    def message(self) -> str:
        """One line: what, since or from when, what instead."""
        when = "was retired on" if self.is_past else "retires on"
        retirement = self.retirement
        return (
            f"'{self.value}' {when} {retirement.retires.isoformat()} ({retirement.what}): use "
            f"{retirement.instead} [{retirement.source}]"
        )


def find_retirements(kind: RetirementKind, value: str, today: date) -> tuple[RetirementFinding, ...]:
    """What covers `value` on `today`, earliest date first; empty when nothing does, or not yet
    (`warn_from`).
    """
    return tuple(
        RetirementFinding(
            retirement, value, RetirementState.PAST if today >= retirement.retires else RetirementState.COMING
        )
        for retirement in _covering(kind, value)
        if retirement.warn_from is None or today >= retirement.warn_from
    )


def retirement_of(kind: RetirementKind, value: str) -> Retirement | None:
    """The first retirement that covers `value`, whatever the day; None where none is announced."""
    return next(iter(_covering(kind, value)), None)


@cache
def _covering(kind: RetirementKind, value: str) -> tuple[Retirement, ...]:
    found = (
        retirement
        for retirement in RETIREMENTS
        if retirement.kind is kind and re.fullmatch(retirement.pattern, value, re.IGNORECASE)
    )
    return tuple(sorted(found, key=lambda retirement: retirement.retires))
