"""What a service refuses to delete, and what it keeps of what was deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NETWORK = "azure-native:network:"


@dataclass(frozen=True)
class HeldWhileUsed:
    """Cannot go while another resource's inputs name its id."""

    code: str
    source: str
    status: int = 400


_IN_USE = "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-resource-in-use"

HELD_WHILE_USED: Mapping[str, HeldWhileUsed] = {
    # Databricks, AKS and private endpoints put service association links on their subnets.
    _NETWORK + "Subnet": HeldWhileUsed(
        "InUseSubnetCannotBeDeleted",
        "learn.microsoft.com azure/virtual-network/virtual-network-manage-subnet (delete a subnet)",
    ),
    _NETWORK + "VirtualNetwork": HeldWhileUsed("InUseSubnetCannotBeDeleted", _IN_USE),
    _NETWORK + "NetworkSecurityGroup": HeldWhileUsed("InUseNetworkSecurityGroupCannotBeDeleted", _IN_USE),
    _NETWORK + "PublicIPAddress": HeldWhileUsed("PublicIPAddressCannotBeDeleted", _IN_USE),
    _NETWORK + "NatGateway": HeldWhileUsed("NatGatewayInUseBySubnet", _IN_USE),
    _NETWORK + "RouteTable": HeldWhileUsed("InUseRouteTableCannotBeDeleted", _IN_USE),
    "azure-native:app:ManagedEnvironment": HeldWhileUsed(
        "ManagedEnvironmentHasContainerApps", "learn.microsoft.com azure/container-apps/environment", 409
    ),
}
"""Type token -> how it is held. Anything else is deleted however it is used."""


@dataclass(frozen=True)
class NestedFirst:
    """Cannot be deleted while it has a child of one of these types. Other children go with their parent."""

    children: tuple[str, ...]
    code: str
    source: str
    status: int = 409


NESTED_FIRST: Mapping[str, NestedFirst] = {
    "azure-native:privatedns:PrivateZone": NestedFirst(
        ("azure-native:privatedns:VirtualNetworkLink",),
        "CannotDeleteResource",
        "learn.microsoft.com azure/dns/private-dns-getstarted-cli (delete)",
    ),
    "azure-native:recoveryservices:Vault": NestedFirst(
        ("azure-native:recoveryservices:ProtectedItem", "azure-native:recoveryservices:ProtectionContainer"),
        "ServiceResourceNotEmptyWithContainerDetails",
        "learn.microsoft.com azure/backup/backup-azure-delete-vault",
        400,
    ),
    "azure-native:dataprotection:BackupVault": NestedFirst(
        ("azure-native:dataprotection:BackupInstance",),
        "BadRequest",
        "MicrosoftDocs/azure-docs articles/backup/secure-by-default.md, delete vault action (code: general knowledge)",
        400,
    ),
}


@dataclass(frozen=True)
class SoftDelete:
    """A deleted resource holds its name for `days` (or as its input at `days_path` says). `scoped`: within its
    resource group; otherwise everywhere."""

    arm_type: str
    days: int
    scoped: bool
    code: str
    remedy: str
    source: str
    days_path: str = ""


SOFT_DELETES: Mapping[str, SoftDelete] = {
    "azure-native:machinelearningservices:Workspace": SoftDelete(
        "Microsoft.MachineLearningServices/workspaces",
        14,
        scoped=True,
        code="Conflict",
        remedy="purge it (az ml workspace delete --permanently-delete) or recover it",
        source="learn.microsoft.com machine-learning/concept-soft-delete",
    ),
    "azure-native:keyvault:Vault": SoftDelete(
        "Microsoft.KeyVault/vaults",
        90,
        scoped=False,
        code="ConflictError",
        remedy="recover it, or purge it (az keyvault purge) where purge protection allows",
        source="learn.microsoft.com azure/key-vault/general/soft-delete-overview",
        days_path="properties.softDeleteRetentionInDays",
    ),
    "azure-native:operationalinsights:Workspace": SoftDelete(
        "Microsoft.OperationalInsights/workspaces",
        14,
        scoped=True,
        code="Conflict",
        remedy="recover it by creating it in the same place with the same settings, or delete it with --force",
        source="learn.microsoft.com azure/azure-monitor/logs/delete-workspace",
    ),
    "azure-native:cognitiveservices:Account": SoftDelete(
        "Microsoft.CognitiveServices/accounts",
        2,
        scoped=True,
        code="FlagMustBeSetForRestore",
        remedy="purge it (az cognitiveservices account purge) or restore it",
        source="learn.microsoft.com azure/ai-services/recover-purge-resources",
    ),
}

LOCK_TYPES = (
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:authorization:ManagementLockAtResourceGroupLevel",
    "azure-native:authorization:ManagementLockAtResourceLevel",
    "azure-native:authorization:ManagementLockAtSubscriptionLevel",
)

LOCK_SOURCE = "learn.microsoft.com azure/azure-resource-manager/management/lock-resources"
"""A lock holds for its scope and everything below it: CanNotDelete refuses deletes, ReadOnly writes too."""
