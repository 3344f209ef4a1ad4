"""A tumbling window's length, concurrency, retries and dependence on the window before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import TRIGGER, part
from rehearsal.rules.rule import Case, Rule, Violation

_SPAN = re.compile(r"^-?(\d+\.)?([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")
_LEAST = {"Minute": 5, "Hour": 1, "Month": 1}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.type") != "TumblingWindowTrigger":
        return
    frequency, interval = resource.text("properties.frequency"), resource.value("properties.interval")
    if isinstance(interval, int) and interval < _LEAST.get(frequency, 1):
        yield Violation("properties.interval", f"{interval} is too short; give at least {_LEAST[frequency]}")
    at_once = resource.value("properties.maxConcurrency")
    if isinstance(at_once, int) and not 1 <= at_once <= 50:
        yield Violation("properties.maxConcurrency", f"{at_once} must lie between 1 and 50")
    wait = resource.value("properties.retryPolicy.intervalInSeconds")
    if isinstance(wait, int) and not 30 <= wait <= 86400:
        yield Violation("properties.retryPolicy.intervalInSeconds", f"{wait} must lie between 30 and 86400")
    for index, other in enumerate(resource.items("properties.dependsOn")):
        offset = str(other.get("offset", ""))
        path = f"properties.dependsOn[{index}].offset"
        if offset and not _SPAN.match(offset):
            yield Violation(path, f"'{offset}' is no span of time; write -01:00:00")
        elif other.get("type") == "SelfDependencyTumblingWindowTriggerReference" and offset[:1] != "-":
            yield Violation(
                path, f"'{offset}' looks ahead, and a window depends on earlier ones; give it a '-'"
            )


def _case(offset: str) -> Case:
    before = {"type": "SelfDependencyTumblingWindowTriggerReference", "offset": offset, "size": "01:00:00"}
    properties = {
        "type": "TumblingWindowTrigger",
        "frequency": "Minute",
        "interval": 60,
        "startTime": "2026-12-01T00:00:00Z",
        "maxConcurrency": 1,
        "dependsOn": [before],
        "pipeline": {},
    }
    return Case((part(TRIGGER, "hourly", {"properties": properties}),))


RULE = Rule(
    id="ADF304",
    service="Data Factory trigger",
    title="a tumbling window's length, concurrency, retries and offsets",
    applies_to=(TRIGGER,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com data-factory/how-to-create-tumbling-window-trigger, tumbling-window-trigger-dependency",
    check=_check,
    trips=_case("01:00:00"),
    passes=_case("-01:00:00"),
)
