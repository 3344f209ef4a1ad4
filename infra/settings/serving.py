"""Scoring on AKS: the cluster, what Azure ML installs on it, and the online endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import (
    AddressRange,
    Generation,
    Key,
    LoadingContext,
    Problem,
    Secret,
    SettingsModel,
    VmSize,
)


class SystemPool(SettingsModel):
    """The nodes of Kubernetes' own pods and of Azure ML's router; fixed in number."""

    vm_size: VmSize = "Standard_D4ds_v5"
    """At least 4 vCPU and no B-series (AKS, system node pools)."""
    nodes: Annotated[int, Field(ge=2, le=100)] = 3

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.vm_size.startswith("Standard_B"):
            yield Problem(
                "vm_size",
                f"'{self.vm_size}' is burstable, which AKS refuses for a system pool; use Standard_D4ds_v5",
            )
        vcpus = re.search(r"[A-Z](\d+)", self.vm_size.removeprefix("Standard_"))
        if vcpus and int(vcpus.group(1)) < 4:
            yield Problem(
                "vm_size", f"'{self.vm_size}' has fewer than 4 vCPU; use Standard_D4ds_v5 or larger"
            )


class ScoringPool(SettingsModel):
    """The nodes that score; the cluster autoscaler moves between the bounds."""

    vm_size: VmSize = "Standard_D8ds_v5"
    min_nodes: Annotated[int, Field(ge=0, le=1000)] = 2
    max_nodes: Annotated[int, Field(ge=1, le=1000)] = 6

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )


class ClusterTier(StrEnum):
    """Free has no uptime agreement for the API server."""

    FREE = "Free"
    STANDARD = "Standard"
    PREMIUM = "Premium"


class Cluster(SettingsModel):
    """The AKS cluster."""

    generation: Generation = 1
    tier: ClusterTier = ClusterTier.STANDARD
    availability_zones: list[Annotated[str, Field(pattern=r"^[123]$")]] = ["1", "2", "3"]
    """Zones of every pool; immutable. An empty list where the region or the quota has none."""
    local_accounts: bool = True
    """Azure ML's extension page says that it does not support clusters without local accounts; the trusted
    access binding that is always declared makes switching them off possible."""
    service_address_range: AddressRange = "172.30.0.0/16"
    """Addresses of Kubernetes services, inside the cluster only; immutable."""
    pod_address_range: AddressRange = "172.29.0.0/16"
    """Addresses of pods, overlaid on the nodes' network; immutable."""
    system_pool: SystemPool = SystemPool()
    scoring_pool: ScoringPool = ScoringPool()


class Tls(SettingsModel):
    """The certificate of the scoring router."""

    common_name: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    """The DNS name that clients call."""
    certificate: Secret
    """PEM, full chain from the server's certificate to the root."""
    private_key: Secret
    """PEM, without passphrase."""


class InferenceRouter(SettingsModel):
    """How scoring requests enter the cluster."""

    high_availability: bool = True
    """Three router replicas, which need three nodes."""
    internal: bool = True
    """The load balancer has an address of the cluster's network only."""
    tls: Tls | None = None
    allow_insecure_http: bool = False

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.tls is None and not self.allow_insecure_http:
            yield Problem(
                "tls", "is missing; give the router's certificate, or set allow_insecure_http: true"
            )
        if self.tls is not None and self.allow_insecure_http:
            yield Problem("allow_insecure_http", "is true beside tls; remove one of them")
        if self.allow_insecure_http and not self.internal:
            yield Problem(
                "internal", "is false with allow_insecure_http: true; plain HTTP needs internal: true"
            )


class InstanceType(SettingsModel):
    """The slice of a node that one scoring replica gets; requested and limited alike."""

    cpu: Annotated[str, Field(pattern=r"^\d+m?$")]
    """Cores, or thousandths of a core: '2' or '500m'."""
    memory: Annotated[str, Field(pattern=r"^\d+(Mi|Gi)$")]
    """'4Gi', '512Mi'."""


class EndpointAuthentication(StrEnum):
    """Kubernetes endpoints take a key or Azure ML's own token; Entra tokens are for managed endpoints only
    (learn.microsoft.com concept-endpoints-online-auth)."""

    KEY = "Key"
    AML_TOKEN = "AMLToken"


class OnlineEndpoint(SettingsModel):
    """One scoring endpoint on the cluster; its deployments come from the release pipeline."""

    description: str = ""
    authentication: EndpointAuthentication = EndpointAuthentication.AML_TOKEN


class Serving(SettingsModel):
    """Real-time scoring on AKS, attached to the ML workspace."""

    cluster: Cluster = Cluster()
    router: InferenceRouter = InferenceRouter()
    instance_types: dict[Key, InstanceType] = {}
    default_instance_type: Key | None = None
    """Key of `instance_types`; without it Azure ML's own default has 2 GiB, too little for MLflow models."""
    endpoints: dict[Key, OnlineEndpoint] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        nodes = self.cluster.system_pool.nodes + self.cluster.scoring_pool.min_nodes
        if self.router.high_availability and nodes < 3:
            yield Problem(
                "router.high_availability",
                f"needs 3 nodes; system_pool.nodes + scoring_pool.min_nodes is {nodes}",
            )
        if self.default_instance_type is not None and self.default_instance_type not in self.instance_types:
            have = ", ".join(sorted(self.instance_types)) or "none"
            yield Problem(
                "default_instance_type",
                f"'{self.default_instance_type}' is not in instance_types (there: {have})",
            )
