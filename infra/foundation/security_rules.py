"""The inbound and outbound rules of each subnet, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from infra.conventions.address_plan import SubnetPurpose


@dataclass(frozen=True)
class SecurityRule:
    """One rule of a network security group; `priority` follows from its place in the table."""

    name: str
    direction: Literal["Inbound", "Outbound"]
    access: Literal["Allow", "Deny"]
    protocol: Literal["Tcp", "Udp", "*"]
    source: str
    destination: str
    ports: tuple[str, ...]
    reason: str


def _out(name: str, destination: str, ports: tuple[str, ...], reason: str) -> SecurityRule:
    return SecurityRule(name, "Outbound", "Allow", "Tcp", "VirtualNetwork", destination, ports, reason)


_DENY_INTERNET_IN = SecurityRule(
    "deny-internet-in",
    "Inbound",
    "Deny",
    "*",
    "Internet",
    "*",
    ("*",),
    "nothing here is called from the internet",
)

# learn.microsoft.com databricks vnet-inject, network security group rules: with a private link to the control plane
# (NoAzureDatabricksRules) only these remain the network's own duty.
_DATABRICKS = (
    SecurityRule(
        "worker-to-worker-in",
        "Inbound",
        "Allow",
        "*",
        "VirtualNetwork",
        "VirtualNetwork",
        ("*",),
        "nodes of a cluster",
    ),
    SecurityRule(
        "worker-to-worker-out",
        "Outbound",
        "Allow",
        "*",
        "VirtualNetwork",
        "VirtualNetwork",
        ("*",),
        "nodes of a cluster",
    ),
    _out("metastore-out", "Sql", ("3306",), "the legacy metastore"),
    _out("storage-out", "Storage", ("443",), "workspace storage, logs, libraries"),
    _out("event-hub-out", "EventHub", ("9093",), "cluster logs"),
    _DENY_INTERNET_IN,
)

SECURITY_RULES: Mapping[SubnetPurpose, tuple[SecurityRule, ...]] = {
    SubnetPurpose.DATABRICKS_HOST: _DATABRICKS,
    SubnetPurpose.DATABRICKS_CONTAINER: _DATABRICKS,
    SubnetPurpose.CONTAINER_APPS: (
        # learn.microsoft.com container-apps firewall-integration
        _out("registry-out", "MicrosoftContainerRegistry", ("443",), "system images"),
        _out("registry-front-out", "AzureFrontDoor.FirstParty", ("443",), "what the registry depends on"),
        _out("entra-out", "AzureActiveDirectory", ("443",), "managed identities"),
        _DENY_INTERNET_IN,
    ),
    SubnetPurpose.KUBERNETES: (_DENY_INTERNET_IN,),
    # Nothing runs there: Azure ML's compute is in its managed network.
    SubnetPurpose.ML_COMPUTE: (_DENY_INTERNET_IN,),
    SubnetPurpose.PRIVATE_ENDPOINTS: (
        SecurityRule(
            "network-in", "Inbound", "Allow", "Tcp", "VirtualNetwork", "VirtualNetwork",
            ("443", "445", "1433", "3306", "5432", "8443-8451"), "the services' own ports",
        ),
        _DENY_INTERNET_IN,
    ),
}  # fmt: skip

DELEGATIONS: Mapping[SubnetPurpose, str] = {
    SubnetPurpose.DATABRICKS_HOST: "Microsoft.Databricks/workspaces",
    SubnetPurpose.DATABRICKS_CONTAINER: "Microsoft.Databricks/workspaces",
    SubnetPurpose.CONTAINER_APPS: "Microsoft.App/environments",
}
"""The service that a subnet is handed to."""

OUTBOUND = frozenset(SubnetPurpose) - {SubnetPurpose.PRIVATE_ENDPOINTS}
"""Subnets that reach out, through the NAT gateway or a firewall: default outbound access ended on 2026-03-31."""
