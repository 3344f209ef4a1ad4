"""What the cost sheet cannot read from the platform: how long things run, and how much they hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from infra.settings.base import Key, SettingsModel

Hours = Annotated[float, Field(ge=0, le=744)]
Amount = Annotated[float, Field(ge=0)]


class JobWork(SettingsModel):
    """What a run of a job takes, on however many machines: docs/workload.md measures the template's."""

    core_minutes: Annotated[float, Field(gt=0)]
    """Processor minutes of the part that Spark spreads over the workers' cores."""
    fixed_minutes: Annotated[float, Field(ge=0, le=1440)]
    """The part that more workers do not shorten: the cluster's start, the driver's own work."""


class Cost(SettingsModel):
    """Assumptions of the monthly cost sheet that the preview prints; nothing is deployed by them."""

    job_minutes: dict[Key, Annotated[float, Field(gt=0, le=1440)]] = {}
    """Databricks job to the minutes that a run takes. Default: its timeout, the most it can take."""
    job_work: dict[Key, JobWork] = {}
    """Databricks job with one cluster to its work, instead of `job_minutes`; the minutes follow from the cluster."""
    job_runs_per_day: dict[Key, Annotated[float, Field(ge=0, le=1440)]] = {}
    """Default: 1 for a job with a schedule that is not paused, else 0."""
    cluster_hours: dict[Key, Hours] = {}
    """A month, of each interactive cluster with all its workers. Default: 0."""
    activity_minutes_per_day: Amount = 0
    """Of the cluster that the data factory's notebook, Python and JAR activities run on."""
    scoring_nodes: Amount | None = None
    """Nodes of the scoring pool on average. Default: its minimum."""
    instance_hours: Hours = 120
    """A month, of each compute instance."""
    training_cluster_hours: dict[Key, Hours] = {}
    """A month, with all nodes. Default: 0."""
    warehouse_hours: dict[Key, Hours] = {}
    """A month, of each SQL warehouse with its smallest number of clusters. Default: 0."""
    serving_hours: dict[Key, Hours] = {}
    """A month, of each Databricks serving endpoint. Default: 0, or 730 where it does not scale to zero."""
    pool_hours: Hours = 200
    """A month, of a dedicated SQL pool with a pause schedule; without one it is 730."""
    pool_terabytes: Amount = 1
    """That each dedicated SQL pool keeps."""
    spark_pool_hours: dict[str, Hours] = {}
    """A month, of each Spark pool of Synapse with all its nodes. Default: 0."""
    serverless_terabytes: Amount = 1
    """That serverless SQL reads in a month."""
    lake_gb: Amount = 500
    lake_daily_change: Annotated[float, Field(ge=0, le=1)] = 0.02
    """What share of the lake is new or changed each day: its backup keeps every day's."""
    ml_storage_gb: Amount = 200
    copy_unit_hours_per_day: Amount = 1
    """Hours times data integration units of the data factory's copies."""
    app_hours: Hours = 100
    """A month, in which each container app serves requests."""
    flows_gb: Amount = 50
    """Of flow logs, in a month."""
    logs_gb_per_day: Amount = 2
    firewall_gb: Amount = 200
    """A month, through a firewall of this stack's own: images, packages and what services report."""
