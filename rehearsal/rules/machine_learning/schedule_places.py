"""Where schedules of Azure ML say when: in a schedule's trigger, and in the start and stop of an instance."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource

_START_STOP = "properties.properties.schedules.computeStartStop"


def schedule_texts(resource: Resource, name: str) -> Iterator[tuple[str, str]]:
    """Path and text of each trigger's property `name` that is stated."""
    cron = (f"{_START_STOP}[{index}].cron.{name}" for index in range(len(resource.items(_START_STOP))))
    for place in (f"properties.trigger.{name}", *cron):
        if text := resource.text(place):
            yield place, text
