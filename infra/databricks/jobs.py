"""Scheduled jobs, each on a cluster of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.known import known
from infra.databricks.cluster_policies import DATA_SECURITY_MODE, ClusterPolicies
from infra.databricks.content import WorkspaceContent
from infra.databricks.git_folders import GitFolders
from infra.databricks.pools import Pools
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings import databricks as settings_of

JOB_CLUSTER = "job-cluster"


@dataclass(frozen=True)
class JobSurroundings:
    """What a job names by key."""

    policies: ClusterPolicies
    pools: Pools
    git_folders: GitFolders
    principal: JobsServicePrincipal


class Jobs(WorkspaceContent):
    """Owns the jobs and their schedules. Does not own the code: a job names a notebook of a git folder."""

    def __init__(
        self,
        settings: Mapping[str, settings_of.Job],
        surroundings: JobSurroundings,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Jobs", "databricks-jobs", workspace, context, opts)
        self.jobs = {key: self._job(key, job, surroundings) for key, job in settings.items()}
        self.register_outputs({"jobs": sorted(settings)})

    def _job(
        self, key: str, settings: settings_of.Job, surroundings: JobSurroundings
    ) -> pulumi_databricks.Job:
        return pulumi_databricks.Job(
            f"databricks-job-{key}",
            name=self.object_name(key),
            run_as=pulumi_databricks.JobRunAsArgs(
                service_principal_name=surroundings.principal.resource.application_id
            ),
            job_clusters=[
                pulumi_databricks.JobJobClusterArgs(
                    job_cluster_key=JOB_CLUSTER, new_cluster=self._cluster(settings.cluster, surroundings)
                )
            ],
            tasks=[_task(key, settings, surroundings)],
            schedule=pulumi_databricks.JobScheduleArgs(
                quartz_cron_expression=settings.quartz_cron,
                timezone_id=settings.time_zone,
                pause_status="PAUSED" if settings.paused else "UNPAUSED",
            ),
            # A run that overlaps the next one would train the same models twice.
            max_concurrent_runs=1,
            queue=pulumi_databricks.JobQueueArgs(enabled=True),
            timeout_seconds=settings.timeout_minutes * 60,
            health=pulumi_databricks.JobHealthArgs(
                rules=[
                    pulumi_databricks.JobHealthRuleArgs(
                        metric="RUN_DURATION_SECONDS",
                        op="GREATER_THAN",
                        value=settings.warn_after_minutes * 60,
                    )
                ]
            ),
            email_notifications=pulumi_databricks.JobEmailNotificationsArgs(
                on_failures=list(settings.failure_emails),
                on_duration_warning_threshold_exceededs=list(settings.failure_emails),
            ),
            tags=self.databricks_tags,
            opts=self.content(),
        )

    def _cluster(
        self, settings: settings_of.JobCluster, surroundings: JobSurroundings
    ) -> pulumi_databricks.JobJobClusterNewClusterArgs:
        """Drawn from a pool, so without a node type; libraries cannot stand here, only on tasks."""
        return pulumi_databricks.JobJobClusterNewClusterArgs(
            spark_version=settings.runtime,
            instance_pool_id=surroundings.pools.pools[settings.pool].id,
            driver_instance_pool_id=surroundings.pools.pools[settings.pool].id,
            policy_id=surroundings.policies.policies[settings.policy].id,
            num_workers=settings.workers,
            data_security_mode=DATA_SECURITY_MODE,
            custom_tags=self.databricks_tags,
        )


def _task(
    key: str, settings: settings_of.Job, surroundings: JobSurroundings
) -> pulumi_databricks.JobTaskArgs:
    task = settings.task
    folders = surroundings.git_folders
    return pulumi_databricks.JobTaskArgs(
        task_key=key,
        job_cluster_key=JOB_CLUSTER,
        notebook_task=pulumi_databricks.JobTaskNotebookTaskArgs(
            notebook_path=known(
                f"{folders.paths[task.git_folder]}/{task.notebook_path}", folders.folders[task.git_folder]
            ),
            source="WORKSPACE",
            base_parameters=dict(task.parameters),
        ),
        libraries=[
            pulumi_databricks.JobTaskLibraryArgs(
                pypi=pulumi_databricks.JobTaskLibraryPypiArgs(package=f"{package}=={version}")
            )
            for package, version in sorted(settings.libraries.items())
        ],
        max_retries=settings.max_retries,
        min_retry_interval_millis=60_000,
        retry_on_timeout=False,
    )
