"""What one announced retirement is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from azure_facts.source import Source

READ = date(2026, 11, 21)
"""When the pages were read that no row dates itself."""

# Azure/EOL service_list.json is the data behind the Azure portal's "Service Retirement" workbook.
RETIREMENT_LIST = Source("Azure/EOL service_list.json (2025-12-18)", READ)


class RetirementKind(StrEnum):
    """What kind of value a retirement is looked up by; `retirements` says how each is written."""

    VM_SIZE = "vm_size"
    DATABRICKS_RUNTIME = "databricks_runtime"
    SERVICE = "service"
    API_VERSION = "api_version"
    FEATURE = "feature"


@dataclass(frozen=True)
class Retirement:
    """One announcement: what stops, when, what to use instead, who says so.

    `warn_from` is set where the date is known from the first day (a Databricks LTS runtime is supported three
    years): a warning on the newest one would never be read again.
    """

    kind: RetirementKind
    pattern: str
    retires: date
    what: str
    instead: str
    source: Source
    warn_from: date | None = None
