"""What a request to Azure must be allowed besides its own operation: to join, assign or approve what it names.

A request that names another resource is judged twice, by Azure's front door: on the resource itself
(`AuthorizationFailed`) and on what it names (`LinkedAuthorizationFailed`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_ARTICLES = "MicrosoftDocs/azure-docs articles"
PRIVATE_LINK = Source(f"{_ARTICLES}/private-link/rbac-permissions.md", _READ)
SUBNETS = Source(f"{_ARTICLES}/virtual-network/virtual-network-manage-subnet.md, permissions", _READ)
PEERINGS = Source(f"{_ARTICLES}/virtual-network/virtual-network-manage-peering.md, permissions", _READ)
NETWORKING = Source(f"{_ARTICLES}/role-based-access-control/permissions/networking.md", _READ)
ROLES = Source("learn.microsoft.com azure/role-based-access-control/built-in-roles", _READ)
"""Private DNS Zone Contributor has `virtualNetworks/join/action`, to link its zones; Managed Identity Operator has
`userAssignedIdentities/*/assign/action`, and is described as assigning identities."""
DELEGATED_BACKUP = Source(
    f"{_ARTICLES}/backup/multi-user-authorization.md, assign permissions to the backup admin", _READ
)
CUSTOM_ROLES = Source(f"{_ARTICLES}/role-based-access-control/custom-roles.md", _READ)
NAT_GATEWAYS = Source(
    "openshift/cluster-storage-operator#565: writing a subnet with a NAT gateway is checked for joining it",
    _READ,
)
ROUTE_TABLES = Source("microsoft/planetary-computer-hub#25, error text of a subnet's write", _READ)
DIAGNOSTICS = Source("JimGBritt/AzurePolicy#17, error text of a diagnostic setting's write", _READ)
EVENT_HUBS = Source("CDCgov/prime-reportstream#7678, error text of a diagnostic setting's write", _READ)
INSIGHTS = Source(
    "MicrosoftDocs/azure-monitor-docs#297, articles/azure-monitor/app/create-workspace-resource.md", _READ
)
"""Of a workspace in another subscription alone."""
EVENT_GRID = Source(
    f"{_ARTICLES}/event-grid/security-authorization.md, permissions for event subscriptions", _READ
)
"""Who subscribes to a system topic writes a subscription on what publishes; who names a handler that is no webhook has
write access to it. Dead letters and action groups are not among what the page names."""
RESOURCES = Source("pulumi-azure-native 3.29.0: create reads the id first, update and refresh read it", _READ)


@dataclass(frozen=True)
class LinkedAction:
    """Naming a resource of ARM type `names` asks for `operation` on it, where the sender's type and the path of the
    property match; `{type}` in the operation is the named resource's type. Both patterns match as a whole, in whatever
    case. `elsewhere`: only where the named resource lies in another subscription."""

    names: str
    operation: str
    source: Source
    by: str = r".*"
    at: str = r".*"
    elsewhere: bool = False

    def applies(self, sender: str, path: str, named: str) -> bool:
        """ARM types of both, and the path of the property that names."""
        return all(
            re.fullmatch(pattern, text, re.IGNORECASE)
            for pattern, text in ((self.names, named), (self.by, sender), (self.at, path))
        )

    def on(self, named: str) -> str:
        """The operation, for a resource of this type."""
        return self.operation.replace("{type}", named)


_NETWORKS = r"microsoft\.network/"

LINKED_ACTIONS: tuple[LinkedAction, ...] = (
    LinkedAction(
        _NETWORKS + "virtualnetworks/subnets",
        "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
        SUBNETS,
        at=r".*virtualnetworkrules\[.*",
    ),
    LinkedAction(
        _NETWORKS + "virtualnetworks/subnets",
        "Microsoft.Network/virtualNetworks/subnets/join/action",
        SUBNETS,
        # Locks, roles and diagnostics lie on a subnet; nothing joins it by them.
        by=r"(?!microsoft\.(authorization|insights)/).*",
        at=r"(?!.*virtualnetworkrules\[).*",
    ),
    LinkedAction(
        _NETWORKS + "networksecuritygroups",
        "Microsoft.Network/networkSecurityGroups/join/action",
        NETWORKING,
        by=_NETWORKS + "(virtualnetworks.*|networkinterfaces)",
    ),
    LinkedAction(
        _NETWORKS + "natgateways",
        "Microsoft.Network/natGateways/join/action",
        NAT_GATEWAYS,
        by=_NETWORKS + "virtualnetworks.*",
    ),
    LinkedAction(
        _NETWORKS + "routetables",
        "Microsoft.Network/routeTables/join/action",
        ROUTE_TABLES,
        by=_NETWORKS + "virtualnetworks.*",
    ),
    LinkedAction(
        _NETWORKS + "publicipaddresses",
        "Microsoft.Network/publicIPAddresses/join/action",
        NETWORKING,
        by=_NETWORKS + "(natgateways|loadbalancers|bastionhosts|azurefirewalls|applicationgateways)",
    ),
    LinkedAction(
        _NETWORKS + "virtualnetworks",
        "Microsoft.Network/virtualNetworks/peer/action",
        PEERINGS,
        by=_NETWORKS + "virtualnetworks/virtualnetworkpeerings",
        at=r"remotevirtualnetwork\.id",
    ),
    LinkedAction(
        _NETWORKS + "virtualnetworks",
        "Microsoft.Network/virtualNetworks/join/action",
        ROLES,
        by=_NETWORKS + "privatednszones/virtualnetworklinks",
    ),
    LinkedAction(
        _NETWORKS + "privatednszones",
        "Microsoft.Network/privateDnsZones/join/action",
        NETWORKING,
        by=_NETWORKS + "privateendpoints/privatednszonegroups",
    ),
    LinkedAction(
        r".*",
        "{type}/privateEndpointConnectionsApproval/action",
        PRIVATE_LINK,
        by=_NETWORKS + "privateendpoints",
        # By hand (manualPrivateLinkServiceConnections) somebody else approves.
        at=r"privatelinkserviceconnections\[.*\]\.privatelinkserviceid",
    ),
    LinkedAction(
        r"microsoft\.managedidentity/userassignedidentities",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        ROLES,
        at=r"(.*\.)?identity\.userassignedidentities.*",
    ),
    LinkedAction(
        r"microsoft\.dataprotection/resourceguards",
        "Microsoft.DataProtection/resourceGuards/read",
        DELEGATED_BACKUP,
        by=r"microsoft\.dataprotection/backupvaults/backupresourceguardproxies",
    ),
    LinkedAction(
        r"microsoft\.operationalinsights/workspaces",
        "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
        DIAGNOSTICS,
        by=r"microsoft\.insights/diagnosticsettings",
        at=r"workspaceid",
    ),
    LinkedAction(
        r"microsoft\.operationalinsights/workspaces",
        "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
        INSIGHTS,
        by=r"microsoft\.insights/components",
        at=r"workspaceresourceid",
        elsewhere=True,
    ),
    LinkedAction(
        r"microsoft\.eventhub/namespaces/authorizationrules",
        "Microsoft.EventHub/namespaces/authorizationRules/listkeys/action",
        EVENT_HUBS,
        by=r"microsoft\.insights/diagnosticsettings",
    ),
    LinkedAction(
        r".*",
        "{type}/write",
        EVENT_GRID,
        by=r"microsoft\.eventgrid/(.*/)?eventsubscriptions",
        at=r"(deliverywithresourceidentity\.)?destination\.resourceid",
    ),
)
"""What is not here is asked of the sender alone."""

OWN_OPERATIONS: Mapping[str, str] = {
    "microsoft.resources/resourcegroups": "Microsoft.Resources/subscriptions/resourceGroups",
}
"""ARM type in lower case -> the type in its operations, where the two differ."""


def operation_of(arm_type: str, verb: str) -> str:
    """`Microsoft.Storage/storageAccounts/write`; verbs are read, write and delete."""
    return f"{OWN_OPERATIONS.get(arm_type.lower(), arm_type)}/{verb}"


SUBSCRIBES = "Microsoft.EventGrid/eventSubscriptions/write"
"""Asked on what publishes, of who subscribes to its system topic (EVENT_GRID)."""


def linked_action(sender: str, path: str, named: str) -> LinkedAction | None:
    """The first that applies."""
    return next((row for row in LINKED_ACTIONS if row.applies(sender, path, named)), None)
