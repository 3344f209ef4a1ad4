"""What is asked of Azure's own control plane, of its network, and of Azure Monitor."""

from __future__ import annotations

import datetime

from azure_facts.action_tables.action import RESOURCE_MANAGER, Action, Trial, Where, operations
from azure_facts.private_link import SOURCE
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_GENERAL = Source("learn.microsoft.com azure/role-based-access-control/built-in-roles/general", _READ)
_LOGS = Source("learn.microsoft.com azure/azure-monitor/logs/manage-access", _READ)
_MONITOR_ROLES = Source("learn.microsoft.com azure/azure-monitor/roles-permissions-security", _READ)
_ARTICLES = "MicrosoftDocs/azure-docs articles/azure-monitor"
_CONNECTION_STRINGS = Source(f"{_ARTICLES}/app/sdk-connection-string.md, authorization", _READ)
_BUDGETS = Source(
    "learn.microsoft.com azure/cost-management-billing/costs/tutorial-acm-create-budgets", _READ
)
_RESOURCE_LOGS = Source(f"{_ARTICLES}/logs/private-link-security.md, diagnostic logs", _READ)
_ACTION_GROUPS = Source(f"{_ARTICLES}/alerts/action-groups.md", _READ)
_PRIVATE_CLUSTERS = Source(
    "learn.microsoft.com azure/aks/private-clusters, configuration options for private DNS", _READ
)
_APPROVAL = Source("learn.microsoft.com azure/machine-learning/how-to-managed-network, approval", _READ)
_SYNAPSE_POOLS = Source("learn.microsoft.com azure/role-based-access-control/permissions/analytics", _READ)
_NETWORK = "Microsoft.Network/virtualNetworks"

AZURE_ACTIONS: tuple[Action, ...] = (
    # A host, such as a package index: nobody there asks Azure.
    Action("reach", SOURCE),
    Action(
        "see resources",
        _GENERAL,
        operations("{type}/read"),
        host=RESOURCE_MANAGER,
        trial=Trial.READ_RESOURCE,
    ),
    Action(
        "repair resources",
        _GENERAL,
        operations("{type}/read", "{type}/write", "Microsoft.Resources/deployments/write"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    Action(
        "approve endpoint",
        _APPROVAL,
        operations(
            "{type}/privateEndpointConnectionsApproval/action",
            "{type}/privateEndpointConnections/read",
            "{type}/privateEndpointConnections/write",
            at=Where.RESOURCE,
        ),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
    Action(
        "join the subnet",
        _PRIVATE_CLUSTERS,
        operations(f"{_NETWORK}/subnets/read", f"{_NETWORK}/subnets/join/action"),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
    Action(
        "write the zone's names",
        _PRIVATE_CLUSTERS,
        operations("Microsoft.Network/privateDnsZones/read", "Microsoft.Network/privateDnsZones/A/write"),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
    Action(
        "link a zone to the network",
        _PRIVATE_CLUSTERS,
        operations(f"{_NETWORK}/read", f"{_NETWORK}/join/action"),
        host=RESOURCE_MANAGER,
        trial=Trial.NONE,
    ),
    Action(
        "read logs",
        _LOGS,
        operations(
            "Microsoft.OperationalInsights/workspaces/read",
            "Microsoft.OperationalInsights/workspaces/query/read",
        ),
        groups=("azuremonitor",),
        trial=Trial.QUERY_LOGS,
    ),
    Action(
        "see alerts",
        _MONITOR_ROLES,
        operations("Microsoft.AlertsManagement/alerts/read"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    # By the connection string: its holder may send, and it is no secret that a right guards.
    Action("send telemetry", _CONNECTION_STRINGS, groups=("azuremonitor",)),
    Action(
        "manage telemetry",
        _GENERAL,
        operations("Microsoft.Insights/components/read", "Microsoft.Insights/components/write"),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
    # Mails and resource logs are sent by Azure itself, on nobody's behalf; the private link scope does not hold for
    # resource logs.
    Action("notify people", _ACTION_GROUPS, needs_road=False, trial=Trial.READ_RESOURCE),
    Action("mail the budget", _BUDGETS, needs_road=False, trial=Trial.READ_RESOURCE),
    Action("send resource logs", _RESOURCE_LOGS, needs_road=False, trial=Trial.READ_RESOURCE),
    Action(
        "pause the pool",
        _SYNAPSE_POOLS,
        operations(
            "Microsoft.Synapse/workspaces/sqlPools/read",
            "Microsoft.Synapse/workspaces/sqlPools/pause/action",
        ),
        host=RESOURCE_MANAGER,
        trial=Trial.ASK_PERMISSIONS,
    ),
)
