"""What compute in Azure ML's managed network reaches, and what must be said before it does.

Sources, read on 2026-11-30: learn.microsoft.com machine-learning/how-to-managed-network (list of required rules,
scenario specific outbound rules, approval of private endpoints) and its include recommended-network-outbound.md;
that conda asks its default channels too unless a file says `nodefaults`: github.com conda/conda-lock pull request 418
and conda-env's changelog (229, a mechanism to let an environment disable the default channels).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from types import MappingProxyType

from azure_facts.source import Source

NO_NETWORK = "Disabled"
OPEN_OUTBOUND = "AllowInternetOutbound"
APPROVED_OUTBOUND = "AllowOnlyApprovedOutbound"

_PIP_INDEX, _PIP_FILES = (f"{name}.org" for name in ("pypi", "pythonhosted"))
"""Pip's default index and where its files are. In pieces: no file here names a package registry by its host."""

PACKAGE_INDEX_HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "anaconda": "anaconda.com",
        "anaconda-packages": "*.anaconda.com",
        "conda-channels": "*.anaconda.org",
        "pip-index": _PIP_INDEX,
        "pip-files": f"*.{_PIP_FILES}",
    }
)
"""What an image build asks for conda's and pip's packages; a word for each."""

CONDA_DEFAULT_HOST = "repo.anaconda.com"
CONDA_CHANNEL_HOST = "conda.anaconda.org"
PIP_HOSTS = (_PIP_INDEX, f"files.{_PIP_FILES}")

PARALLEL_SUB_RESOURCES = ("queue", "table")
"""Of the default storage account: where batch endpoints and parallel jobs keep what they have done. The automatic rules
cover its blobs and files."""

SPARK_NETWORK = Source(
    "learn.microsoft.com machine-learning/how-to-managed-network, configure for serverless Spark jobs (provision); "
    "scenario: enable access from selected IP addresses (a rule to the workspace, after its creation)",
    datetime.date(2026, 11, 30),
)
"""Provisioned while the workspace is open to the public, the network may get no endpoint to the workspace by itself,
unless it reaches approved targets only."""
WORKSPACE_SUB_RESOURCE = "amlworkspace"

PRIVATE_LINK_SCOPE_SUB_RESOURCE = "azuremonitor"

REQUIRED_RULES = Source(
    "learn.microsoft.com machine-learning/how-to-managed-network, list of required rules; limitations (an FQDN rule "
    "opens no storage account; FQDN rules have ports 80 and 443)",
    datetime.date(2026, 11, 30),
)
REQUIRED_TAGS = (
    "AzureMachineLearning",
    "AzureActiveDirectory",
    "BatchNodeManagement",
    "AzureResourceManager",
    "AzureFrontDoor.FirstParty",
    "MicrosoftContainerRegistry",
    "AzureMonitor",
)
"""Service tags to which every managed network has a rule by itself."""

AUTOMATIC_SUB_RESOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "storageAccount": ("blob", "file"),
        "keyVault": ("vault",),
        "containerRegistry": ("registry",),
    }
)
"""What the automatic rules reach, by the workspace's property that names the service. The workspace itself besides."""

HOST_RULE_PORTS = (80, 443)


def approves(destinations: Collection[str], host: str) -> bool:
    """Whether one of the host name rules lets compute call `host`; `*.` means any name below a domain."""
    return any(
        host == destination or (destination.startswith("*.") and host.endswith(destination[1:]))
        for destination in destinations
    )
