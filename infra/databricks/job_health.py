"""When somebody is told of a job, and who."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_databricks

from infra.databricks.notifications import NotificationDestinations
from infra.settings.databricks.jobs import Job


def health(settings: Job) -> pulumi_databricks.JobHealthArgs:
    """The thresholds that warn; nothing is stopped by them."""
    limits = [("RUN_DURATION_SECONDS", settings.warns_after * 60)]
    limits += [(str(metric), limit) for metric, limit in sorted(settings.backlog_limits.items())]
    return pulumi_databricks.JobHealthArgs(
        rules=[
            pulumi_databricks.JobHealthRuleArgs(metric=metric, op="GREATER_THAN", value=limit)
            for metric, limit in limits
        ]
    )


def emails(settings: Job) -> pulumi_databricks.JobEmailNotificationsArgs:
    """Who looks after failures is told of lateness too."""
    troubled = list(settings.failure_emails)
    return pulumi_databricks.JobEmailNotificationsArgs(
        on_failures=troubled,
        on_successes=list(settings.success_emails) or None,
        on_duration_warning_threshold_exceededs=troubled,
        on_streaming_backlog_exceededs=troubled if settings.backlog_limits else None,
    )


def webhooks(
    settings: Job, destinations: NotificationDestinations
) -> pulumi_databricks.JobWebhookNotificationsArgs | None:
    """The same for systems outside."""
    if not settings.failure_destinations and not settings.success_destinations:
        return None
    troubled = _ids(settings.failure_destinations, destinations)
    args = pulumi_databricks
    return args.JobWebhookNotificationsArgs(
        on_failures=[args.JobWebhookNotificationsOnFailureArgs(id=it) for it in troubled] or None,
        on_successes=[
            args.JobWebhookNotificationsOnSuccessArgs(id=it)
            for it in _ids(settings.success_destinations, destinations)
        ]
        or None,
        on_duration_warning_threshold_exceededs=[
            args.JobWebhookNotificationsOnDurationWarningThresholdExceededArgs(id=it) for it in troubled
        ]
        or None,
        on_streaming_backlog_exceededs=(
            [args.JobWebhookNotificationsOnStreamingBacklogExceededArgs(id=it) for it in troubled] or None
            if settings.backlog_limits
            else None
        ),
    )


def _ids(keys: Sequence[str], destinations: NotificationDestinations) -> list[pulumi.Output[str]]:
    return [destinations.destinations[key].id for key in keys]
