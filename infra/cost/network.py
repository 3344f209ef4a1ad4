"""What the network costs: private mode only."""

from __future__ import annotations

from collections.abc import Iterator

from infra.cost.prices import HOURS, Line, Part, Prices, line
from infra.foundation.private_link import SOURCE_LINKS
from infra.settings.cross_environment import targets_read
from infra.settings.egress import Egress
from infra.settings.ml import ManagedNetworkIsolation
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind


def network_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """The way out of a network that is made here, and an endpoint for each service that is reached privately. The
    hub's firewall is its owner's to pay."""
    network = settings.network
    if not isinstance(network, PrivateNetwork):
        return
    if network.makes_firewall:
        tier, gigabytes = network.firewall.tier, settings.cost.firewall_gb
        yield line(
            "firewall",
            f"{tier}, with its public address, {gigabytes:g} GB",
            prices,
            Part(HOURS, "firewall", tier),
            Part(HOURS, "network", "public_ip"),
            Part(gigabytes, "firewall", "gigabyte"),
        )
    elif not network.existing and network.egress is Egress.NAT:
        yield line(
            "NAT gateway",
            "one, with its public address",
            prices,
            Part(HOURS, "network", "nat_gateway"),
            Part(HOURS, "network", "public_ip"),
        )
    flows, gigabytes = network.flow_logs, settings.cost.flows_gb
    if flows:
        looked = (
            [Part(gigabytes, "flow_logs", f"analysed_{flows.analysed_every}")] if flows.analysed_every else []
        )
        yield line(
            "flow logs", f"{gigabytes:g} GB", prices, Part(gigabytes, "flow_logs", "collected"), *looked
        )
    count = private_endpoints(settings)
    yield line(
        "private endpoints",
        f"{count} x {HOURS} h",
        prices,
        Part(count * HOURS, "network", "private_endpoint"),
    )


def private_endpoints(settings: PlatformSettings) -> int:
    """How many the platform makes in private mode; those of managed networks (ML, Data Factory, Synapse) follow from
    use and are not among them."""
    given = isinstance(settings.network, PrivateNetwork) and settings.network.private_link_scope_id
    count = 0 if given else 1  # Azure Monitor's scope
    if settings.ml:
        # The account's blob and file; vault, registry, workspace. The account's queue and table only where compute has
        # no managed network with endpoints of its own.
        count += 7 if settings.ml.workspace.managed_network is ManagedNetworkIsolation.DISABLED else 5
    if settings.encryption.customer_managed_keys:
        count += 1
    if settings.lake:
        count += 2
    if settings.databricks:
        # Front end and its sign-in, blob and dfs of the workspace's own storage.
        count += 3 + settings.databricks.browser_authentication_endpoint
        count += len(settings.databricks.own_vaults)
    if settings.data_factory:
        # The portal; the factory itself for machines of one's own.
        count += 1 + any(source.kind is SourceKind.ODBC for source in settings.sources.values())
    # Sources with an address in Azure, for jobs.
    count += sum(
        bool(source.resource_id) and source.kind in SOURCE_LINKS for source in settings.sources.values()
    )
    # What jobs read of other environments.
    count += sum(
        1
        for _ in targets_read(
            settings.access, settings.environment, settings.azure, lambda reads: reads.network_endpoints
        )
    )
    if settings.synapse:
        # Serverless SQL, development, Studio; dedicated SQL where it has pools.
        count += 3 + bool(settings.synapse.dedicated_pools)
    if settings.promotion and settings.promotion.registry:
        # Itself, its storage account and its images.
        count += 3
    if settings.apps:
        count += bool(settings.apps.apps) + len(settings.apps.ai_services)
    return count
