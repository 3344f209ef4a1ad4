"""Quartz cron expressions: what the service would refuse is refused before it is asked."""

from __future__ import annotations

import pytest

from infra.settings.databricks.quartz import quartz_problem


@pytest.mark.parametrize(
    "expression",
    [
        "0 0 3 * * ?",
        "0 0/15 8-18 ? * MON-FRI",
        "0 30 2 1,15 * ? 2027-2030",
        "0 0 0 L * ?",
        "0 0 0 L-3W * ?",
        "0 0 0 LW * ?",
        "0 0 0 15W * ?",
        "0 0 6 ? * FRIL",
        "0 0 6 ? * 2#1",
        "0 0 22-2 ? * FRI-MON",
        "0 0 0 29 FEB ?",
        "*/10 * * * NOV-FEB ?",
    ],
)
def test_what_quartz_knows(expression: str) -> None:
    assert quartz_problem(expression) is None


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("0 3 * * *", "has 5 fields; Quartz takes 6 or 7"),
        ("0 0 3 * * *", "needs '?' in exactly one of day-of-month and day-of-week"),
        ("0 0 3 ? * ?", "needs '?' in exactly one of day-of-month and day-of-week"),
        ("0 0 3 * * %", "has a character that Quartz does not know"),
        ("0 60 3 * * ?", "has 60 where 0 to 59 is possible (minutes)"),
        ("0 0 25 * * ?", "has 25 where 0 to 23 is possible (hours)"),
        ("0 0 3 0 * ?", "has 0 where 1 to 31 is possible (day-of-month)"),
        ("0 0 3 10-32 * ?", "has 32 where 1 to 31 is possible (day-of-month)"),
        ("0 0 3 ? 13 MON", "has 13 where 1 to 12 is possible (month)"),
        ("0 0 3 ? JAN-FOO MON", "has 'FOO' as month"),
        ("0 0 3 ? * 8", "has 8 where 1 to 7 is possible (day-of-week)"),
        ("0 0 3 ? * FOO", "has 'FOO' as day-of-week"),
        ("0 0 3 ? * MON#6", "has 'MON#6' as day-of-week"),
        ("0 0 3 ? * 9L", "has 9 where 1 to 7 is possible (day-of-week)"),
        ("0 0 3 32W * ?", "has 32 where 1 to 31 is possible (day-of-month)"),
        ("0 0 3 L-31 * ?", "at most 30 days before the last"),
        ("0 0 3 L,15 * ?", "has 'L' in a list as day-of-month"),
        ("0 0 3 1,,2 * ?", "has nothing between commas as day-of-month"),
        ("0 */0 3 * * ?", "has a step '/' without a number above 0 as minutes"),
        ("0 0/ 3 * * ?", "has a step '/' without a number above 0 as minutes"),
        ("0 0/61 3 * * ?", "has the step 61 as minutes, where 59 is the most"),
        ("0 ? 3 * * ?", "has '?' as minutes"),
        ("0 0 3 31 FEB ?", "names a day that none of its months has"),
        ("0 0 3 31 4,6,9,11 ?", "names a day that none of its months has"),
        ("0 0 3 * * ? 2030-2027", "has the years 2030 to 2027, which run backwards"),
        ("0 0 3 * * ? 1969", "has 1969 where 1970 to 2099 is possible (year)"),
    ],
)
def test_what_quartz_refuses(expression: str, problem: str) -> None:
    assert problem in (quartz_problem(expression) or "")
