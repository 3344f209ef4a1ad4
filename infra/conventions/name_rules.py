"""The name rules of every kind of resource the platform creates, as one table.

Owns the facts: length, characters, scope of uniqueness, abbreviation. Does not build names: `naming` does.

Lengths and patterns follow the resource provider's own specification where it states one, because popular
naming modules disagree with it. Abbreviations are those of the Cloud Adoption Framework ("CAF";
learn.microsoft.com cloud-adoption-framework resource-abbreviations) unless `source` says otherwise. Patterns
are matched with `re.fullmatch`; lengths are checked apart from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from infra.conventions.name_tables.data import DATA_RULES
from infra.conventions.name_tables.databricks import DATABRICKS_RULES
from infra.conventions.name_tables.foundation import FOUNDATION_RULES
from infra.conventions.name_tables.machine_learning import MACHINE_LEARNING_RULES
from infra.conventions.name_tables.monitoring import MONITORING_RULES
from infra.conventions.name_tables.rule import SHARED_SCOPES, NameRule, NameScope, ResourceKind
from infra.conventions.name_tables.serving import SERVING_RULES

__all__ = ["NAME_RULES", "SHARED_SCOPES", "NameRule", "NameScope", "ResourceKind"]

NAME_RULES: Mapping[ResourceKind, NameRule] = MappingProxyType(
    {
        **FOUNDATION_RULES,
        **MACHINE_LEARNING_RULES,
        **DATABRICKS_RULES,
        **DATA_RULES,
        **SERVING_RULES,
        **MONITORING_RULES,
    }
)
