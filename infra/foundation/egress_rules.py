"""What leaves a private network through its firewall: computed from what the stack declares, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from azure_facts.egress import NEEDS, EgressService, TargetKind, databricks_hosts
from infra.conventions.address_plan import SubnetPurpose
from infra.settings.egress import Egress, HostProtocol
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings

_DATABRICKS = (SubnetPurpose.DATABRICKS_HOST, SubnetPurpose.DATABRICKS_CONTAINER)
_KUBERNETES = (SubnetPurpose.KUBERNETES,)
_CONTAINER_APPS = (SubnetPurpose.CONTAINER_APPS,)


@dataclass(frozen=True)
class EgressRule:
    """One rule: from these subnets to these targets."""

    name: str
    sources: tuple[SubnetPurpose, ...]
    kind: TargetKind
    targets: tuple[str, ...]
    port: int
    protocol: HostProtocol
    why: str

    @property
    def by_address(self) -> bool:
        """Whether the firewall looks at addresses only, since the request carries no name that it could read."""
        return self.protocol is HostProtocol.TCP

    @property
    def described(self) -> dict[str, object]:
        """For the owner of a firewall that is not this stack's."""
        return {
            "name": self.name,
            "from": list(self.sources),
            "by": self.kind,
            "to": list(self.targets),
            "protocol": self.protocol,
            "port": self.port,
        }


def egress_rules(settings: PlatformSettings) -> tuple[EgressRule, ...]:
    """Every rule in a fixed order; none where machines leave through a NAT gateway, which lets out to everywhere."""
    network = settings.network
    if not isinstance(network, PrivateNetwork) or network.egress is not Egress.FIREWALL:
        return ()
    return (*_of_services(settings), *_of_git(settings), *_of_settings(settings, network))


def _of_services(settings: PlatformSettings) -> Iterator[EgressRule]:
    region = settings.azure.location
    for service, sources in _in_use(settings):
        for need in NEEDS[service]:
            yield EgressRule(
                f"{service}-{need.key}",
                sources,
                need.kind,
                need.targets_in(region),
                need.port,
                HostProtocol.TCP if need.kind is TargetKind.SERVICE_TAG else HostProtocol.HTTPS,
                need.why,
            )


def _in_use(settings: PlatformSettings) -> Iterator[tuple[EgressService, tuple[SubnetPurpose, ...]]]:
    if settings.databricks:
        yield EgressService.DATABRICKS, _DATABRICKS
        if settings.ml:
            yield EgressService.AZURE_ML_API, _DATABRICKS
    if settings.serving and (cluster := settings.serving.cluster):
        yield EgressService.KUBERNETES, _KUBERNETES
        yield EgressService.CLUSTER_EXTENSIONS, _KUBERNETES
        yield EgressService.ML_EXTENSION, _KUBERNETES
        if cluster.azure_policy:
            yield EgressService.AZURE_POLICY, _KUBERNETES
        if cluster.defender:
            yield EgressService.DEFENDER, _KUBERNETES
    if settings.apps and settings.apps.apps:
        yield EgressService.CONTAINER_APPS, _CONTAINER_APPS


def _of_git(settings: PlatformSettings) -> Iterator[EgressRule]:
    """Flux clones from inside the cluster; git folders of Databricks are cloned by its control plane."""
    urls = [
        source.url
        for source in (
            settings.serving.flux if settings.serving else None,
            settings.apps.flux if settings.apps else None,
        )
        if source
    ]
    hosts = tuple(sorted({host for url in urls if (host := urlsplit(url).hostname)}))
    if hosts:
        yield _https("flux-git", _KUBERNETES, hosts, "Flux follows its repositories")


def _of_settings(settings: PlatformSettings, network: PrivateNetwork) -> Iterator[EgressRule]:
    if settings.databricks:
        region = settings.azure.location
        own = network.firewall.databricks_hosts or databricks_hosts(region) or ()
        yield _https("databricks-storage", _DATABRICKS, tuple(own), "artifacts, logs and system tables")
        if index := settings.databricks.package_index:
            parts = urlsplit(index)
            host = parts.hostname or ""
            yield _https("databricks-packages", _DATABRICKS, (host,), "Python packages", parts.port or 443)
    everybody = tuple(dict.fromkeys(source for _, sources in _in_use(settings) for source in sources))
    for key, allowed in network.firewall.allowed_hosts.items():
        if everybody:
            yield EgressRule(
                f"allowed-{key}",
                everybody,
                TargetKind.HOST,
                (allowed.host,),
                allowed.port,
                allowed.protocol,
                f"network.firewall.allowed_hosts.{key}",
            )


def _https(
    name: str, sources: tuple[SubnetPurpose, ...], hosts: tuple[str, ...], why: str, port: int = 443
) -> EgressRule:
    return EgressRule(name, sources, TargetKind.HOST, hosts, port, HostProtocol.HTTPS, why)
