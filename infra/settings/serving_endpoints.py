"""What answers scoring requests: online endpoints, batch endpoints, container groups."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.managed_endpoints import EXAMPLE_SIZE, SIZES_SOURCE, runs_managed_endpoints
from azure_facts.retirements import RetirementKind, find_retirements
from infra.settings.base import (
    EnvironmentVariable,
    Generation,
    Key,
    LoadingContext,
    PlainText,
    Problem,
    SettingsModel,
)
from infra.settings.messages import absent
from infra.settings.ml_compute import Image
from infra.settings.ml_jobs import AssetReference, EnvironmentReference

MODEL_PATTERN = r"^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$|^azureml://registries/[^/]+/models/[^/]+/versions/[^/]+$"
ModelReference = Annotated[str, Field(pattern=MODEL_PATTERN)]
"""azureml:NAME:VERSION, or azureml://registries/REGISTRY/models/NAME/versions/VERSION."""

Cpu = Annotated[str, Field(pattern=r"^[1-9]\d*m?$")]
"""Cores, or thousandths of a core: '2' or '500m'."""

Memory = Annotated[str, Field(pattern=r"^[1-9]\d*(Mi|Gi)$")]
"""'4Gi', '512Mi'."""

KUBERNETES_TIMEOUT = 300
MANAGED_TIMEOUT = 180
"""Seconds that a request may take (learn.microsoft.com machine-learning how-to-manage-quotas)."""


def millicores(text: str) -> int:
    """'2' is 2000, '500m' is 500."""
    return int(text[:-1]) if text.endswith("m") else int(text) * 1000


def mebibytes(text: str) -> int:
    """'1Gi' is 1024."""
    return int(text[:-2]) * (1024 if text.endswith("Gi") else 1)


class InstanceType(SettingsModel):
    """The slice of a node that one scoring replica gets; requested and limited alike."""

    cpu: Cpu
    memory: Memory
    pool: str | None = None
    """Key of `cluster.pools`: replicas run there only; none = anywhere."""


class EndpointAuthentication(StrEnum):
    """Kubernetes endpoints take a key or Azure ML's own token; Entra tokens are for managed endpoints only
    (learn.microsoft.com concept-endpoints-online-auth)."""

    KEY = "Key"
    AML_TOKEN = "AMLToken"
    ENTRA_TOKEN = "AADToken"


class RunsOn(StrEnum):
    """`kubernetes`: the attached cluster; `managed`: Azure ML's own machines, billed for as long as they
    exist."""

    KUBERNETES = "kubernetes"
    MANAGED = "managed"


class Deployment(SettingsModel):
    """One version of a model behind an endpoint."""

    model: ModelReference
    environment: EnvironmentReference | None = None
    """None for MLflow models, which bring their own."""
    code: AssetReference | None = None
    scoring_script: Annotated[str, Field(pattern=r"^[^/].*\.py$")] | None = None
    """File in `code` with init() and run()."""
    instance_type: str
    """Key of `instance_types` on Kubernetes; on managed machines a VM size that managed endpoints run on, such as
    Standard_D4as_v4 (learn.microsoft.com machine-learning/reference-managed-online-endpoints-vm-sku-list), which is
    immutable."""
    min_instances: Annotated[int, Field(ge=1, le=500)] = 1
    max_instances: Annotated[int, Field(ge=1, le=500)] = 1
    """More than min_instances: replicas are added while their CPU is busier than target_utilization."""
    target_utilization: Annotated[int, Field(ge=10, le=95)] = 70
    cpu: Cpu | None = None
    """The share of its instance type that one replica requests; none = all of it. Kubernetes only."""
    memory: Memory | None = None
    request_timeout_seconds: Annotated[int, Field(ge=1, le=KUBERNETES_TIMEOUT)] = 60
    concurrent_requests: Annotated[int, Field(ge=1, le=1000)] = 1
    """Requests that one replica takes at a time."""
    loads_models_at_scoring: bool = False
    """The script reads registered models itself, when they are first asked for: its identity may."""
    collects_data: bool = False
    """Keeps requests and answers in the workspace's blob storage, for model monitors. An MLflow model does so
    by itself; a scoring script with azureml-ai-monitoring (docs/scoring.md)."""
    environment_variables: dict[str, PlainText] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_instances > self.max_instances:
            yield Problem(
                "min_instances",
                f"is {self.min_instances}, more than max_instances {self.max_instances}; give at most that",
            )
        if (self.code is None) != (self.scoring_script is None):
            missing = "code" if self.code is None else "scoring_script"
            yield Problem(
                missing, "is missing; code and scoring_script belong together (MLflow models have neither)"
            )
        if self.code is not None and self.environment is None:
            yield Problem("environment", "is missing; a scoring script runs in an environment")

    @override
    def warn(self) -> Iterator[Problem]:
        if self.loads_models_at_scoring and self.request_timeout_seconds < 60:
            yield Problem(
                "request_timeout_seconds",
                f"is {self.request_timeout_seconds}; the first request waits for its model: give 60 or more",
            )


class OnlineEndpoint(SettingsModel):
    """One scoring endpoint. Without deployments here, the release pipeline owns deployments and traffic."""

    description: str = ""
    runs_on: RunsOn = RunsOn.KUBERNETES
    authentication: EndpointAuthentication = EndpointAuthentication.AML_TOKEN
    generation: Generation = 1
    deployments: dict[Key, Deployment] = {}
    """Blue and green, for example; up to 20."""
    traffic: dict[Key, Annotated[int, Field(ge=0, le=100)]] = {}
    """Deployment to percent; the shares add up to 100."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        kubernetes = self.runs_on is RunsOn.KUBERNETES
        if kubernetes and self.authentication is EndpointAuthentication.ENTRA_TOKEN:
            yield Problem(
                "authentication", "is AADToken, which managed endpoints only take; give AMLToken or Key"
            )
        yield from self._check_traffic()
        if len(self.deployments) > 20:
            yield Problem("deployments", f"are {len(self.deployments)}; an endpoint has at most 20")
        for key, deployment in self.deployments.items():
            for problem in self._check_deployment(deployment, context):
                yield Problem(f"deployments.{key}.{problem.path}", problem.message)

    def _check_traffic(self) -> Iterator[Problem]:
        for key in sorted(self.traffic.keys() - self.deployments.keys()):
            have = ", ".join(sorted(self.deployments)) or "none"
            yield Problem(
                f"traffic.{key}", f"names no deployment (there: {have}); add it or remove its share"
            )
        total = sum(self.traffic.values())
        if self.traffic and total != 100:
            yield Problem("traffic", f"adds up to {total}; the shares must add up to 100")

    def _check_deployment(self, deployment: Deployment, context: LoadingContext) -> Iterator[Problem]:
        if self.runs_on is RunsOn.KUBERNETES:
            return
        if not runs_managed_endpoints(deployment.instance_type):
            yield Problem(
                "instance_type",
                f"'{deployment.instance_type}' is not a VM size of managed endpoints; give one of their list, "
                f"for example {EXAMPLE_SIZE} ({SIZES_SOURCE.page})",
            )
        for finding in find_retirements(RetirementKind.VM_SIZE, deployment.instance_type, context.today):
            if finding.is_past:
                yield Problem("instance_type", finding.message)
        if deployment.request_timeout_seconds > MANAGED_TIMEOUT:
            yield Problem(
                "request_timeout_seconds",
                f"is {deployment.request_timeout_seconds}; a managed endpoint allows {MANAGED_TIMEOUT}",
            )
        for name in ("cpu", "memory"):
            if getattr(deployment, name) is not None:
                yield Problem(name, "is for Kubernetes; a managed replica has the whole machine: remove it")


class BatchDeployment(SettingsModel):
    """One way of scoring files: a model, or a pipeline that does more than score."""

    model: ModelReference | None = None
    pipeline_component: AssetReference | None = None
    """azureml:NAME:VERSION of a pipeline component: what the pipelines of SDK v1 were published as. Its steps bring
    their own environments, code and outputs."""
    environment: EnvironmentReference | None = None
    code: AssetReference | None = None
    scoring_script: Annotated[str, Field(pattern=r"^[^/].*\.py$")] | None = None
    nodes: Annotated[int, Field(ge=1)] = 1
    concurrency_per_node: Annotated[int, Field(ge=1)] = 1
    mini_batch_size: Annotated[int, Field(ge=1)] = 10
    """Files that the script gets in one call."""
    error_threshold: Annotated[int, Field(ge=-1)] = -1
    """Failed files that end the job; -1 = none does."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.model is None) == (self.pipeline_component is None):
            yield Problem("model", "give either model or pipeline_component")
        if self.pipeline_component is not None:
            for key in sorted(self.model_fields_set - {"model", "pipeline_component"}):
                yield Problem(key, "is the steps' own in a pipeline_component; remove it")
            return
        if (self.code is None) != (self.scoring_script is None):
            missing = "code" if self.code is None else "scoring_script"
            yield Problem(
                missing, "is missing; code and scoring_script belong together (MLflow models have neither)"
            )


class BatchEndpoint(SettingsModel):
    """One endpoint that scores files on a training cluster."""

    description: str = ""
    generation: Generation = 1
    training_cluster: Key
    deployments: dict[Key, BatchDeployment] = {}
    default_deployment: Key | None = None
    """The deployment of callers that name none."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.default_deployment is not None and self.default_deployment not in self.deployments:
            yield Problem(
                "default_deployment", absent(self.default_deployment, "deployments", self.deployments)
            )


class ContainerGroup(SettingsModel):
    """A container for trying an image, without Kubernetes and without scaling."""

    image: Image
    """Repository and tag in the platform's registry, such as scoring-trial:1.0.3; pulled by identity."""
    cpu: Annotated[float, Field(gt=0, le=4)] = 1.0
    """Cores; decimals are allowed."""
    memory_gb: Annotated[float, Field(ge=0.5, le=16)] = 1.5
    port: Annotated[int, Field(ge=1, le=65535)] = 5001
    public: bool = False
    """Reachable by everybody who knows the address."""
    requires_authentication: bool = False
    """The image itself asks callers who they are; Azure does not."""
    dns_label: Annotated[str, Field(pattern=r"^[a-z]([a-z0-9-]{1,61}[a-z0-9])$")] | None = None
    """First part of the address LABEL.REGION.azurecontainer.io, unique in the region."""
    environment_variables: dict[EnvironmentVariable, PlainText] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.public and self.dns_label is None:
            yield Problem("dns_label", "is missing; a public container is called by it")
        if self.dns_label is not None and not self.public:
            yield Problem("dns_label", "belongs to public: true; remove it")

    @override
    def warn(self) -> Iterator[Problem]:
        if self.public and not self.requires_authentication:
            yield Problem("public", "is true, and nothing asks callers who they are")
