"""NCrontab expressions of five fields."""

from __future__ import annotations

import pytest

from azure_facts.ncron import ncron_problem


@pytest.mark.parametrize(
    "expression",
    [
        "0 4 * * 0",
        "*/10 * * * *",
        "0 1-3 * * *",
        "20,30,40 * * * *",
        "30 9 * Jan Mon",
        "30 9 * january Mon-Fri",
        "0 22-2 * * *",
        "0  3 * * *",
        "0 3 1-31/7 * *",
        "0 3 29 2 *",
        "0 3 31 2,3 *",
        "0 3 29-31 FEB *",
        "0 3 31 2-3 *",
        "0 3 31 2/5 *",
        "0 3 */30 2 *",
    ],
)
def test_what_ncrontab_knows(expression: str) -> None:
    assert ncron_problem(expression) is None


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        (
            "0 0 3 * * ?",
            "has 6 fields; it takes 5 (minute hour day month weekday, no seconds and no year as Quartz has)",
        ),
        ("0 3 * *", "has 4 fields"),
        ("0 3 30 2 *", "names a day that none of its months has, so it never comes"),
        ("0 3 31 4,6 *", "names a day that none of its months has, so it never comes"),
        ("0 3 30-31 2 *", "names a day that none of its months has, so it never comes"),
        ("0 3 31 feb,JUN *", "names a day that none of its months has, so it never comes"),
        ("0 3 31 4-4 *", "names a day that none of its months has, so it never comes"),
        ("0 3 30/1 2 *", "names a day that none of its months has, so it never comes"),
        ("", "has 0 fields"),
        ("60 3 * * *", "has 60 where 0 to 59 is possible (minute)"),
        ("0 24 * * *", "has 24 where 0 to 23 is possible (hour)"),
        ("0 3 0 * *", "has 0 where 1 to 31 is possible (day)"),
        ("0 3 * 13 *", "has 13 where 1 to 12 is possible (month)"),
        ("0 3 * * 7", "has 7 where 0 to 6 is possible (weekday)"),
        ("0 3 ? * *", "has '?' as day"),
        ("0 3 L * *", "has 'L' as day"),
        ("0 3 * * Foo", "has 'Foo' as weekday"),
        ("0 3 * * 1,,2", "has nothing between commas as weekday"),
        ("*/x 3 * * *", "has a step '/' without a number as minute"),
        ("1- 3 * * *", "has '' as minute"),
    ],
)
def test_what_ncrontab_refuses(expression: str, problem: str) -> None:
    assert problem in (ncron_problem(expression) or "")
