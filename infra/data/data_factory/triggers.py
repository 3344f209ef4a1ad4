"""What starts a pipeline, as Data Factory takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi
from pulumi_azure_native import datafactory

from azure_facts.time_zones import IANA_TO_WINDOWS
from infra.context import Reference
from infra.data.data_factory.windows import BOUNDS
from infra.data.lake import Lake
from infra.settings import triggers as settings_of

Properties = (
    datafactory.ScheduleTriggerArgs
    | datafactory.TumblingWindowTriggerArgs
    | datafactory.BlobEventsTriggerArgs
)


Windows = Mapping[tuple[str, str], Reference]
"""Keys of a pipeline and of its tumbling-window trigger, to the trigger."""

FIXED_WINDOW = ("properties.frequency", "properties.interval")
"""What a tumbling window keeps for ever: the service refuses another value once the trigger is there
(learn.microsoft.com data-factory how-to-create-tumbling-window-trigger)."""


def trigger_properties(
    settings: settings_of.Trigger, pipeline: Reference, lake: Lake | None, others: Windows | None = None
) -> Properties:
    """`others`: what a tumbling window may wait for.

    Raises:
        pulumi.RunError: a trigger that settings should have refused.
    """
    started = datafactory.TriggerPipelineReferenceArgs(
        pipeline_reference=datafactory.PipelineReferenceArgs(
            type="PipelineReference", reference_name=pipeline.known_name
        ),
        parameters={**(BOUNDS if settings.tumbling_window else {}), **settings.parameters} or None,
    )
    if settings.schedule:
        return datafactory.ScheduleTriggerArgs(
            type="ScheduleTrigger", recurrence=_recurrence(settings.schedule), pipelines=[started]
        )
    if settings.tumbling_window:
        window = settings.tumbling_window
        return datafactory.TumblingWindowTriggerArgs(
            type="TumblingWindowTrigger",
            frequency=datafactory.TumblingWindowFrequency.MINUTE,
            interval=window.every_minutes,
            start_time=f"{window.start}Z",
            delay=_span(window.delay_minutes),
            max_concurrency=window.max_concurrency,
            retry_policy=(
                datafactory.RetryPolicyArgs(
                    count=window.retries, interval_in_seconds=window.retry_after_seconds
                )
                if window.retries
                else None
            ),
            depends_on=list(_dependencies(window, others)) or None,
            pipeline=started,
        )
    if settings.storage_event is None or lake is None:
        raise pulumi.RunError("a trigger that nothing fires")
    event = settings.storage_event
    return datafactory.BlobEventsTriggerArgs(
        type="BlobEventsTrigger",
        scope=lake.account.known_id,
        events=[datafactory.BlobEventTypes.MICROSOFT_STORAGE_BLOB_CREATED],
        # Container and path with the word between them that Data Factory asks for.
        blob_path_begins_with=f"/{event.zone}/blobs/{event.folder}/",
        blob_path_ends_with=event.suffix,
        ignore_empty_blobs=event.ignore_empty,
        pipelines=[started],
    )


def _dependencies(
    window: settings_of.TumblingWindow, others: Windows | None
) -> Iterator[
    datafactory.SelfDependencyTumblingWindowTriggerReferenceArgs
    | datafactory.TumblingWindowTriggerDependencyReferenceArgs
]:
    if window.waits_for_previous:
        yield previous_window(window)
    for other in window.waits_for.values():
        name = (others or {})[other.pipeline, other.trigger].known_name
        sign = "-" if other.offset_minutes < 0 else ""
        yield datafactory.TumblingWindowTriggerDependencyReferenceArgs(
            type="TumblingWindowTriggerDependencyReference",
            reference_trigger=datafactory.TriggerReferenceArgs(type="TriggerReference", reference_name=name),
            offset=f"{sign}{_span(abs(other.offset_minutes))}",
            size=_span(other.size_minutes or window.every_minutes),
        )


def previous_window(
    window: settings_of.TumblingWindow,
) -> datafactory.SelfDependencyTumblingWindowTriggerReferenceArgs:
    """A dependency on itself looks back by its offset, which must be negative (learn.microsoft.com data-factory
    tumbling-window-trigger-dependency)."""
    span = _span(window.every_minutes)
    return datafactory.SelfDependencyTumblingWindowTriggerReferenceArgs(
        type="SelfDependencyTumblingWindowTriggerReference", offset=f"-{span}", size=span
    )


def _span(minutes: int) -> str:
    """[D.]HH:MM:SS."""
    days, rest = divmod(minutes, 1440)
    return f"{f'{days}.' if days else ''}{rest // 60:02}:{rest % 60:02}:00"


def _recurrence(schedule: settings_of.Schedule) -> datafactory.ScheduleTriggerRecurrenceArgs:
    zone = IANA_TO_WINDOWS[schedule.time_zone or "UTC"]
    hours = sorted({int(time[:2]) for time in schedule.at})
    minutes = sorted({int(time[3:]) for time in schedule.at})
    return datafactory.ScheduleTriggerRecurrenceArgs(
        frequency=schedule.every.value.capitalize(),
        interval=schedule.interval,
        # In UTC a moment ends in Z; in any other zone it must not.
        start_time=f"{schedule.start}Z" if zone == "UTC" else schedule.start,
        time_zone=zone,
        schedule=datafactory.RecurrenceScheduleArgs(hours=hours, minutes=minutes) if hours else None,
    )
