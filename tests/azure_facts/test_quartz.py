"""Quartz expressions: each grade is what Quartz 2.3.2 did with the expression on 2026-11-29."""

from __future__ import annotations

import pytest

from azure_facts.quartz import QuartzGrade, quartz_problem


@pytest.mark.parametrize(
    "expression",
    [
        "0 0 3 * * ?",
        "0 0\t3 * * ?",
        "0 0/15 8-18 ? * MON-FRI",
        "0 30 2 1,15 * ? 2027-2030",
        "0 /15 3 * * ?",
        "0 1-59/61 3 * * ?",
        "0 10,44 14 ? 3 WED",
        "0 0 3 1,,2 * ?",
        "0 000 3 * * ?",
        "0 0 0 L * ?",
        "0 0 0 L-30 * ?",
        "0 0 0 L-3W * ?",
        "0 0 0 LW * ?",
        "0 0 0 15W * ?",
        "0 0 0 1/31 * ?",
        "0 0 6 ? * L",
        "0 0 6 ? * FRIL",
        "0 0 6 ? * 6L",
        "0 0 6 ? * 2#1",
        "0 0 6 ? * FRI#2",
        "0 0 22-2 ? * FRI-MON",
        "0 0 3 ? * 6-2",
        "0 0 3 ? * mon,tue",
        "0 0 3 ? * */2",
        "0 0 0 29 FEB ?",
        "0 0 3 31 4-6 ?",
        "*/10 * * * NOV-FEB ?",
    ],
)
def test_what_quartz_knows(expression: str) -> None:
    assert quartz_problem(expression) is None


REFUSED = [
    ("0 3 * * *", "has 5 fields; Quartz takes 6 or 7, seconds first"),
    ("@daily", "has 1 fields"),
    ("", "has 0 fields"),
    ("0 0 3 * * *", "needs '?' in exactly one of day-of-month and day-of-week"),
    ("0 0 3 ? * ?", "needs '?' in exactly one of day-of-month and day-of-week"),
    ("0 0 3 % * ?", "has '%' as day-of-month"),
    ("0 60 3 * * ?", "has 60 where 0 to 59 is possible (minutes)"),
    ("0 0 25 * * ?", "has 25 where 0 to 23 is possible (hours)"),
    ("0 0 3 0 * ?", "has 0 where 1 to 31 is possible (day-of-month)"),
    ("0 0 3 10-32 * ?", "has 32 where 1 to 31 is possible (day-of-month)"),
    ("0 0 3 -1 * ?", "has '-1' as day-of-month"),
    ("0 1- 3 * * ?", "has '1-' as minutes"),
    ("0 0 3 ? 13 MON", "has 13 where 1 to 12 is possible (month)"),
    ("0 0 3 ? JAN-FOO MON", "has 'FOO' as month"),
    ("0 0 3 * 1-JAN ?", "has '1-JAN' as month"),
    ("0 0 3 ? * 8", "has 8 where 1 to 7 is possible (day-of-week)"),
    ("0 0 3 ? * FOO", "has 'FOO' as day-of-week"),
    ("0 0 3 ? * MON-3", "has 'MON-3' as day-of-week"),
    ("0 0 3 ? * MON#6", "1 to 5 must follow the '#'"),
    ("0 0 3 ? * FRI#", "1 to 5 must follow the '#'"),
    ("0 0 6 ? * 2#1,3#1", "has '2#1' in a list as day-of-week"),
    ("0 0 6 ? * 6L,3", "has '6L' in a list as day-of-week"),
    ("0 0 3 ? * 9L", "has 9 where 1 to 7 is possible (day-of-week)"),
    ("0 0 3 ? * 5W", "has '5W' as day-of-week"),
    ("0 0 3 32W * ?", "has 32 where 1 to 31 is possible (day-of-month)"),
    ("0 0 0 WL * ?", "has 'WL' as day-of-month"),
    ("0 0 3 5L * ?", "has '5L' as day-of-month"),
    ("0 0 3 5#2 * ?", "has '5#2' as day-of-month"),
    ("0 0 3 L-31 * ?", "at most 30 days before the last"),
    ("0 0 3 L,15 * ?", "has 'L' in a list as day-of-month"),
    ("0 0 L * * ?", "has 'L' as hours"),
    ("0 , 3 1 * ?", "has no value as minutes"),
    ("0 0/ 3 * * ?", "has '0/' as minutes"),
    ("0 0/60 3 * * ?", "has the step 60 as minutes, where 59 is the most"),
    ("0 0 */24 * * ?", "has the step 24 as hours, where 23 is the most"),
    ("0 ? 3 * * ?", "has '?' as minutes"),
    ("0 0 3 * * ? 2030-2027", "has the years 2030 to 2027, which run backwards"),
    (f"0 {'9' * 5000} 3 * * ?", "has a number of more than nine digits"),
]
NEVER_FIRES = [
    ("0 0 3 31 FEB ?", "names a day that none of its months has"),
    ("0 0 3 30 2 ?", "names a day that none of its months has"),
    ("0 0 3 31 4,6,9,11 ?", "names a day that none of its months has"),
    ("0 0 3 * * ? 1969", "has 1969 where 1970 to 2199 is possible (year)"),
    ("0 0 3 * * ? 3000", "has 3000 where 1970 to 2199 is possible (year)"),
]
MISREAD = [
    ("0 0 3 ? * MONDAY", "has 'MONDAY' as day-of-week, of which Quartz reads the start only"),
    ("0 0 3 ? JAN/2 MON", "has 'JAN/2' as month, of which Quartz reads the start only"),
    ("0 0 3 ? * MON-FRI/2", "has 'MON-FRI/2' as day-of-week, of which Quartz reads the start only"),
    ("0 0 3 1-5W * ?", "has '1-5W' as day-of-month, of which Quartz reads the start only"),
    ("0 5x 3 * * ?", "has '5X' as minutes, of which Quartz reads the start only"),
    ("0 *5 3 * * ?", "has '*5' as minutes, of which Quartz reads the start only"),
    ("0 0 3 15W,3 * ?", "has '15W' in a list as day-of-month"),
    ("0 0 3 1,? * MON", "has '?' in a list as day-of-month"),
    ("0 0 6 ? * 2#1,3", "has '2#1' in a list as day-of-week"),
    ("0 0 6 ? * 0#1", "has 0 where 1 to 7 is possible (day-of-week)"),
    ("0 */0 3 * * ?", "has the step 0 as minutes, which Quartz ignores"),
]


@pytest.mark.parametrize(
    ("grade", "expression", "text"),
    [
        *((QuartzGrade.REFUSED, *case) for case in REFUSED),
        *((QuartzGrade.NEVER_FIRES, *case) for case in NEVER_FIRES),
        *((QuartzGrade.MISREAD, *case) for case in MISREAD),
    ],
)
def test_what_quartz_does_not_do_as_written(grade: QuartzGrade, expression: str, text: str) -> None:
    problem = quartz_problem(expression)
    assert problem is not None
    assert (problem.grade, text in problem.text) == (grade, True)
