"""Everything that goes out through a firewall must be listed first: no preview shows a blocked call."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.egress import databricks_hosts
from infra.settings.base import Problem
from infra.settings.databricks import Databricks, DatabricksContent
from infra.settings.egress import Egress
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


def _firewalled(settings: PlatformSettings) -> PrivateNetwork | None:
    network = settings.network
    return network if isinstance(network, PrivateNetwork) and network.egress is Egress.FIREWALL else None


def databricks_hosts_are_known(settings: PlatformSettings) -> Iterator[Problem]:
    """Clusters start from Databricks' own storage of the region, which a firewall knows by its hosts."""
    network = _firewalled(settings)
    if network is None or settings.databricks is None or network.firewall.databricks_hosts:
        return
    region = settings.azure.location
    if databricks_hosts(region) is None:
        yield Problem(
            "network.firewall.databricks_hosts",
            f"is missing, and the hosts of {region} are not known here; give those for artifacts, logs and system "
            "tables from learn.microsoft.com azure/databricks/resources/ip-domain-region",
        )


def packages_come_from_somewhere(settings: PlatformSettings) -> Iterator[Problem]:
    """A firewall blocks pip's public index, where jobs would look."""
    network, databricks = _firewalled(settings), settings.databricks
    if network is None or databricks is None or databricks.package_index or network.firewall.allowed_hosts:
        return
    if installing := sorted(_installing(databricks)):
        yield Problem(
            "databricks.package_index",
            f"is missing, {', '.join(installing)} install Python packages, and network.egress: firewall lets out to no "
            "public index; give a mirror of your own, such as https://packages.example.com/simple",
        )


def _installing(databricks: Databricks) -> Iterator[str]:
    """Keys of what installs packages by name when it starts."""
    if databricks.content is DatabricksContent.DEFERRED:
        return
    if databricks.ml_tracking is not None:
        yield "databricks.ml_tracking"
    for key, cluster in databricks.clusters.items():
        if cluster.libraries.pypi:
            yield f"databricks.clusters.{key}"
    for key, job in databricks.jobs.items():
        if any(task.libraries.pypi for task in job.tasks.values()):
            yield f"databricks.jobs.{key}"
