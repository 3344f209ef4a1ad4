"""Where a program states the names of Azure resources, and which rule they follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.name_rules.rule import NameRule
from azure_facts.name_rules.tables import name_rule
from rehearsal.cloud.catalogue import CATALOGUE


@dataclass(frozen=True)
class NamedType:
    """A type whose names follow a known rule. `property` is the input that holds the name."""

    property: str
    arm_type: str
    rule: NameRule


def _named_types() -> Iterator[tuple[str, NamedType]]:
    for token, entry in CATALOGUE.items():
        arm_type = arm_type_of(entry.path)
        rule = name_rule(arm_type)
        last = entry.path.rpartition("/")[2]
        if rule is not None and last.startswith("{") and last.endswith("}"):
            yield token, NamedType(last[1:-1], arm_type, rule)


NAMED_TYPES: Mapping[str, NamedType] = MappingProxyType(dict(_named_types()))
"""Type token -> how it is named: the last placeholder of an id is the resource's own name."""
