"""Idle shutdown takes between fifteen minutes and three days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.compute_instances import instance
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.idleTimeBeforeShutdown"
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    text = resource.text(_PATH)
    if not text:
        return
    found = _DURATION.fullmatch(text)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    length = datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if found is None or not datetime.timedelta(minutes=15) <= length <= datetime.timedelta(days=3):
        yield Violation(_PATH, f"'{text}' must be an ISO 8601 duration from PT15M to P3D, such as PT60M")


RULE = Rule(
    id="AML008",
    service="Azure ML compute",
    title="idle shutdown between PT15M and P3D",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidIdleTime",
    source="Azure REST spec machinelearningservices 2025-12-01, ComputeInstanceProperties.idleTimeBeforeShutdown",
    check=_check,
    trips=Case((instance({_PATH: "PT10M"}),)),
    passes=Case((instance({_PATH: "P3D"}),)),
)
