"""Clusters of jobs and of people, the pools they draw from, and what is installed on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from infra.settings.base import Key, LoadingContext, PlainText, Problem, SecretName, SettingsModel, VmSize
from infra.settings.databricks.permissions import Permissions
from infra.settings.databricks.runtime import Runtime


class PoolAvailability(StrEnum):
    """A pool has no fallback from spot to on demand: that is a cluster's choice."""

    ON_DEMAND = "ON_DEMAND_AZURE"
    SPOT = "SPOT_AZURE"


class ClusterAvailability(StrEnum):
    """Where the workers come from; the driver is always on demand, because losing it ends the run."""

    ON_DEMAND = "ON_DEMAND_AZURE"
    SPOT_WITH_FALLBACK = "SPOT_WITH_FALLBACK_AZURE"
    SPOT = "SPOT_AZURE"


class InstancePool(SettingsModel):
    """Machines kept ready, so that clusters start in seconds instead of minutes."""

    node_type: VmSize
    min_idle_instances: Annotated[int, Field(ge=0)] = 0
    """Idle machines cost their VM price, no DBU."""
    max_capacity: Annotated[int, Field(ge=1, le=500)]
    idle_minutes_before_termination: Annotated[int, Field(ge=0, le=10000)] = 15
    availability: PoolAvailability = PoolAvailability.ON_DEMAND
    preloaded_runtime: Runtime | None = None
    permissions: Permissions = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_idle_instances > self.max_capacity:
            yield Problem(
                "min_idle_instances",
                f"is {self.min_idle_instances}, more than max_capacity {self.max_capacity}; give at most that",
            )


_LIBRARY_PATH = r"^(/Workspace/|/Volumes/|abfss://)\S+"
WheelPath = Annotated[str, Field(pattern=_LIBRARY_PATH + r"\.whl$")]
JarPath = Annotated[str, Field(pattern=_LIBRARY_PATH + r"\.jar$")]
RequirementsPath = Annotated[str, Field(pattern=_LIBRARY_PATH + r"\.txt$")]


def _pypi_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(\[[A-Za-z0-9._,-]+\])?", value):
        raise ValueError(
            f"'{value}' is not the name of a Python package; for example lightgbm, or pandas[excel]"
        )
    return value


def _pypi_version(value: str) -> str:
    if not re.fullmatch(r"(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9.]+)?", value):
        raise ValueError(f"'{value}' is not one version of a Python package (PEP 440); for example 4.5.0")
    return value


def _maven(value: str) -> str:
    parts = value.split(":")
    if len(parts) != 3 or not all(re.fullmatch(r"[A-Za-z0-9][\w.-]*", part) for part in parts):
        raise ValueError(
            f"'{value}' are not Maven coordinates; give group:artifact:version, for example "
            "com.microsoft.azure:synapseml_2.12:1.0.8"
        )
    if parts[2] in ("LATEST", "RELEASE") or parts[2].endswith("-SNAPSHOT"):
        raise ValueError(f"'{value}' changes under a running platform; give a released version")
    return value


PypiName = Annotated[str, AfterValidator(_pypi_name)]
PypiVersion = Annotated[str, AfterValidator(_pypi_version)]
MavenCoordinates = Annotated[str, AfterValidator(_maven)]


class Libraries(SettingsModel):
    """Libraries to install, each with its version: a library without one changes under a running platform."""

    pypi: dict[PypiName, PypiVersion] = {}
    """Package to version."""
    maven: list[MavenCoordinates] = []
    """group:artifact:version."""
    cran: list[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]$")]] = []
    """CRAN has no versions to choose from."""
    wheels: list[WheelPath] = []
    jars: list[JarPath] = []
    requirements: list[RequirementsPath] = []


class Autoscale(SettingsModel):
    """Databricks adds and removes workers between these."""

    min_workers: Annotated[int, Field(ge=1, le=200)]
    max_workers: Annotated[int, Field(ge=1, le=200)]

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_workers >= self.max_workers:
            yield Problem(
                "min_workers",
                f"is {self.min_workers}; give fewer than max_workers {self.max_workers}, or workers alone",
            )


class SecretReference(SettingsModel):
    """A secret by name; its value never leaves Key Vault before the cluster starts."""

    secret_scope: Key
    """Key of the secret scope."""
    secret_name: SecretName
    """Name of the secret in the scope's Key Vault."""


EnvironmentVariable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


TRACKING_VARIABLES = ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI")
"""Decided once for the whole workspace, by model_registry and the link."""


class Cluster(SettingsModel):
    """The settings of every cluster, of jobs and of people."""

    runtime: Runtime
    policy: Key
    """Key of the cluster policy that it obeys."""
    pool: Key | None = None
    """Key of the pool that gives the machines; it fixes the node type."""
    node_type: VmSize | None = None
    """Machines without a pool."""
    availability: ClusterAvailability = ClusterAvailability.ON_DEMAND
    """Without a pool only: a pool has its own."""
    workers: Annotated[int, Field(ge=0, le=200)] | None = None
    """0: a single node, which is driver and worker in one."""
    autoscale: Autoscale | None = None
    spark_conf: dict[str, str] = {}
    environment: dict[EnvironmentVariable, PlainText] = {}
    secrets: dict[EnvironmentVariable, SecretReference] = {}
    """Environment variables whose values are secrets."""
    init_scripts: list[
        Annotated[str, Field(pattern=r"^(/Workspace/|/Repos/|/Shared/|/Volumes/|abfss://)\S+\.sh$")]
    ] = []
    """Run on every node, in this order. DBFS is not offered: scripts there have reached their end of life."""
    log_destination: Annotated[str, Field(pattern=r"^(/Volumes/|dbfs:/)\S+$")] | None = None
    """Where driver, worker and event logs are copied every five minutes."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.pool is not None and self.node_type is not None:
            yield Problem("node_type", "is given beside pool, which fixes it; keep one of the two")
        if self.pool is None and self.node_type is None:
            yield Problem("pool", "is missing; give pool, or node_type for machines without a pool")
        if self.pool is not None and "availability" in self.model_fields_set:
            yield Problem("availability", "is given beside pool, which has its own; remove it")
        yield from self._environment_problems()
        if (self.workers is None) == (self.autoscale is None):
            yield Problem("workers", "give either workers or autoscale")

    def _environment_problems(self) -> Iterator[Problem]:
        """A reference in text carries no dependency: the cluster would not wait for its scope."""
        texts = {"environment": self.environment, "spark_conf": self.spark_conf}
        for area, values in texts.items():
            for name, value in values.items():
                if "{{secrets/" in value:
                    yield Problem(f"{area}.{name}", "is a secret's reference; name the secret under secrets")
        for name in self.environment:
            if name in TRACKING_VARIABLES:
                yield Problem(f"environment.{name}", "is set by model_registry for every cluster; remove it")
            if name == "AZURE_CLIENT_SECRET":
                yield Problem(f"environment.{name}", "is a secret in clear; use ml_tracking, or secrets")
            if name in self.secrets:
                yield Problem(f"secrets.{name}", "is given under environment too; keep one of the two")

    @property
    def most_workers(self) -> int:
        """How many workers it can have."""
        return self.autoscale.max_workers if self.autoscale else self.workers or 0

    def size_in(self, pools: Mapping[str, InstancePool]) -> str:
        """VM size of its machines; empty where a check has refused it already."""
        pool = pools.get(self.pool) if self.pool else None
        return pool.node_type if pool else self.node_type or ""

    @property
    def is_single_node(self) -> bool:
        """Whether the driver works alone."""
        return self.workers == 0


class InteractiveCluster(Cluster):
    """A named cluster that people attach to."""

    auto_termination_minutes: Annotated[int, Field(ge=10, le=10000)]
    single_user: str | None = None
    """The person (user name) or application (id) a dedicated cluster belongs to."""
    libraries: Libraries = Libraries()
    permissions: Permissions = {}
