"""How far a setting of Azure Monitor scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_TOKEN = "azure-native:monitor:AutoscaleSetting"
_PLAN = f"{GROUP}/providers/Microsoft.Web/serverfarms/plan"
_BY_COUNT = "changecount"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, profile in enumerate(resource.items("profiles")):
        place = f"profiles[{index}]"
        least, usual, most = (
            _number(profile, f"capacity.{name}") for name in ("minimum", "default", "maximum")
        )
        if least is None or usual is None or most is None:
            continue
        if not least <= usual <= most:
            yield Violation(
                f"{place}.capacity",
                f"minimum {least}, default {usual}, maximum {most}: put them in this order, none below the one before",
            )
            continue
        rules = profile.get("rules")
        for number, rule in enumerate(rules if isinstance(rules, list) else ()):
            step = _number(rule, "scaleAction.value")
            kind = str(walk(rule, "scaleAction.type") or "").lower()
            if step is not None and kind == _BY_COUNT and step > most - least:
                yield Violation(
                    f"{place}.rules[{number}].scaleAction.value",
                    f"a step of {step} leads past the bounds {least} and {most}: give at most {most - least}",
                )


def _number(values: object, path: str) -> int | None:
    """The service writes its numbers as texts."""
    text = str(walk(values, path))
    return int(text) if text.isdecimal() else None


def _case(capacity: Mapping[str, str]) -> Case:
    profile = {"name": "usual", "capacity": capacity, "rules": []}
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "autoscaleSettingName": "scale",
        "targetResourceUri": _PLAN,
        "profiles": [profile],
    }
    return Case((Declared(_TOKEN, inputs),))


RULE = Rule(
    id="MON350",
    service="Azure Monitor",
    title="autoscale starts between its bounds, and takes no step beyond them",
    applies_to=(_TOKEN,),
    status=400,
    code="BadRequest",
    source="microsoft/onefuzz issue 2249 (the answer); Azure/bicep-types-az issue 1859 (InvalidActionValue)",
    check=_check,
    trips=_case({"minimum": "6", "default": "1", "maximum": "9"}),
    passes=_case({"minimum": "1", "default": "1", "maximum": "9"}),
)
