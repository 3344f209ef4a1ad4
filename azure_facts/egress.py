"""What services call on the internet from a network of one's own: what a firewall must let out.

Only what a private platform still calls: Databricks' control plane and relay, storage, vaults, registries and the API
server of a private cluster are reached by private endpoints. The hosts of Databricks differ by region
(data/databricks_hosts.csv); a region that is not there is unknown, not free of hosts.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.data_files import read_csv
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_AKS_PAGE = "MicrosoftDocs/azure-aks-docs articles/aks/outbound-rules-control-egress.md"
AKS = Source(
    f"{_AKS_PAGE}, required FQDN / application rules; azure/aks/limit-egress-traffic (FQDN tag)", _READ
)
AKS_EXTENSIONS = Source(f"{_AKS_PAGE}, cluster extensions", _READ)
AKS_POLICY = Source(f"{_AKS_PAGE}, Azure Policy", _READ)
AKS_DEFENDER = Source(f"{_AKS_PAGE}, Microsoft Defender for Containers", _READ)
AKS_IDENTITY = Source(f"{_AKS_PAGE}, workload identity", _READ)
AZURE_ML = Source(
    "MicrosoftDocs/azure-ai-docs articles/machine-learning/how-to-access-azureml-behind-firewall.md, scenario: use "
    "Kubernetes compute",
    _READ,
)
AZURE_ML_NETWORK = Source(
    "MicrosoftDocs/azure-ai-docs articles/machine-learning/how-to-access-azureml-behind-firewall.md, basic "
    "configuration (no public IP: NAT or a route to a firewall)",
    _READ,
)
CONTAINER_APPS = Source("MicrosoftDocs/azure-docs articles/container-apps/use-azure-firewall.md", _READ)
DATABRICKS = Source(
    "learn.microsoft.com azure/databricks/security/network/classic/udr (service tags; the control plane's is not asked "
    "for with private link)",
    _READ,
)
DATABRICKS_HOSTS_SOURCE = Source(
    "microsoft/AzureTRE templates/workspace_services/databricks/terraform/databricks-udr.json; system tables: "
    "databricks/terraform-databricks-examples examples/adb-exfiltration-protection/terraform.tfvars",
    _READ,
)
"""learn.microsoft.com azure/databricks/resources/ip-domain-region is where the hosts of every region are listed."""


class EgressService(StrEnum):
    """Who calls."""

    DATABRICKS = "databricks"
    AZURE_ML_API = "azure-ml-api"
    KUBERNETES = "kubernetes"
    CLUSTER_EXTENSIONS = "cluster-extensions"
    ML_EXTENSION = "ml-extension"
    AZURE_POLICY = "azure-policy"
    DEFENDER = "defender"
    CONTAINER_APPS = "container-apps"


class TargetKind(StrEnum):
    """How a firewall knows what is called."""

    HOST = "host"
    """By the name in the request: HTTPS, or HTTP."""
    FQDN_TAG = "FQDN tag"
    """A list of hosts that Microsoft keeps, in Azure Firewall."""
    SERVICE_TAG = "service tag"
    """A list of addresses that Microsoft keeps; any customer's resource of that service is among them."""


@dataclass(frozen=True)
class Need:
    """What one service calls. `{region}` in a target is the region's name."""

    key: str
    """Tells it from the service's other needs."""
    kind: TargetKind
    targets: tuple[str, ...]
    port: int
    why: str
    source: Source

    def targets_in(self, region: str) -> tuple[str, ...]:
        """The targets for a platform of this region, such as `westeurope`."""
        return tuple(target.format(region=region) for target in self.targets)


def _hosts(key: str, why: str, source: Source, *hosts: str) -> Need:
    return Need(key, TargetKind.HOST, hosts, 443, why, source)


_ENTRA = "login.microsoftonline.com"
_IMAGES = ("mcr.microsoft.com", "*.data.mcr.microsoft.com")
_NODE_BINARIES = ("packages.aks.azure.com", "acs-mirror.azureedge.net")

NEEDS: Mapping[EgressService, tuple[Need, ...]] = MappingProxyType(
    {
        EgressService.DATABRICKS: (
            Need("metastore", TargetKind.SERVICE_TAG, ("Sql",), 3306, "the legacy metastore", DATABRICKS),
            Need("logs", TargetKind.SERVICE_TAG, ("EventHub",), 9093, "logs of clusters", DATABRICKS),
            _hosts("sign-in", "clusters sign in to Azure", DATABRICKS, _ENTRA),
        ),
        EgressService.AZURE_ML_API: (
            _hosts(
                "api",
                "runs are tracked and models registered",
                AZURE_ML,
                "{region}.api.azureml.ms",
                "{region}.experiments.azureml.net",
            ),
            _hosts("lookup", "the workspace is looked up", AKS, "management.azure.com"),
        ),
        EgressService.KUBERNETES: (
            Need(
                "nodes",
                TargetKind.FQDN_TAG,
                ("AzureKubernetesService",),
                443,
                "nodes and AKS's own pods",
                AKS,
            ),
            _hosts("sign-in", "workload identity", AKS_IDENTITY, _ENTRA),
        ),
        EgressService.CLUSTER_EXTENSIONS: (
            _hosts(
                "configuration",
                "extensions fetch their configuration and report",
                AKS_EXTENSIONS,
                "{region}.dp.kubernetesconfiguration.azure.com",
                *_IMAGES,
            ),
            _hosts(
                "metrics",
                "extensions' agents send metrics",
                AKS_EXTENSIONS,
                "*.ingestion.msftcloudes.com",
                "*.microsoftmetrics.com",
            ),
        ),
        EgressService.ML_EXTENSION: (
            _hosts(
                "logs",
                "the extension's logs go to Microsoft",
                AZURE_ML,
                "*.kusto.windows.net",
                "*.table.core.windows.net",
                "*.queue.core.windows.net",
            ),
            _hosts(
                "api",
                "the workspace's API",
                AZURE_ML,
                "*.workspace.{region}.api.azureml.ms",
                "{region}.api.azureml.ms",
                "{region}.experiments.azureml.net",
            ),
        ),
        EgressService.AZURE_POLICY: (
            _hosts(
                "policies",
                "policies are fetched, findings reported",
                AKS_POLICY,
                "data.policy.core.windows.net",
                "store.policy.core.windows.net",
                "dc.services.visualstudio.com",
            ),
        ),
        EgressService.DEFENDER: (
            _hosts(
                "events",
                "security events",
                AKS_DEFENDER,
                "*.ods.opinsights.azure.com",
                "*.oms.opinsights.azure.com",
                "*.cloud.defender.microsoft.com",
            ),
        ),
        EgressService.CONTAINER_APPS: (
            _hosts("images", "Microsoft's images", CONTAINER_APPS, *_IMAGES),
            _hosts("binaries", "the nodes' binaries", CONTAINER_APPS, *_NODE_BINARIES),
            _hosts(
                "sign-in",
                "managed identities, pulls from the registry",
                CONTAINER_APPS,
                "*.identity.azure.net",
                _ENTRA,
                "*.login.microsoftonline.com",
                "login.microsoft.com",
                "*.login.microsoft.com",
            ),
        ),
    }
)
"""By who calls. The three hosts with a wildcard below a storage or database domain (ml-extension) let out to any
customer's account: Azure ML documents them as required, and names none that is narrower."""


def _databricks_hosts() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_csv("databricks_hosts.csv", ("region", "use", "host")):
        found[row["region"]] = (*found.get(row["region"], ()), row["host"])
    return MappingProxyType(found)


_DATABRICKS_HOSTS = _databricks_hosts()


def databricks_hosts(region: str) -> Sequence[str] | None:
    """Databricks' own storage accounts for artifacts, logs and system tables; None for a region that the table does
    not have."""
    return _DATABRICKS_HOSTS.get(region)
