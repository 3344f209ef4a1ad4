"""From the JSON of a policy rule to its condition, once for each definition."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.azure_policy.arguments import lower_keys
from rehearsal.azure_policy.comparison import OPERATORS, text_of
from rehearsal.azure_policy.conditions import AllOf, AnyOf, Condition, FieldCondition, Not, ValueCondition
from rehearsal.azure_policy.counts import FieldCount, ValueCount
from rehearsal.azure_policy.expressions import Expression, compiled
from rehearsal.azure_policy.verdict import PolicyError


def compile_condition(raw: object) -> Condition:
    """The condition. Raises `PolicyError` for one that Azure would not take either."""
    if not isinstance(raw, Mapping):
        raise PolicyError("a condition is no object")
    keys = lower_keys(raw)
    for name, make in (("allof", AllOf), ("anyof", AnyOf)):
        if name in keys:
            parts = keys[name]
            if not isinstance(parts, list) or not parts:
                raise PolicyError(f"{'allOf' if name == 'allof' else 'anyOf'} is no list of conditions")
            return make(tuple(compile_condition(part) for part in parts))
    if "not" in keys:
        return Not(compile_condition(keys["not"]))
    return _compared(keys)


def _compared(keys: Mapping[str, object]) -> Condition:
    operators = [key for key in keys if key in OPERATORS]
    if len(operators) != 1:
        others = ", ".join(sorted(set(keys) - {"field", "value", "count"})) or "none"
        raise PolicyError(f"a condition needs one operator that Azure has, and has {others}")
    operator, target = operators[0], compiled(keys[operators[0]])
    if isinstance(field := keys.get("field"), str):
        return FieldCondition(compiled(field), operator, target, constant=field.lower())
    if "count" in keys:
        return _count(keys["count"], operator, target)
    if "value" in keys:
        return ValueCondition(compiled(keys["value"]), operator, target, told=text_of(keys["value"]))
    raise PolicyError("a condition has no field, value or count")


def _count(raw: object, operator: str, target: Expression) -> Condition:
    keys = lower_keys(raw)
    where = compile_condition(keys["where"]) if "where" in keys else None
    if isinstance(field := keys.get("field"), str):
        return FieldCount(field, where, operator, target)
    if "value" in keys:
        return ValueCount(
            compiled(keys["value"]), str(keys.get("name") or "default"), where, operator, target
        )
    raise PolicyError("count has no field and no value")
