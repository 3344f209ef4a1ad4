"""What the activity log of a subscription says of, as far as alerts look at it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from azure_facts.source import Source

ALERT_SOURCE: Final = Source(
    "learn.microsoft.com rest/api/monitor/activity-log-alerts/create-or-update", datetime.date(2026, 11, 30)
)
CATEGORY_SOURCE: Final = Source(
    "learn.microsoft.com powershell/module/az.monitor/new-azactivitylogalertcondition",
    datetime.date(2026, 11, 30),
)
"""Without a condition on the field `category` the service answers 400."""

ALERT_LOCATIONS = ("global", "westeurope", "northeurope")
"""Where a rule may lie."""

ALERT_FIELDS = frozenset(
    {
        "resourceid",
        "category",
        "caller",
        "level",
        "operationname",
        "resourcegroup",
        "resourceprovider",
        "status",
        "substatus",
        "resourcetype",
    }
)
"""What a condition may look at, in lower case; beside what begins with `properties`."""

GUARDED_OPERATIONS: Mapping[str, str] = {
    "role-assigned": "Microsoft.Authorization/roleAssignments/write",
    "role-removed": "Microsoft.Authorization/roleAssignments/delete",
    "role-defined": "Microsoft.Authorization/roleDefinitions/write",
    "role-definition-removed": "Microsoft.Authorization/roleDefinitions/delete",
    "lock-removed": "Microsoft.Authorization/locks/delete",
    "diagnostics-changed": "Microsoft.Insights/diagnosticSettings/write",
    "diagnostics-removed": "Microsoft.Insights/diagnosticSettings/delete",
    "alert-removed": "Microsoft.Insights/activityLogAlerts/delete",
    "alert-changed": "Microsoft.Insights/activityLogAlerts/write",
    "receivers-changed": "Microsoft.Insights/actionGroups/write",
    "lock-changed": "Microsoft.Authorization/locks/write",
    "policy-removed": "Microsoft.Authorization/policyAssignments/delete",
    "policy-changed": "Microsoft.Authorization/policyAssignments/write",
    "policy-exempted": "Microsoft.Authorization/policyExemptions/write",
    "trust-added": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    "defender-changed": "Microsoft.Security/pricings/write",
    "cluster-admin-asked": "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
}
"""What somebody inside does before, or after, doing harm: takes a right, lets strangers become an identity, asks for a
cluster's local administrator, takes off a lock or a policy, stops the logs or the alerts. The deletion of an action
group is missing: its own alert would have no receiver; in prod the lock on the resource group forbids it.

Sources: learn.microsoft.com role-based-access-control/permissions/management-and-governance, for
Microsoft.Authorization, and permissions/monitor, for Microsoft.Insights; both read 2026-11-30. The others' follow the
names of their resource types, and no page was read for them."""
