"""Scoring on AKS: the cluster, what Azure ML installs on it, and the online endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.reserved_objects import DEFAULT_INSTANCE_TYPE
from azure_facts.vm_sizes import vm_size
from infra.settings.base import (
    Key,
    LoadingContext,
    Problem,
    Secret,
    SettingsModel,
)
from infra.settings.flux import GitSource, ManifestFolder
from infra.settings.messages import absent
from infra.settings.serving_cluster import Cluster
from infra.settings.serving_endpoints import (
    BatchEndpoint,
    ContainerGroup,
    Deployment,
    InstanceType,
    OnlineEndpoint,
    RunsOn,
    mebibytes,
    millicores,
)


class Tls(SettingsModel):
    """The certificate of the scoring router."""

    common_name: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    """The DNS name that clients call."""
    certificate: Secret | None = None
    """PEM, full chain from the server's certificate to the root."""
    private_key: Secret | None = None
    """PEM, without passphrase."""
    kubernetes_secret: Annotated[str, Field(pattern=r"^[a-z0-9](-?[a-z0-9])*$")] | None = None
    """Instead of the two: a secret of the namespace azureml with cert.pem and key.pem, which the Key Vault driver
    keeps up to date (docs/scoring.md)."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        given = [self.certificate is not None, self.private_key is not None]
        if self.kubernetes_secret is not None and any(given):
            yield Problem(
                "kubernetes_secret", "is given beside certificate or private_key; remove one of them"
            )
        if self.kubernetes_secret is None and not all(given):
            yield Problem(
                "certificate", "give certificate and private_key, or kubernetes_secret that Key Vault fills"
            )


MLFLOW_CPU, MLFLOW_MEMORY = "2", "4Gi"
"""What an MLflow model's deployment must request at least (learn.microsoft.com machine-learning
how-to-manage-kubernetes-instance-types)."""


class InferenceRouter(SettingsModel):
    """How scoring requests enter the cluster."""

    high_availability: bool = True
    """Three router replicas, which need three nodes."""
    internal: bool = True
    """The load balancer has an address of the cluster's network only."""
    tls: Tls | None = None
    allow_insecure_http: bool = False
    address: Annotated[IPv4Address, Field(strict=False)] | None = None
    """The router's address in a private network (`kubectl get svc -n azureml azureml-fe`): there and in the
    hub tls.common_name resolves to it. Omit it in the first deployment."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.tls is None and not self.allow_insecure_http:
            yield Problem(
                "tls", "is missing; give the router's certificate, or set allow_insecure_http: true"
            )
        if self.tls is not None and self.allow_insecure_http:
            yield Problem("allow_insecure_http", "is true beside tls; remove one of them")
        if self.address is not None and (self.tls is None or not self.internal):
            yield Problem(
                "address",
                "is for the name of tls on an internal router; give tls and internal: true, or remove it",
            )
        if self.allow_insecure_http and not self.internal:
            yield Problem(
                "internal", "is false with allow_insecure_http: true; plain HTTP needs internal: true"
            )


class InstanceTypeManifests(GitSource):
    """The repository with the manifest of instance types."""

    path: ManifestFolder = "./instance-type"
    """Folder with the manifest of one instance type; it is applied once for each, with that one's values."""


class Serving(SettingsModel):
    """Scoring: a cluster of AKS attached to the ML workspace, managed endpoints, batch endpoints,
    containers."""

    cluster: Cluster | None = None
    """The AKS cluster. Default: none; managed endpoints, batch endpoints and container groups do not need
    it."""
    router: InferenceRouter = InferenceRouter()
    """How requests enter the cluster."""
    instance_types: dict[Key, InstanceType] = {}
    default_instance_type: Key | None = None
    """Key of `instance_types`; without it Azure ML's own default has 2 GiB, too little for MLflow models."""
    flux: InstanceTypeManifests | None = None
    """The repository from which Flux applies instance types, which are custom resources. Without it, somebody
    applies them by hand (docs/scoring.md), and this stack deploys nothing on Kubernetes."""
    endpoints: dict[Key, OnlineEndpoint] = {}
    batch_endpoints: dict[Key, BatchEndpoint] = {}
    container_groups: dict[Key, ContainerGroup] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.cluster is None:
            yield from self._check_without_cluster()
        else:
            if "router" not in self.model_fields_set:
                # Its default is never checked, and serves neither HTTPS nor HTTP.
                yield Problem("router", "is missing; give its tls, or allow_insecure_http: true")
            yield from self._check_on(self.cluster)

    @override
    def warn(self) -> Iterator[Problem]:
        default = self.instance_types.get(self.default_instance_type or "")
        if default and (
            millicores(default.cpu) < millicores(MLFLOW_CPU)
            or mebibytes(default.memory) < mebibytes(MLFLOW_MEMORY)
        ):
            yield Problem(
                "default_instance_type",
                f"has {default.cpu} cpu and {default.memory} memory; an MLflow model that names no instance type needs "
                f"{MLFLOW_CPU} and {MLFLOW_MEMORY}",
            )

    def _check_without_cluster(self) -> Iterator[Problem]:
        for key in ("router", "instance_types", "default_instance_type", "flux"):
            if key in self.model_fields_set:
                yield Problem(key, "belongs to a cluster, and there is none; add cluster, or remove it")
        for key, endpoint in self.endpoints.items():
            if endpoint.runs_on is RunsOn.KUBERNETES:
                yield Problem(
                    f"endpoints.{key}.runs_on",
                    "is kubernetes, and there is no cluster; add serving.cluster, or give managed",
                )

    def _check_on(self, cluster: Cluster) -> Iterator[Problem]:
        if self.router.high_availability and cluster.open_nodes < 3:
            yield Problem(
                "router.high_availability",
                f"needs 3 nodes beside the dedicated system pool, and the others have {cluster.open_nodes} at least; "
                "raise scoring_pool.min_nodes, or set it to false",
            )
        if self.default_instance_type is not None and self.default_instance_type not in self.instance_types:
            yield Problem(
                "default_instance_type",
                absent(self.default_instance_type, "instance_types", self.instance_types),
            )
        for key, instance_type in self.instance_types.items():
            for problem in _check_type(key, instance_type, cluster):
                yield Problem(f"instance_types.{key}{problem.path}", problem.message)
        for key, endpoint in self.endpoints.items():
            if endpoint.runs_on is RunsOn.KUBERNETES:
                for name, deployment in endpoint.deployments.items():
                    for problem in self._check_kubernetes(deployment):
                        yield Problem(f"endpoints.{key}.deployments.{name}.{problem.path}", problem.message)

    def _check_kubernetes(self, deployment: Deployment) -> Iterator[Problem]:
        instance_type = self.instance_types.get(deployment.instance_type)
        if instance_type is None:
            yield Problem(
                "instance_type", absent(deployment.instance_type, "instance_types", self.instance_types)
            )
            return
        if self.flux is None:
            yield Problem(
                "instance_type",
                f"'{deployment.instance_type}' is a custom resource of the cluster, and nothing here applies it; give "
                "serving.flux, or leave the deployment to the release pipeline",
            )
        if deployment.environment is None:
            yield from _check_mlflow(deployment, instance_type)
        for name, asked, given, measure in (
            ("cpu", deployment.cpu, instance_type.cpu, millicores),
            ("memory", deployment.memory, instance_type.memory, mebibytes),
        ):
            if asked is not None and measure(asked) > measure(given):
                yield Problem(
                    name,
                    f"is {asked}, more than the {given} of instance type '{deployment.instance_type}'; "
                    "give at most that, or a larger type",
                )


def _check_type(key: str, instance_type: InstanceType, cluster: Cluster) -> Iterator[Problem]:
    if key == DEFAULT_INSTANCE_TYPE:
        yield Problem(
            "",
            "is Azure ML's own name for what default_instance_type says; give another key, and name that there",
        )
    if instance_type.pool is not None and instance_type.pool not in cluster.pools:
        yield Problem(".pool", absent(instance_type.pool, "cluster.pools", cluster.pools))
        return
    for problem in _check_fits(instance_type, cluster):
        yield Problem(f".{problem.path}", problem.message)


def _check_fits(instance_type: InstanceType, cluster: Cluster) -> Iterator[Problem]:
    """Kubernetes keeps part of every node for itself (learn.microsoft.com aks node-resource-reservations), so
    a replica as large as a node stays Pending for ever."""
    pools = [cluster.pools[instance_type.pool]] if instance_type.pool else cluster.open_pools
    sizes = {pool.vm_size: shape for pool in pools if (shape := vm_size(pool.vm_size))}
    largest = max((shape.vcpus for shape in sizes.values()), default=None)
    if largest is not None and millicores(instance_type.cpu) >= largest * 1000:
        yield Problem("cpu", _too_large(instance_type.cpu, f"{largest} vCPU", sizes))
    memories = [shape.memory_gib for shape in sizes.values()]
    known = [memory for memory in memories if memory is not None]
    if known and len(known) == len(memories) and mebibytes(instance_type.memory) >= max(known) * 1024:
        yield Problem("memory", _too_large(instance_type.memory, f"{max(known):g}Gi", sizes))


def _check_mlflow(deployment: Deployment, instance_type: InstanceType) -> Iterator[Problem]:
    """A deployment without an environment is an MLflow model, which brings its own."""
    for name, asked, given, measure, least in (
        ("cpu", deployment.cpu, instance_type.cpu, millicores, MLFLOW_CPU),
        ("memory", deployment.memory, instance_type.memory, mebibytes, MLFLOW_MEMORY),
    ):
        if measure(asked or given) < measure(least):
            yield Problem(
                name if asked else "instance_type",
                f"gives {asked or given} {name}, and an MLflow model needs {least}; give more, or another type",
            )


def _too_large(asked: str, there: str, sizes: Iterable[str]) -> str:
    return f"is {asked}; the largest node ({', '.join(sorted(sizes))}) has {there}, part of it its own: give less"
