"""Roads to another environment that is private: a role opens nothing that answers in a network only.

Two networks that are peered with one hub do not reach each other by that (learn.microsoft.com
virtual-network/virtual-networks-faq: peering is not transitive; read 2026-11-30), and a second endpoint whose records
come into the same private DNS zones takes the place of the first one's (private-link/private-endpoint-dns-integration,
caution; read 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.settings.access import CrossEnvironmentScope, ReadingJobs, ReadsFrom
from infra.settings.base import Problem
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class ReadTarget:
    """One sub-resource of another environment that a private endpoint leads to. `name` tells it from the others."""

    name: str
    resource_id: str
    part: str


def read_targets(
    reads_from: dict[str, ReadsFrom],
    ids: Callable[[str, CrossEnvironmentScope], str],
    wanted: Callable[[ReadsFrom], bool],
) -> Iterator[ReadTarget]:
    """What the entries that are `wanted` read there, and the parts of its registry; `ids` gives a scope's ARM id."""
    for name, reads in reads_from.items():
        if not wanted(reads):
            continue
        seen: set[str] = set()
        for scope in reads.scopes:
            for target in _of_scope(name, scope, ids(name, scope)):
                if target.name not in seen:
                    seen.add(target.name)
                    yield target
        if reads.registry_parts:
            parts = reads.registry_parts
            yield ReadTarget(f"{name}-registry-blob", parts.storage_account_id, "blob")
            yield ReadTarget(f"{name}-registry-images", parts.container_registry_id, "registry")


def _of_scope(name: str, scope: CrossEnvironmentScope, resource_id: str) -> Iterator[ReadTarget]:
    if scope is CrossEnvironmentScope.ML_REGISTRY:
        yield ReadTarget(f"{name}-ml-registry", resource_id, "amlregistry")
    elif scope is CrossEnvironmentScope.ML_STORAGE:
        yield ReadTarget(f"{name}-storage-blob", resource_id, "blob")
    elif scope.startswith("lake-"):
        # One account for all zones.
        account = resource_id.partition("/blobServices/")[0]
        for part in ("blob", "dfs"):
            yield ReadTarget(f"{name}-lake-{part}", account, part)


def endpoints_have_a_network(settings: PlatformSettings) -> Iterator[Problem]:
    """Endpoints in a network of this stack's own, where there is one."""
    for name, reads in settings.access.reads_from.items():
        if reads.network_endpoints and not isinstance(settings.network, PrivateNetwork):
            yield Problem(
                f"access.reads_from.{name}.network_endpoints",
                "is true, and network.mode: public has no network for the endpoints; remove it, with "
                "jobs.databricks where the other environment is private",
            )


def road_problems(reader: PlatformSettings, owner: PlatformSettings, reads: ReadsFrom) -> Iterator[Problem]:
    """Who reads without a road, or is given one that the other environment does not need."""
    key = f"access.reads_from.{owner.environment.name}"
    if isinstance(owner.network, PrivateNetwork):
        yield from _jobs(key, reads, reader, owner, owner.network)
    yield from _people(key, reads, reader, owner)


def _jobs(
    key: str, reads: ReadsFrom, reader: PlatformSettings, owner: PlatformSettings, network: PrivateNetwork
) -> Iterator[Problem]:
    name = owner.environment.name
    if ReadingJobs.ML_COMPUTE in reads.jobs and not reads.ml_compute_endpoints:
        yield Problem(
            f"{key}.jobs.{ReadingJobs.ML_COMPUTE}",
            f"read in vain: {name} answers in its network only, which they do not run in; set ml_compute_endpoints to "
            "true, or remove it",
        )
    if ReadingJobs.DATABRICKS in reads.jobs and not reads.network_endpoints and not _routed(reader):
        yield Problem(
            f"{key}.jobs.{ReadingJobs.DATABRICKS}",
            f"read in vain: {name} answers in its network only, which they do not run in, and a hub in common connects "
            "no two networks; give this stack a network (network.mode: private) and set network_endpoints to true, or "
            "remove it",
        )
    own = reader.network
    if reads.network_endpoints and isinstance(own, PrivateNetwork):
        zones = own.private_dns_zones.resource_group_id
        other = network.private_dns_zones.resource_group_id
        if zones is not None and other is not None and zones.lower() == other.lower():
            yield Problem(
                f"{key}.network_endpoints",
                f"is true, and {name} has its names in the same private DNS zones, where the new records would "
                "take the place of its own; give this stack zones of its own (leave out "
                "network.private_dns_zones.resource_group_id), or remove it",
            )


def _people(
    key: str, reads: ReadsFrom, reader: PlatformSettings, owner: PlatformSettings
) -> Iterator[Problem]:
    """They sit at machines: in the other network, or in a hub that both are peered with."""
    path, name = f"{key}.readers_stand_in_its_network", owner.environment.name
    if not reads.personas:
        return
    if not isinstance(owner.network, PrivateNetwork):
        if reads.readers_stand_in_its_network:
            yield Problem(path, f"is true, and {name} answers on public endpoints; remove it")
    elif not reads.readers_stand_in_its_network and not _share_hub(reader, owner.network):
        yield Problem(
            path,
            f"is false, and {name} answers in its network only, where nothing of this stack is; set it to true where "
            "the groups read from that network or its hub, give both the same network.hub, or remove what is read",
        )


def _routed(reader: PlatformSettings) -> bool:
    """Whether another team made the reader's network, which may have routes that nothing here knows."""
    return isinstance(reader.network, PrivateNetwork) and reader.network.existing is not None


def _share_hub(reader: PlatformSettings, network: PrivateNetwork) -> bool:
    own = reader.network.hub if isinstance(reader.network, PrivateNetwork) else None
    return (
        own is not None
        and network.hub is not None
        and own.virtual_network_id.lower() == network.hub.virtual_network_id.lower()
    )
