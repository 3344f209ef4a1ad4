"""Time zones by the names of IANA and of Windows."""

from __future__ import annotations

import pytest

from azure_facts.time_zones import IANA_NAMES, IANA_TO_WINDOWS, WINDOWS_NAMES, windows_time_zone_problem


@pytest.mark.parametrize(
    ("iana", "windows"),
    [
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Europe/Amsterdam", "W. Europe Standard Time"),
        ("Europe/London", "GMT Standard Time"),
        ("Europe/Kyiv", "FLE Standard Time"),
        ("US/Pacific", "Pacific Standard Time"),
        ("Asia/Kolkata", "India Standard Time"),
        ("Asia/Calcutta", "India Standard Time"),
        ("America/Mexico_City", "Central Standard Time (Mexico)"),
    ],
)
def test_the_windows_name_of_a_zone(iana: str, windows: str) -> None:
    assert IANA_TO_WINDOWS[iana] == windows


def test_a_zone_without_a_windows_name() -> None:
    assert "Antarctica/Troll" in IANA_NAMES
    assert "Antarctica/Troll" not in IANA_TO_WINDOWS


def test_the_tables_are_whole() -> None:
    assert (len(IANA_NAMES), len(WINDOWS_NAMES)) == (598, 142)


@pytest.mark.parametrize("name", ["UTC", "UTC-11", "W. Europe Standard Time", "Türkiye Standard Time"])
def test_names_that_windows_knows(name: str) -> None:
    assert windows_time_zone_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "Europe/Amsterdam",
            "'Europe/Amsterdam' is an IANA name; use Windows' name, which is 'W. Europe Standard Time'",
        ),
        ("US/Pacific", "'US/Pacific' is an IANA name; use Windows' name, which is 'Pacific Standard Time'"),
        (
            "Amsterdam",
            "'Amsterdam' is no time zone of Windows; use a name such as 'W. Europe Standard Time' or 'UTC'",
        ),
    ],
)
def test_names_that_windows_does_not_know(name: str, problem: str) -> None:
    assert windows_time_zone_problem(name) == problem
