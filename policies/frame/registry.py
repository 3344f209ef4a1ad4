"""Every rule of the pack: each module below `policies.rules` that defines `RULE`. To add one, add a file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import policies.rules
from policies.frame.rule import AnyRule, Rule, StackRule


@cache
def all_rules() -> tuple[AnyRule, ...]:
    """By id."""
    found: list[AnyRule] = []
    for module in pkgutil.walk_packages(policies.rules.__path__, prefix="policies.rules."):
        rule = getattr(importlib.import_module(module.name), "RULE", None)
        if isinstance(rule, Rule | StackRule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.id))


def resource_rules() -> tuple[Rule, ...]:
    """Those about one resource."""
    return tuple(rule for rule in all_rules() if isinstance(rule, Rule))


def stack_rules() -> tuple[StackRule, ...]:
    """Those about what spans resources."""
    return tuple(rule for rule in all_rules() if isinstance(rule, StackRule))
