"""Jobs: tasks in order, on clusters of their own, started by a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.known import known
from infra.databricks.cluster_parts import ClusterSurroundings, cluster_arguments
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.job_health import emails, health, webhooks
from infra.databricks.job_starter import JobStarter
from infra.databricks.job_tasks import JobSurroundings, job_task
from infra.databricks.orchestrators import Orchestrators
from infra.databricks.workspace import Workspace
from infra.settings.databricks.called_jobs import called_jobs, in_order
from infra.settings.databricks.clusters import Cluster
from infra.settings.databricks.git import CredentialOwner, GitSource
from infra.settings.databricks.jobs import Job
from infra.settings.databricks.schedules import FileArrival, TableUpdate

Starter = JobStarter | Orchestrators


class Jobs(WorkspaceContent):
    """Owns the jobs, their triggers, and who may see and start them.

    Does not own the code: a task names a file of a git folder, of the job's git source, or a library.
    """

    def __init__(
        self,
        settings: Mapping[str, Job],
        around: JobSurroundings,
        groups: Groups,
        starters: Sequence[Starter],
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`starters` start jobs from outside, each its own."""
        super().__init__("databricks:Jobs", "databricks-jobs", workspace, context, opts)
        self.jobs: dict[str, pulumi_databricks.Job] = {}
        self.permissions: dict[str, pulumi_databricks.Permissions] = {}
        called = called_jobs(settings)
        for key in in_order(settings):
            self.jobs[key] = self._job(key, settings[key], around, groups)
            # Beside people: another job runs it as the jobs' principal, who runs it but does not own it.
            entries = groups.entries(
                settings[key].permissions, jobs="CAN_MANAGE_RUN" if key in called else None
            )
            entries += [entry for starter in starters for entry in starter.permissions(key)]
            if entries:
                self.permissions[key] = pulumi_databricks.Permissions(
                    f"databricks-job-{key}-permissions",
                    job_id=self.jobs[key].id,
                    access_controls=entries,
                    opts=self.content(),
                )
        self.register_outputs({"jobs": sorted(settings)})

    def _job(self, key: str, settings: Job, around: JobSurroundings, groups: Groups) -> pulumi_databricks.Job:
        trigger = settings.trigger
        return pulumi_databricks.Job(
            f"databricks-job-{key}",
            name=self.object_name(key),
            run_as=pulumi_databricks.JobRunAsArgs(
                # Refused before the owners, who deploy, may use it.
                service_principal_name=groups.principal.usable
            ),
            job_clusters=[
                pulumi_databricks.JobJobClusterArgs(
                    job_cluster_key=name,
                    new_cluster=self._cluster(cluster, around.clusters),
                )
                for name, cluster in sorted(settings.clusters.items())
            ]
            or None,
            # The service keeps them by key in this order; another order would be a difference for ever.
            tasks=[job_task(name, task, around, self.jobs) for name, task in sorted(settings.tasks.items())],
            parameters=[
                pulumi_databricks.JobParameterArgs(name=name, default=around.parameter(value))
                for name, value in sorted(settings.parameters.items())
            ]
            or None,
            schedule=_schedule(settings),
            trigger=_trigger(settings, around),
            continuous=(
                pulumi_databricks.JobContinuousArgs(pause_status=_pause(paused=trigger.continuous.paused))
                if trigger and trigger.continuous
                else None
            ),
            git_source=_git_source(settings.git_source, around) if settings.git_source else None,
            max_concurrent_runs=settings.max_concurrent_runs,
            queue=pulumi_databricks.JobQueueArgs(enabled=settings.queue),
            timeout_seconds=settings.timeout_minutes * 60,
            health=health(settings),
            email_notifications=emails(settings),
            webhook_notifications=webhooks(settings, around.notifications),
            tags=self.databricks_tags,
            opts=self.content(),
        )

    def _cluster(
        self, settings: Cluster, around: ClusterSurroundings
    ) -> pulumi_databricks.JobJobClusterNewClusterArgs:
        """A run makes it for itself and takes it down again. Libraries cannot be given here, only on tasks."""
        return pulumi_databricks.JobJobClusterNewClusterArgs(
            **cluster_arguments(settings, around, self.databricks_tags),
            spark_conf=around.spark_conf(settings) or None,
            spark_env_vars=around.environment(settings) or None,
        )


def _pause(*, paused: bool) -> str:
    return "PAUSED" if paused else "UNPAUSED"


def _git_source(settings: GitSource, around: JobSurroundings) -> pulumi_databricks.JobGitSourceArgs:
    """Read with the credential of whom the job runs as, which must be there before a run is."""
    credential = around.git_folders.credentials.credentials[CredentialOwner.JOBS, settings.host_provider]
    return pulumi_databricks.JobGitSourceArgs(
        url=known(settings.url, credential),
        provider=settings.host_provider,
        branch=settings.branch,
        tag=settings.tag,
        commit=settings.commit,
    )


def _schedule(settings: Job) -> pulumi_databricks.JobScheduleArgs | None:
    schedule = settings.trigger.schedule if settings.trigger else None
    if schedule is None:
        return None
    return pulumi_databricks.JobScheduleArgs(
        quartz_cron_expression=schedule.quartz_cron,
        timezone_id=schedule.time_zone,
        pause_status=_pause(paused=schedule.paused),
    )


def _trigger(settings: Job, around: JobSurroundings) -> pulumi_databricks.JobTriggerArgs | None:
    trigger = settings.trigger
    if trigger and trigger.file_arrival:
        arrival = trigger.file_arrival
        return pulumi_databricks.JobTriggerArgs(
            file_arrival=_file_arrival(arrival, around), pause_status=_pause(paused=arrival.paused)
        )
    if trigger and trigger.table_update:
        update = trigger.table_update
        return pulumi_databricks.JobTriggerArgs(
            table_update=_table_update(update), pause_status=_pause(paused=update.paused)
        )
    return None


def _file_arrival(
    settings: FileArrival, around: JobSurroundings
) -> pulumi_databricks.JobTriggerFileArrivalArgs:
    return pulumi_databricks.JobTriggerFileArrivalArgs(
        url=around.place(settings.url),
        min_time_between_triggers_seconds=settings.minimum_seconds_between,
        wait_after_last_change_seconds=settings.quiet_seconds,
    )


def _table_update(settings: TableUpdate) -> pulumi_databricks.JobTriggerTableUpdateArgs:
    return pulumi_databricks.JobTriggerTableUpdateArgs(
        table_names=list(settings.tables),
        condition="ALL_UPDATED" if settings.all_of_them else "ANY_UPDATED",
        min_time_between_triggers_seconds=settings.minimum_seconds_between,
        wait_after_last_change_seconds=settings.quiet_seconds,
    )
