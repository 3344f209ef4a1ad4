"""The name rules by ARM type and by Databricks object.

A resource provider's own specification goes before the page on naming rules where both state a rule, because the
service checks against the first; popular naming modules disagree with both in places.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.data_files import read_csv
from azure_facts.name_rules.rule import NameRule, NameScope
from azure_facts.source import Source

_COLUMNS = (
    "min_length",
    "max_length",
    "pattern",
    "allowed",
    "scope",
    "reserved_words",
    "page",
    "read",
)


def _rules(file: str, key: str) -> Mapping[str, NameRule]:
    return MappingProxyType({row[key]: _rule(row) for row in read_csv(file, (key, *_COLUMNS))})


def _rule(row: Mapping[str, str]) -> NameRule:
    return NameRule(
        min_length=int(row["min_length"]),
        max_length=int(row["max_length"]) if row["max_length"] else None,
        pattern=row["pattern"],
        allowed=row["allowed"],
        scope=NameScope(row["scope"]),
        refuses_reserved_words=row["reserved_words"] == "yes",
        source=Source(row["page"], datetime.date.fromisoformat(row["read"])),
    )


NAME_RULES = _rules("name_rules.csv", "type")
"""ARM type, such as `Microsoft.KeyVault/vaults` -> rule. A key that ends in brackets holds for some resources of the
type: compute instances, the resource group of an AKS cluster's nodes."""

DATABRICKS_NAME_RULES = _rules("databricks_name_rules.csv", "object")
"""Databricks object, such as `cluster policy` -> rule. PARENT is the workspace, or the account."""

_BY_LOWER_CASE = {arm_type.lower(): rule for arm_type, rule in NAME_RULES.items()}


def name_rule(arm_type: str) -> NameRule | None:
    """The rule of an ARM type, whatever its case; None where none is known."""
    return _BY_LOWER_CASE.get(arm_type.lower())
