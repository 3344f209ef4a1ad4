"""What the cost sheet cannot read from the platform: how long things run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from infra.settings.base import Key, SettingsModel

Hours = Annotated[float, Field(ge=0, le=744)]


class Cost(SettingsModel):
    """Assumptions of the monthly cost sheet that the preview prints; nothing is deployed by them."""

    job_minutes: dict[Key, Annotated[float, Field(gt=0, le=1440)]] = {}
    """Databricks job to the minutes that a run takes; left out = its timeout, the most it can take."""
    job_runs_per_day: dict[Key, Annotated[float, Field(ge=0, le=1440)]] = {}
    """Left out = 1 for a job with a schedule that is not paused, else 0."""
    scoring_nodes: Annotated[float, Field(ge=0)] | None = None
    """Nodes of the scoring pool on average; left out = its minimum."""
    instance_hours: Hours = 120
    """A month, of each compute instance."""
    training_cluster_hours: dict[Key, Hours] = {}
    """A month, with all nodes; left out = 0."""
    warehouse_hours: dict[Key, Hours] = {}
    """A month, of each SQL warehouse's smallest size; left out = 0."""
    pool_hours: Hours = 200
    """A month, of a dedicated SQL pool with a pause schedule; without one it is 730."""
    logs_gb_per_day: Annotated[float, Field(ge=0)] = 2
