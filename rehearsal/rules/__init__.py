"""Rules of single services: what Azure or Databricks refuses although types and preview pass.

One rule is one module in the folder of its service and defines `RULE`. To add one, add a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from rehearsal.model.finding import Finding
from rehearsal.model.world import World
from rehearsal.rules.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id."""
    found: list[Rule] = []
    for module in pkgutil.walk_packages(__path__, prefix=f"{__name__}."):
        rule = getattr(importlib.import_module(module.name), "RULE", None)
        if isinstance(rule, Rule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.id))


def run_rules(world: World) -> Iterator[Finding]:
    """What all rules have to say, in order of rule id and then of URN."""
    for rule in all_rules():
        yield from rule.findings(world)
