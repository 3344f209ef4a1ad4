"""Time zones by their IANA names, and what Windows calls them: Data Factory knows the latter only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WINDOWS_TIME_ZONES: Mapping[str, str] = MappingProxyType(
    {
        # Unicode CLDR windowsZones
        "UTC": "UTC",
        "Europe/London": "GMT Standard Time",
        "Europe/Dublin": "GMT Standard Time",
        "Europe/Lisbon": "GMT Standard Time",
        "Europe/Amsterdam": "W. Europe Standard Time",
        "Europe/Berlin": "W. Europe Standard Time",
        "Europe/Rome": "W. Europe Standard Time",
        "Europe/Stockholm": "W. Europe Standard Time",
        "Europe/Vienna": "W. Europe Standard Time",
        "Europe/Zurich": "W. Europe Standard Time",
        "Europe/Oslo": "W. Europe Standard Time",
        "Europe/Brussels": "Romance Standard Time",
        "Europe/Copenhagen": "Romance Standard Time",
        "Europe/Madrid": "Romance Standard Time",
        "Europe/Paris": "Romance Standard Time",
        "Europe/Prague": "Central Europe Standard Time",
        "Europe/Budapest": "Central Europe Standard Time",
        "Europe/Warsaw": "Central European Standard Time",
        "Europe/Athens": "GTB Standard Time",
        "Europe/Bucharest": "GTB Standard Time",
        "Europe/Helsinki": "FLE Standard Time",
        "Europe/Kyiv": "FLE Standard Time",
        "Europe/Istanbul": "Turkey Standard Time",
        "America/New_York": "Eastern Standard Time",
        "America/Toronto": "Eastern Standard Time",
        "America/Chicago": "Central Standard Time",
        "America/Denver": "Mountain Standard Time",
        "America/Phoenix": "US Mountain Standard Time",
        "America/Los_Angeles": "Pacific Standard Time",
        "America/Mexico_City": "Central Standard Time (Mexico)",
        "America/Sao_Paulo": "E. South America Standard Time",
        "Africa/Johannesburg": "South Africa Standard Time",
        "Asia/Dubai": "Arabian Standard Time",
        "Asia/Kolkata": "India Standard Time",
        "Asia/Singapore": "Singapore Standard Time",
        "Asia/Hong_Kong": "China Standard Time",
        "Asia/Shanghai": "China Standard Time",
        "Asia/Seoul": "Korea Standard Time",
        "Asia/Tokyo": "Tokyo Standard Time",
        "Australia/Sydney": "AUS Eastern Standard Time",
        "Pacific/Auckland": "New Zealand Standard Time",
    }
)
"""IANA name -> Windows id."""
