"""The Databricks workspace and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, ValidationInfo
from typing_extensions import override

from infra.conventions.retirements import RetirementKind
from infra.settings.base import (
    AddressRange,
    Email,
    Generation,
    Guid,
    Key,
    LoadingContext,
    Problem,
    Secret,
    SettingsModel,
    VmSize,
    refuse_retired,
)


class DatabricksAuthentication(StrEnum):
    """How the deploying identity signs in to the workspace; pinned, so that no ambient variable decides."""

    AZURE_CLI = "azure-cli"
    AZURE_CLIENT_SECRET = "azure-client-secret"
    AZURE_MSI = "azure-msi"
    GITHUB_OIDC_AZURE = "github-oidc-azure"


RUNTIME_PATTERN = r"^\d+\.\d+\.x-(cpu-ml-|gpu-ml-|photon-)?scala2\.1[23]$"


def _runtime(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(RUNTIME_PATTERN, value):
        raise ValueError(
            f"'{value}' is not a Databricks runtime; for example 16.4.x-cpu-ml-scala2.12 "
            "(databricks clusters spark-versions)"
        )
    return refuse_retired(RetirementKind.DATABRICKS_RUNTIME, value, info)


Runtime = Annotated[str, AfterValidator(_runtime)]


class ClusterPolicy(SettingsModel):
    """What a cluster under this policy may be."""

    node_types: Annotated[list[VmSize], Field(min_length=1)]
    runtimes: Annotated[list[Runtime], Field(min_length=1)]
    max_workers: Annotated[int, Field(ge=1, le=200)]
    max_dbu_per_hour: Annotated[float, Field(gt=0)]
    """DBU an hour of one cluster, driver included."""


class PoolAvailability(StrEnum):
    """A pool has no fallback from spot to on demand: that is a cluster's choice."""

    ON_DEMAND = "ON_DEMAND_AZURE"
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

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_idle_instances > self.max_capacity:
            yield Problem(
                "min_idle_instances",
                f"is {self.min_idle_instances}, more than max_capacity {self.max_capacity}; give at most that",
            )


class DatabricksContent(StrEnum):
    """Whether what stands inside the workspace is deployed too."""

    MANAGED = "managed"
    DEFERRED = "deferred"


class GitProvider(StrEnum):
    """The hosts that Databricks knows, in its own spelling."""

    GITHUB = "gitHub"
    GITHUB_ENTERPRISE = "gitHubEnterprise"
    AZURE_DEVOPS = "azureDevOpsServices"
    GITLAB = "gitLab"
    GITLAB_ENTERPRISE = "gitLabEnterpriseEdition"
    BITBUCKET = "bitbucketCloud"


class GitCredential(SettingsModel):
    """How Databricks reads the repositories; belongs to the deploying identity, one for each provider."""

    provider: GitProvider
    username: str
    """The account that the token belongs to: a machine account, not a person's."""
    personal_access_token: Secret
    """Read access to the repositories' contents is enough."""


class GitFolder(SettingsModel):
    """A repository checked out in the workspace, outside any person's folder."""

    url: Annotated[str, Field(pattern=r"^https://[^\s@]+$")]
    """HTTPS, without a user or token in it."""
    branch: str | None = None
    tag: str | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.branch and self.tag:
            yield Problem("tag", "is given beside branch; keep one of them")
        if not self.branch and not self.tag:
            yield Problem("branch", "is missing, and so is tag; give one of them")


class NotebookTask(SettingsModel):
    """One notebook of a git folder."""

    git_folder: Key
    """Key of the git folder that holds it."""
    notebook_path: Annotated[str, Field(pattern=r"^[^/].*$")]
    """Path in the repository, without a leading slash and without extension."""
    parameters: dict[str, str] = {}


class JobCluster(SettingsModel):
    """The cluster that a run makes for itself and takes down again."""

    runtime: Runtime
    pool: Key
    """Key of the pool that gives the machines; it fixes the node type."""
    policy: Key
    """Key of the cluster policy that it obeys."""
    workers: Annotated[int, Field(ge=1, le=200)]


class Job(SettingsModel):
    """A scheduled job of one notebook task on its own cluster."""

    task: NotebookTask
    cluster: JobCluster
    libraries: dict[str, str] = {"azureml-mlflow": "1.60.0"}
    """Python packages, name to version, installed on the task."""
    quartz_cron: str
    """Quartz: seconds minutes hours day-of-month month day-of-week [year], one of the days a `?`."""
    time_zone: str
    """An IANA name, for example Europe/Amsterdam."""
    paused: bool = False
    warn_after_minutes: Annotated[int, Field(ge=1)]
    timeout_minutes: Annotated[int, Field(ge=1)]
    max_retries: Annotated[int, Field(ge=0, le=5)] = 1
    failure_emails: Annotated[list[Email], Field(min_length=1)]

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        problem = quartz_problem(self.quartz_cron)
        if problem:
            yield Problem("quartz_cron", problem)
        if self.time_zone not in available_timezones():
            yield Problem(
                "time_zone", f"'{self.time_zone}' is not an IANA time zone, such as Europe/Amsterdam"
            )
        if self.warn_after_minutes >= self.timeout_minutes:
            yield Problem(
                "warn_after_minutes", f"comes after the timeout of {self.timeout_minutes} minutes; give fewer"
            )


_QUARTZ_FIELD = r"[0-9A-Z*?/,\-#LW]+"


def quartz_problem(expression: str) -> str | None:
    """What is wrong with a Quartz cron expression, or None.

    Quartz has 6 or 7 fields and wants `?` in exactly one of day-of-month and day-of-week
    (Quartz CronTrigger tutorial); a five-field Unix expression is the usual mistake.
    """
    fields = expression.split()
    example = "for example '0 0 3 * * ?' for 03:00 every day"
    if len(fields) not in (6, 7):
        return f"'{expression}' has {len(fields)} fields; Quartz takes 6 or 7, seconds first: {example}"
    if not all(re.fullmatch(_QUARTZ_FIELD, text) for text in fields):
        return f"'{expression}' has a character that Quartz does not know: {example}"
    if (fields[3] == "?") == (fields[5] == "?"):
        return f"'{expression}' needs '?' in exactly one of day-of-month and day-of-week: {example}"
    for text, low, high in zip(fields[:3], (0, 0, 0), (59, 59, 23), strict=True):
        for number in re.findall(r"\d+", text.split("/")[0]):
            if not low <= int(number) <= high:
                return f"'{expression}' has {number} where {low} to {high} is possible: {example}"
    return None


class Databricks(SettingsModel):
    """A premium workspace in Hybrid compute mode without public IPs on its nodes."""

    generation: Generation = 1
    authentication: DatabricksAuthentication = DatabricksAuthentication.AZURE_CLI
    host: Annotated[str, Field(pattern=r"^https://adb-\d+\.\d+\.azuredatabricks\.net$")] | None = None
    """Only with `authentication: github-oidc-azure`, which cannot look it up; known after the first `up`."""
    front_end_ip_ranges: list[AddressRange] = []
    """In private mode: public ranges whose people may still open the workspace in a browser. Must hold the
    deploying runner's address; empty = the front end is private too."""
    content: DatabricksContent = DatabricksContent.MANAGED
    """`deferred`: the first `up` makes the workspace only, from anywhere; switch to `managed` for a second one
    from inside the network."""
    link_ml_workspace: bool = True
    """Track runs in the ML workspace too. One to one, and changing it replaces the workspace."""
    jobs_service_principal_application_id: Guid
    """The Entra application that jobs run as (az ad sp list --display-name NAME --query '[].appId')."""
    cluster_policies: dict[Key, ClusterPolicy] = {}
    pools: dict[Key, InstancePool] = {}
    git_credential: GitCredential | None = None
    git_folders: dict[Key, GitFolder] = {}
    jobs: dict[Key, Job] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        needs_host = self.authentication is DatabricksAuthentication.GITHUB_OIDC_AZURE
        if needs_host and self.host is None:
            yield Problem(
                "host", "is needed with authentication: github-oidc-azure; https://adb-….azuredatabricks.net"
            )
        if not needs_host and self.host is not None:
            yield Problem(
                "host", f"must be left out with authentication: {self.authentication}, which looks it up"
            )
        if self.git_folders and self.git_credential is None:
            yield Problem("git_credential", "is missing, and git_folders cannot be cloned without it")
        for key, job in self.jobs.items():
            yield from self._check_job(key, job)

    def _check_job(self, key: str, job: Job) -> Iterator[Problem]:
        references = (
            ("task.git_folder", job.task.git_folder, self.git_folders, "git_folders"),
            ("cluster.pool", job.cluster.pool, self.pools, "pools"),
            ("cluster.policy", job.cluster.policy, self.cluster_policies, "cluster_policies"),
        )
        for path, target, known, area in references:
            if target not in known:
                have = ", ".join(sorted(known)) or "none"
                yield Problem(f"jobs.{key}.{path}", f"'{target}' is not in {area} (there: {have})")
        policy = self.cluster_policies.get(job.cluster.policy)
        pool = self.pools.get(job.cluster.pool)
        if policy and job.cluster.workers > policy.max_workers:
            yield Problem(
                f"jobs.{key}.cluster.workers",
                f"is {job.cluster.workers}; the policy '{job.cluster.policy}' allows {policy.max_workers}",
            )
        if policy and job.cluster.runtime not in policy.runtimes:
            yield Problem(
                f"jobs.{key}.cluster.runtime",
                f"'{job.cluster.runtime}' is not allowed by the policy '{job.cluster.policy}' "
                f"(allowed: {', '.join(policy.runtimes)})",
            )
        if policy and pool and pool.node_type not in policy.node_types:
            yield Problem(
                f"jobs.{key}.cluster.pool",
                f"its node type {pool.node_type} is not allowed by the policy '{job.cluster.policy}'",
            )
        if pool and job.cluster.workers + 1 > pool.max_capacity:
            yield Problem(
                f"jobs.{key}.cluster.workers",
                f"with its driver it takes {job.cluster.workers + 1} machines; the pool "
                f"'{job.cluster.pool}' has max_capacity {pool.max_capacity}",
            )
