"""The AKS cluster that scores."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.kubernetes_api_server import MOST_AUTHORIZED_RANGES, authorized_range_problem
from azure_facts.kubernetes_network import (
    POD_PREFIX_OF_A_NODE,
    SHORTEST_SERVICE_PREFIX,
    nodes_that_fit,
    reserved_in,
)
from azure_facts.kubernetes_versions import unannounced, unsupported
from azure_facts.vm_sizes import vm_size
from infra.settings.base import (
    AddressRange,
    AvailabilityZone,
    Generation,
    LoadingContext,
    Problem,
    SettingsModel,
    VmSize,
)

PoolKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,9}$")]
"""A node pool's name is its key: lower-case letters and digits, `np` before it, 12 at most."""


LONGEST_SERVICE_PREFIX = 28
"""The cluster's DNS service has the tenth address of the range."""


class SystemPool(SettingsModel):
    """The nodes of Kubernetes' own pods; fixed in number."""

    vm_size: VmSize = "Standard_D4ds_v5"
    """At least 4 vCPU and no B-series (AKS, system node pools)."""
    nodes: Annotated[int, Field(ge=2, le=100)] = 3
    dedicated: bool = True
    """Tainted CriticalAddonsOnly (learn.microsoft.com aks/use-system-pools): models and Azure ML's router stay off, so
    that they neither starve Kubernetes' own pods nor keep the scoring pool from growing."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        shape = vm_size(self.vm_size)
        if shape is None:
            return
        if shape.series == "B":
            yield Problem(
                "vm_size",
                f"'{self.vm_size}' is burstable, which AKS refuses for a system pool; use Standard_D4ds_v5",
            )
        if shape.vcpus < 4:
            yield Problem(
                "vm_size", f"'{self.vm_size}' has {shape.vcpus} vCPU; a system pool needs 4: Standard_D4ds_v5"
            )


class ScoringPool(SettingsModel):
    """The nodes that score; the cluster autoscaler moves between the bounds."""

    vm_size: VmSize = "Standard_D8ds_v5"
    min_nodes: Annotated[int, Field(ge=0, le=1000)] = 3
    """The highly available router needs 3 of all pools that are not `dedicated`."""
    max_nodes: Annotated[int, Field(ge=1, le=1000)] = 6

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )


class UpgradeChannel(StrEnum):
    """How Kubernetes versions move by themselves."""

    NONE = "none"
    PATCH = "patch"
    STABLE = "stable"
    RAPID = "rapid"
    NODE_IMAGE = "node-image"


class NodeOsUpgradeChannel(StrEnum):
    """How the nodes' operating system moves by itself."""

    NONE = "None"
    UNMANAGED = "Unmanaged"
    SECURITY_PATCH = "SecurityPatch"
    NODE_IMAGE = "NodeImage"


class Weekday(StrEnum):
    """In English, as the service takes it."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


class MaintenanceWindow(SettingsModel):
    """When, every week, upgrades may replace nodes."""

    day: Weekday = Weekday.SUNDAY
    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "01:00"
    hours: Annotated[int, Field(ge=4, le=24)] = 4
    """4 to 24 (Azure REST spec containerservice 2025-09-01, MaintenanceWindow.durationHours)."""
    utc_offset: Annotated[str, Field(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")] = "+00:00"


class ClusterTier(StrEnum):
    """Free has no uptime agreement for the API server."""

    FREE = "Free"
    STANDARD = "Standard"
    PREMIUM = "Premium"


class ContainerLogs(SettingsModel):
    """Container Insights: what containers print and Kubernetes says of them, in Log Analytics, billed by the GB."""

    namespaces: list[Annotated[str, Field(pattern=r"^[a-z0-9](-?[a-z0-9]){0,62}$")]] = []
    """Only of these; empty = of all, Kubernetes' own too."""


class Cluster(SettingsModel):
    """The AKS cluster."""

    generation: Generation = 1
    tier: ClusterTier = ClusterTier.STANDARD
    kubernetes_version: Annotated[str, Field(pattern=r"^1\.\d{2}(\.\d+)?$")] | None = None
    """Of a new cluster; none = Azure's default. Afterwards the upgrade channel moves it."""
    upgrade_channel: UpgradeChannel = UpgradeChannel.PATCH
    node_os_upgrade_channel: NodeOsUpgradeChannel = NodeOsUpgradeChannel.NODE_IMAGE
    maintenance: MaintenanceWindow = MaintenanceWindow()
    authorized_ip_ranges: list[AddressRange] | None = None
    """Public ranges that reach the API server in public mode; none given = network.allowed_ip_ranges. Azure ML
    comes in by trusted access, the nodes by their own load balancer's address, which AKS adds."""
    azure_policy: bool = True
    """Azure Policy's add-on: the subscription's policies reach into the cluster."""
    key_vault_secrets: bool = True
    """The driver that mounts Key Vault's secrets, rotated every two minutes."""
    defender: bool = False
    """Microsoft Defender for Containers' sensor, billed by the vCPU."""
    container_logs: ContainerLogs | None = None
    """Keeps the output of containers. Without it, read the output where they run (kubectl logs). The request
    logs of endpoints are kept in any case."""
    availability_zones: list[AvailabilityZone] = ["1", "2", "3"]
    """Zones of every pool; immutable. An empty list where the region or the quota has none."""
    local_accounts: bool = True
    """Azure ML's extension page says that it does not support clusters without local accounts; the trusted
    access binding that is always declared makes switching them off possible."""
    node_ssh: bool = False
    """Nodes run the SSH service, open to every pod. `kubectl debug node` needs none. A change takes effect with the
    next node image."""
    run_command: bool = False
    """`az aks command invoke` runs kubectl through Azure Resource Manager, past a private API server's network."""
    service_address_range: AddressRange = "172.28.0.0/16"
    """Addresses of Kubernetes services, inside the cluster only: a /13 to /28 outside 169.254.0.0/16, 172.30.0.0/16,
    172.31.0.0/16 and 192.0.2.0/24, which AKS reserves. Immutable: another value replaces the cluster."""
    pod_address_range: AddressRange = "172.29.0.0/16"
    """Addresses of pods, overlaid on the nodes' network, with a /24 for every node that the pools may grow to; outside
    the same ranges. Immutable: another value replaces the cluster."""
    api_server_zone: bool = True
    """With a hub (network.hub) the private API server's name lies in a zone of its own that the hub resolves; without,
    in AKS's, which the nodes' network alone resolves. Immutable: another value replaces the cluster."""
    encryption_at_host: bool = True
    """Temporary disks and caches of the nodes are encrypted too. The subscription needs the feature
    Microsoft.Compute/EncryptionAtHost, which `make preflight FIX=--fix` registers; immutable for a pool."""
    ephemeral_os_disks: bool = True
    """The nodes' system disk lies on the machine itself where the VM size has room for it (Ddsv5, Edsv5 and their
    like from 4 vCPU): faster, free, and gone with the node. Other sizes keep a managed disk. Immutable for a pool."""
    system_pool: SystemPool = SystemPool()
    scoring_pool: ScoringPool = ScoringPool()
    pools: dict[PoolKey, ScoringPool] = {}
    """More pools beside the scoring pool, for instance types that name them."""

    @property
    def open_pools(self) -> tuple[SystemPool | ScoringPool, ...]:
        """Where models and Azure ML's own pods may run."""
        system = () if self.system_pool.dedicated else (self.system_pool,)
        return (*system, self.scoring_pool, *self.pools.values())

    @property
    def open_nodes(self) -> int:
        """The fewest nodes of these pools that there ever are."""
        return sum(pool.nodes if isinstance(pool, SystemPool) else pool.min_nodes for pool in self.open_pools)

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key in self.pools.keys() & {"system", "scoring"}:
            yield Problem(f"pools.{key}", "is the name of a pool that every cluster has; choose another")
        for zone in sorted(
            {zone for zone in self.availability_zones if self.availability_zones.count(zone) > 1}
        ):
            yield Problem("availability_zones", f"names zone {zone} twice; name each zone once")
        yield from self._check_ranges()
        yield from self._check_authorized_ranges()
        problem = unsupported(self.kubernetes_version or "", context.today)
        if problem is not None:
            yield Problem(
                "kubernetes_version",
                f"{problem}, or remove the key: upgrade_channel moves an existing cluster to new versions",
            )

    def _check_ranges(self) -> Iterator[Problem]:
        services = ipaddress.IPv4Network(self.service_address_range)
        pods = ipaddress.IPv4Network(self.pod_address_range)
        for key, network in (("service_address_range", services), ("pod_address_range", pods)):
            if (taken := reserved_in(network)) is not None:
                yield Problem(
                    key,
                    f"{network} overlaps with {taken}, which AKS reserves; give another, such as 172.28.0.0/16",
                )
        if not SHORTEST_SERVICE_PREFIX <= services.prefixlen <= LONGEST_SERVICE_PREFIX:
            yield Problem(
                "service_address_range",
                f"{services} is a /{services.prefixlen}; give a /{SHORTEST_SERVICE_PREFIX} to "
                f"/{LONGEST_SERVICE_PREFIX}, such as 172.28.0.0/16",
            )
        if services.overlaps(pods):
            yield Problem("pod_address_range", f"{pods} overlaps with service_address_range {services}")
        nodes = self.system_pool.nodes + sum(
            pool.max_nodes for pool in (self.scoring_pool, *self.pools.values())
        )
        if nodes > nodes_that_fit(pods):
            yield Problem(
                "pod_address_range",
                f"{pods} has a /{POD_PREFIX_OF_A_NODE} for {nodes_that_fit(pods)} nodes, and the pools may grow to "
                f"{nodes}; give a wider range, or fewer nodes",
            )

    def _check_authorized_ranges(self) -> Iterator[Problem]:
        ranges = self.authorized_ip_ranges or []
        if len(ranges) > MOST_AUTHORIZED_RANGES:
            yield Problem(
                "authorized_ip_ranges", f"are {len(ranges)}; AKS takes {MOST_AUTHORIZED_RANGES}: merge some"
            )
        for text in ranges:
            if (problem := authorized_range_problem(text, ranges)) is not None:
                yield Problem("authorized_ip_ranges", problem)

    @override
    def warn(self) -> Iterator[Problem]:
        if unannounced(self.kubernetes_version or ""):
            yield Problem(
                "kubernetes_version",
                f"'{self.kubernetes_version}' is newer than every version in the list; az aks get-versions --location "
                "REGION says whether there is one",
            )
        if self.upgrade_channel is UpgradeChannel.RAPID:
            yield Problem("upgrade_channel", "is rapid: Azure ML supports the last three minor versions only")
