"""Jobs by the clock."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import machinelearningservices

from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml import jobs
from infra.settings import ml_jobs as settings_of


class Schedules(Component):
    """Owns when jobs start, and their definition. Does not own code, components or results.

    Azure cannot change later: names. A trigger or a job changes in place, for the next run.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.Schedule],
        ingredients: jobs.Ingredients,
        workspace: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("ml:Schedules", "ml-schedules", context, opts)
        self.schedules: Mapping[str, Reference] = {
            key: self._schedule(key, schedule, ingredients, workspace) for key, schedule in settings.items()
        }
        self.register_outputs({"schedules": sorted(settings)})

    def _schedule(
        self,
        key: str,
        settings: settings_of.Schedule,
        ingredients: jobs.Ingredients,
        workspace: Reference,
    ) -> Reference:
        name = self.context.naming.name(ResourceKind.ML_ASSET, key)
        schedule = machinelearningservices.Schedule(
            f"ml-schedule-{key}",
            name=name,
            resource_group_name=self.context.resource_group.known_name,
            workspace_name=workspace.known_name,
            properties=machinelearningservices.SchedulePropertiesArgs(
                display_name=key,
                description=settings.description or None,
                is_enabled=settings.enabled,
                trigger=trigger(settings),
                action=machinelearningservices.JobScheduleActionArgs(
                    action_type="CreateJob",
                    job_definition=jobs.definition(key, settings, ingredients, self.tags),
                ),
                tags=self.tags,
            ),
            opts=self.child(),
        )
        schedule_id = child_id(workspace.id, "schedules", name)
        self.verify(schedule_id, schedule)
        return Reference(schedule_id, name, (schedule,))


def trigger(
    settings: settings_of.Schedule,
) -> machinelearningservices.CronTriggerArgs | machinelearningservices.RecurrenceTriggerArgs:
    """What the clock must say."""
    if settings.recurrence:
        return machinelearningservices.RecurrenceTriggerArgs(
            trigger_type="Recurrence",
            frequency=machinelearningservices.RecurrenceFrequency(settings.recurrence.frequency),
            interval=settings.recurrence.interval,
            time_zone=settings.time_zone,
        )
    if settings.cron is None:
        raise ValueError("a schedule has cron or recurrence: its settings say so")
    return machinelearningservices.CronTriggerArgs(
        trigger_type="Cron", expression=settings.cron, time_zone=settings.time_zone
    )
