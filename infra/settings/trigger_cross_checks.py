"""What tumbling windows that wait for each other need of each other."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from infra.settings.base import Problem
from infra.settings.data_factory import DataFactory
from infra.settings.databricks import DatabricksContent
from infra.settings.messages import absent
from infra.settings.platform import PlatformSettings
from infra.settings.triggers import TumblingWindow

TriggerKey = tuple[str, str]
"""Keys of a pipeline and of its trigger."""


def awaited_windows_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """Each is there, is a tumbling window of what runs, and none waits in a circle."""
    factory = settings.data_factory
    if factory is None:
        return
    found = windows(factory)
    databricks = settings.databricks
    deferred = databricks is not None and databricks.content is DatabricksContent.DEFERRED
    problems = [problem for key in found for problem in _missing(factory, found, key, deferred=deferred)]
    yield from problems
    if problems:
        return
    try:
        in_order(factory)
    except CycleError as error:
        way = " -> ".join("/".join(key) for key in reversed(error.args[1]))
        pipeline, trigger = error.args[1][0]
        yield Problem(
            f"data_factory.pipelines.{pipeline}.triggers.{trigger}.tumbling_window.waits_for",
            f"goes in a circle, {way}; remove one of the waits",
        )


def windows(factory: DataFactory) -> dict[TriggerKey, TumblingWindow]:
    """Every tumbling window."""
    return {
        (pipeline_key, key): trigger.tumbling_window
        for pipeline_key, pipeline in factory.pipelines.items()
        for key, trigger in pipeline.triggers.items()
        if trigger.tumbling_window
    }


def in_order(factory: DataFactory) -> list[TriggerKey]:
    """Every tumbling window after those that it waits for.

    Raises:
        CycleError: they wait for each other in a circle.
    """
    waits = {
        key: [(other.pipeline, other.trigger) for other in window.waits_for.values()]
        for key, window in windows(factory).items()
    }
    return list(TopologicalSorter(waits).static_order())


def _missing(
    factory: DataFactory, found: dict[TriggerKey, TumblingWindow], key: TriggerKey, *, deferred: bool
) -> Iterator[Problem]:
    pipeline, trigger = key
    for name, other in found[pipeline, trigger].waits_for.items():
        path = f"data_factory.pipelines.{pipeline}.triggers.{trigger}.tumbling_window.waits_for.{name}"
        there = factory.pipelines.get(other.pipeline)
        if there is None:
            yield Problem(
                f"{path}.pipeline", absent(other.pipeline, "data_factory.pipelines", factory.pipelines)
            )
        elif (other.pipeline, other.trigger) not in found:
            have = [key for key, item in there.triggers.items() if item.tumbling_window]
            yield Problem(
                f"{path}.trigger",
                absent(
                    other.trigger, f"the tumbling windows of data_factory.pipelines.{other.pipeline}", have
                ),
            )
        elif (other.pipeline, other.trigger) == (pipeline, trigger):
            yield Problem(path, "is the trigger itself; say waits_for_previous: true")
        elif deferred and there.needs_databricks and not factory.pipelines[pipeline].needs_databricks:
            yield Problem(
                f"{path}.pipeline",
                f"'{other.pipeline}' runs on Databricks and comes with databricks.content: managed, which is deferred; "
                "add the wait then",
            )
