"""Tables of Log Analytics, and who can write a row of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

WRITTEN_BY_CALLERS: Mapping[str, str] = MappingProxyType(
    {
        r"App[A-Z]\w+": (
            "what an application tells Application Insights: its key is no secret, and its texts are the caller's"
        ),
        r"AmlOnlineEndpoint\w+": "what a scoring script prints, and each request to it",
        r"Container\w*Log\w*": "what a container prints",
        r"search|union\s+\*": "every table",
    }
)
"""Pattern of a table to what is in it: rows that a caller of an endpoint or an app can create."""

SOURCES = (
    Source("learn.microsoft.com azure/azure-monitor/app/connection-strings", _READ),
    Source("learn.microsoft.com azure/azure-monitor/app/azure-ad-authentication", _READ),
)


def callers_write(query: str) -> Iterator[tuple[str, str]]:
    """Each table that a Kusto query reads and that callers can write, with what is in it."""
    for pattern, what in WRITTEN_BY_CALLERS.items():
        for table in dict.fromkeys(re.findall(rf"(?<![\w\"'.])(?:{pattern})(?![\w\"'])", query)):
            yield table, what
