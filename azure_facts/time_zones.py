"""Time zones: IANA's names, Windows' names, and which Windows zone an IANA zone is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.data_files import read_csv
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 29)
IANA = Source("IANA time zone database 2026f", _READ)
MAPPING = Source("Unicode CLDR 48.2 common/supplemental/windowsZones.xml", _READ)
DATABRICKS = Source("pulumi-databricks 1.x, JobScheduleArgs.timezone_id: a Java time-zone id", _READ)
"""Java's ids are those of IANA; Databricks does not know the names of Windows."""
DATA_FACTORY = Source("thewindowsupdate.com 2020-10-30, time zone support for schedule trigger", _READ)
"""The announcement by the Data Factory team: Windows' names; a moment ends in Z with UTC only."""
MACHINE_LEARNING = Source(
    "learn.microsoft.com machine-learning/reference-yaml-schedule, appendix Timezone", _READ
)

_WINDOWS_ONLY = ("Kamchatka Standard Time", "Mid-Atlantic Standard Time", "Türkiye Standard Time")
"""Names that Azure ML lists and CLDR no longer has, or not in this spelling."""

IANA_TO_WINDOWS: Mapping[str, str] = MappingProxyType(
    {row["iana"]: row["windows"] for row in read_csv("time_zones.csv", ("iana", "windows")) if row["windows"]}
)
"""By IANA name, aliases such as US/Pacific included."""
IANA_NAMES: frozenset[str] = frozenset(row["iana"] for row in read_csv("time_zones.csv", ("iana", "windows")))
"""Every name of the database; a few have no Windows zone (Antarctica/Troll)."""
WINDOWS_NAMES: frozenset[str] = frozenset({*IANA_TO_WINDOWS.values(), *_WINDOWS_ONLY})


def windows_time_zone_problem(name: str) -> str | None:
    """What is wrong with the time zone of a schedule of Data Factory or Azure ML, or None."""
    if name in WINDOWS_NAMES:
        return None
    if name in IANA_TO_WINDOWS:
        return f"'{name}' is an IANA name; use Windows' name, which is '{IANA_TO_WINDOWS[name]}'"
    return f"'{name}' is no time zone of Windows; use a name such as 'W. Europe Standard Time' or 'UTC'"
