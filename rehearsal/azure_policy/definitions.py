"""Policy definitions, compiled once however often they are assigned.

Sources: `azure_facts.azure_policy.MODES_SOURCE`, `RULE_SOURCE` and `EFFECTS_SOURCE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from azure_facts.azure_policy import DEEPEST_OBJECT, EFFECTS, EFFECTS_NOT_ON_REQUESTS, RESOURCE_MANAGER_MODES
from rehearsal.azure_policy.arguments import lower_keys, shortened
from rehearsal.azure_policy.compiler import compile_condition
from rehearsal.azure_policy.conditions import Condition
from rehearsal.azure_policy.expressions import Expression, compiled
from rehearsal.azure_policy.verdict import PolicyError
from rehearsal.model.json_values import object_at, text_at
from rehearsal.model.values import JsonObject

_EFFECTS = {name.lower(): name for name in (*EFFECTS, *EFFECTS_NOT_ON_REQUESTS)}


@dataclass(frozen=True, eq=False)
class Definition:
    """`mode` is in lower case, as written for a resource provider's. `details` are those of the effect, raw; `defaults`
    the default values by parameter in lower case, `asked` the parameters that have none."""

    id: str
    name: str
    mode: str
    condition: Condition
    effect: Expression
    details: object
    defaults: Mapping[str, object]
    asked: frozenset[str]

    @property
    def is_resource_manager(self) -> bool:
        """Whether Azure Resource Manager judges it, and no resource provider."""
        return self.mode in RESOURCE_MANAGER_MODES


def display_name(raw: JsonObject) -> str:
    """How people call an assignment, definition or initiative."""
    name = text_at(raw, "properties.displayName") or text_at(raw, "name")
    return one_line(name or text_at(raw, "id").rpartition("/")[2])


def one_line(text: str) -> str:
    """A name or message of the file as it may be shown."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text without line ends and control characters, which a terminal or the log of a pipeline would obey, and
    without halves of surrogate pairs, which no file can hold."""
    whole = text.encode("utf-8", "replace").decode()
    return whole if whole.isprintable() else "".join(each if each.isprintable() else " " for each in whole)


def check_depth(raw: object) -> None:
    """Raises `PolicyError` for an object nested more deeply than any that Azure evaluates; each level is a call."""
    level: list[object] = [raw]
    for _ in range(DEEPEST_OBJECT):
        level = [item for each in level for item in _items(each)]
        if not level:
            return
    raise PolicyError(f"it is nested more than {DEEPEST_OBJECT} levels deep")


def _items(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return [item for item in value.values() if isinstance(item, Mapping | list)]
    return [item for item in value if isinstance(item, Mapping | list)] if isinstance(value, list) else ()


def compile_definition(raw: JsonObject) -> Definition:
    """The definition. Raises `PolicyError` where its rule cannot be read."""
    check_depth(raw)
    rule = lower_keys(object_at(raw, "properties.policyRule"))
    then = rule.get("then")
    if "if" not in rule or not isinstance(then, dict):
        raise PolicyError("its policyRule has no `if` and `then`")
    then = lower_keys(then)
    if not isinstance(then.get("effect"), str):
        raise PolicyError("its `then` has no effect")
    defaults, asked = parameters_of(raw)
    return Definition(
        id=text_at(raw, "id"),
        name=display_name(raw),
        mode=(text_at(raw, "properties.mode") or "indexed").lower(),
        condition=compile_condition(rule["if"]),
        effect=compiled(then["effect"]),
        details=then.get("details"),
        defaults=defaults,
        asked=asked,
    )


def parameters_of(raw: JsonObject) -> tuple[Mapping[str, object], frozenset[str]]:
    """The defaults of the declared parameters, and those without one; names in lower case."""
    declared = object_at(raw, "properties.parameters")
    defaults: dict[str, object] = {}
    asked: set[str] = set()
    for name, one in declared.items():
        if isinstance(one, dict) and "defaultValue" in one:
            defaults[name.lower()] = one["defaultValue"]
        else:
            asked.add(name.lower())
    return defaults, frozenset(asked)


def effect_name(value: object) -> str:
    """The effect as Azure spells it. Raises `PolicyError` for one that Azure does not have."""
    found = _EFFECTS.get(str(value).lower())
    if found is None:
        raise PolicyError(f"its effect {shortened(str(value))!r} is unknown")
    return found
