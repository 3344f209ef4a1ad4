"""Categories of resource logs that a diagnostic setting may name, by ARM type. The table is `data/log_categories.csv`.

Services add categories, so one that the table does not have is surely wrong only where it is a slip of one that there
is, or another type's.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from azure_facts.data_files import read_csv
from azure_facts.diagnostic_categories import DIAGNOSTIC_SUPPORT
from azure_facts.source import Source

SOURCE = Source(
    "learn.microsoft.com azure-monitor/essentials/resource-logs-categories (generated list of 2023-01-10, the last one "
    "with the names that settings take); supported-logs (2026-07) for Container Apps, AKS and Cosmos DB",
    datetime.date(2026, 11, 30),
)
_CLOSE = 0.93
"""One letter more or less, or a dash: services name new categories much like their others."""


@dataclass(frozen=True)
class CategoryProblem:
    """What is wrong with a category. `sure`: the lists show it; otherwise it may be newer than they are."""

    message: str
    sure: bool


def category_problem(resource_type: str, category: str) -> CategoryProblem | None:
    """None for a category that the type has, and for types that the table does not have."""
    known = _known(resource_type.lower())
    if not known or category.lower() in known:
        return None
    slip = difflib.get_close_matches(category.lower(), known, n=1, cutoff=_CLOSE)
    elsewhere = [name for name in _table() if category.lower() in _known(name)]
    if slip:
        right = f"use '{known[slip[0]]}'"
    elif elsewhere:
        right = f"it is one of {elsewhere[0]}; use one of {', '.join(known.values())}"
    else:
        right = f"use one of {', '.join(known.values())}"
    return CategoryProblem(f"'{category}' is no category of the type; {right}", sure=bool(slip or elsewhere))


def _known(resource_type: str) -> Mapping[str, str]:
    """By its name in lower case: Azure compares them so."""
    support = DIAGNOSTIC_SUPPORT.get(resource_type)
    named = (*_table().get(resource_type, ()), *(support.categories if support else ()))
    return {name.lower(): name for name in named}


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    rows = read_csv("log_categories.csv", ("type", "categories"))
    return {row["type"]: tuple(row["categories"].split()) for row in rows}
