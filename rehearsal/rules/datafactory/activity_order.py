"""Activities of a pipeline have names of their own, and wait for activities beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import PIPELINE, activities_in, part
from rehearsal.rules.rule import Case, Rule, Violation

_CONDITIONS = {"Succeeded", "Failed", "Skipped", "Completed"}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    found = list(activities_in(resource.items("activities")))
    counted = Counter(activity.get("name") for _, activity in found)
    beside: dict[str, set[object]] = {}
    for path, activity in found:
        beside.setdefault(path.rpartition("[")[0], set()).add(activity.get("name"))
    for path, activity in found:
        name = activity.get("name")
        if counted[name] > 1:
            yield Violation(f"{path}.name", f"'{name}' names {counted[name]} activities; give each its own")
        there = beside[path.rpartition("[")[0]] - {name}
        yield from _waits(path, activity, there)


def _waits(path: str, activity: Mapping[str, object], there: set[object]) -> Iterator[Violation]:
    waits = activity.get("dependsOn")
    for index, wait in enumerate(waits if isinstance(waits, list) else ()):
        if not isinstance(wait, Mapping):
            continue
        here = f"{path}.dependsOn[{index}]"
        if wait.get("activity") not in there:
            yield Violation(
                f"{here}.activity",
                f"'{wait.get('activity')}' is no activity beside this one; name one that is",
            )
        conditions = wait.get("dependencyConditions")
        for condition in conditions if isinstance(conditions, list) else ():
            if condition not in _CONDITIONS:
                have = ", ".join(sorted(_CONDITIONS))
                yield Violation(f"{here}.dependencyConditions", f"'{condition}' is no condition; give {have}")


def _case(waits_for: str) -> Case:
    wait = {"type": "Wait", "waitTimeInSeconds": 60}
    after = [{"activity": waits_for, "dependencyConditions": ["Succeeded"]}]
    activities = [{"name": "first", **wait}, {"name": "second", "dependsOn": after, **wait}]
    return Case((part(PIPELINE, "daily", {"activities": activities}),))


RULE = Rule(
    id="ADF300",
    service="Data Factory pipeline",
    title="activities have names of their own and wait for activities beside them",
    applies_to=(PIPELINE,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com data-factory/concepts-pipelines-activities, activity dependency",
    check=_check,
    trips=_case("frist"),
    passes=_case("first"),
)
