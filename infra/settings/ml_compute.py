"""Workstations and training clusters of the ML workspace."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from typing_extensions import override

from azure_facts import vm_sizes
from azure_facts.ncron import ncron_problem
from azure_facts.time_zones import windows_time_zone_problem
from infra.settings.base import Guid, Key, LoadingContext, PlainText, Problem, SettingsModel, VmSize

CRON_PATTERN = r"^(\S+ ){4}\S+$"
IMAGE_PATTERN = r"^[a-z0-9][a-zA-Z0-9./_-]*(:[a-zA-Z0-9._-]+|@sha256:[0-9a-f]{64})$"


def _cron(value: str) -> str:
    if problem := ncron_problem(value):
        raise ValueError(problem)
    return value


Cron = Annotated[str, Field(pattern=CRON_PATTERN), AfterValidator(_cron)]
"""Five fields (minute hour day month weekday), as Azure ML and container registries take them; not Quartz."""

Image = Annotated[str, Field(pattern=IMAGE_PATTERN)]
"""A container image with its tag or digest."""


def _windows_time_zone(value: str) -> str:
    if problem := windows_time_zone_problem(value):
        raise ValueError(problem)
    return value


WindowsTimeZone = Annotated[
    str, AfterValidator(_windows_time_zone), WithJsonSchema({"type": "string", "pattern": "^[^/]+$"})
]
"""A Windows time zone name (Azure REST spec machinelearningservices 2025-12-01, Cron.timeZone)."""


class StartOrStop(StrEnum):
    """What a compute instance's schedule does."""

    START = "Start"
    STOP = "Stop"


class InstanceSchedule(SettingsModel):
    """Starts or stops an instance at fixed times."""

    action: StartOrStop
    cron: Cron
    time_zone: WindowsTimeZone = "UTC"


class Application(SettingsModel):
    """A container that runs on the instance beside Jupyter, opened through the workspace's own sign-in."""

    image: Image
    """RStudio for example: ghcr.io/azure/rocker-rstudio-ml-verse:TAG."""
    target_port: Annotated[int, Field(ge=1, le=65535)] = 8787
    """The port that the container listens on."""
    published_port: Annotated[int, Field(ge=1025, le=65535)] = 8787
    """The port on the instance; two applications of an instance need two."""
    environment: dict[str, PlainText] = {}
    """Environment variables; readable by everybody who may read the workspace, so no secrets."""

    @override
    def warn(self) -> Iterator[Problem]:
        if self.image.endswith(":latest"):
            yield Problem("image", "is ':latest', another image on every new instance; name a version")


def _ml_size(value: str) -> str:
    if problem := vm_sizes.machine_learning_size_problem(value):
        raise ValueError(problem)
    return value


MlVmSize = Annotated[VmSize, AfterValidator(_ml_size)]


class ComputeInstance(SettingsModel):
    """A workstation of one person, which only that person can open."""

    assigned_user_object_id: Guid
    """The person's object id (az ad user show --id USER --query id); immutable."""
    vm_size: MlVmSize = "Standard_E4ds_v5"
    """Immutable: give the instance a new key to renew it."""
    idle_minutes_before_shutdown: Annotated[int, Field(ge=15, le=4320)] = 60
    """15 minutes to 3 days."""
    startup_script: Annotated[str, Field(max_length=20000)] | None = None
    """Shell script that runs as root at every start; immutable. No secrets: readers of the workspace see it."""
    applications: dict[Key, Application] = {}
    """Immutable."""
    protected: bool = True
    """Counts where `recovery.protected` is true. Before a person's key is removed: `false`, one `up`, then remove the
    key; otherwise the engine refuses to delete the instance."""
    schedules: dict[Key, InstanceSchedule] = {}
    """Start and stop times; immutable, as all of an instance is."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        ports: dict[int, str] = {}
        for key, application in self.applications.items():
            if application.published_port in ports:
                yield Problem(
                    f"applications.{key}.published_port",
                    f"{application.published_port} is published by {ports[application.published_port]} too; "
                    "give another port",
                )
            ports.setdefault(application.published_port, key)

    @override
    def warn(self) -> Iterator[Problem]:
        actions = {schedule.action for schedule in self.schedules.values()}
        if actions == {StartOrStop.START}:
            yield Problem("schedules", "start the instance and none stops it: only idle shutdown does")


class ClusterPriority(StrEnum):
    """`LowPriority` nodes are cheaper, may be taken away, and are being retired."""

    DEDICATED = "Dedicated"
    LOW_PRIORITY = "LowPriority"


class TrainingCluster(SettingsModel):
    """A cluster of training nodes that shrinks to `min_nodes` when idle."""

    vm_size: MlVmSize
    """Immutable."""
    gpu: bool = False
    """Must be true for a size with GPUs: a decision about money."""
    min_nodes: Annotated[int, Field(ge=0)] = 0
    """0 costs nothing while no job runs."""
    max_nodes: Annotated[int, Field(ge=1, le=1000)]
    idle_minutes_before_scale_down: Annotated[int, Field(ge=1, le=120)] = 5
    priority: ClusterPriority = ClusterPriority.DEDICATED

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )
        has_gpu = vm_sizes.has_gpu(self.vm_size)
        if has_gpu and not self.gpu:
            yield Problem(
                "gpu", f"is false and '{self.vm_size}' has GPUs; set it to true, or take a D or E size"
            )
        if self.gpu and not has_gpu:
            yield Problem("vm_size", f"'{self.vm_size}' has no GPU; take an N size, or set gpu to false")

    @override
    def warn(self) -> Iterator[Problem]:
        if self.priority is ClusterPriority.LOW_PRIORITY:
            yield Problem(
                "priority",
                "low-priority nodes (Azure Batch) were retired on 2026-03-31: a new cluster may be refused; "
                "plan for Dedicated",
            )
        if self.gpu:
            yield Problem("vm_size", "GPU families have no quota by default: ask for it before `up`")
        if self.min_nodes > 0:
            yield Problem("min_nodes", f"is {self.min_nodes}: nodes are billed while no job runs; 0 is free")
