"""Names that a service keeps for objects of its own."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
SQL = Source("learn.microsoft.com sql/relational-databases/databases/system-databases", _READ)
SYSTEM_DATABASES = ("master", "model", "msdb", "tempdb")
