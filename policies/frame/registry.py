"""Every rule of the pack: each module below `policies.rules` that defines `RULE`. To add one, add a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import policies.rules
from policies.frame.rule import AnyRule, Rule, StackRule


@cache
def _rules() -> Mapping[str, tuple[AnyRule, str]]:
    """By id, each with its folder."""
    found: list[tuple[str, AnyRule, str]] = []
    for module in pkgutil.walk_packages(policies.rules.__path__, prefix="policies.rules."):
        rule = getattr(importlib.import_module(module.name), "RULE", None)
        if isinstance(rule, Rule | StackRule):
            found.append((rule.id, rule, module.name.split(".")[2]))
    return {rule_id: (rule, folder) for rule_id, rule, folder in sorted(found, key=lambda entry: entry[0])}


def all_rules() -> tuple[AnyRule, ...]:
    """By id."""
    return tuple(rule for rule, _ in _rules().values())


def folder_of(rule: AnyRule) -> str:
    """The folder of its service."""
    return _rules()[rule.id][1]


def resource_rules() -> tuple[Rule, ...]:
    """Those about one resource."""
    return tuple(rule for rule in all_rules() if isinstance(rule, Rule))


def stack_rules() -> tuple[StackRule, ...]:
    """Those about what spans resources."""
    return tuple(rule for rule in all_rules() if isinstance(rule, StackRule))
