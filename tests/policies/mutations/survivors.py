"""The mutants that nobody notices, by their labels."""

from __future__ import annotations

from collections.abc import Mapping

from azure_facts.activity_log import GUARDED_OPERATIONS

SURVIVORS: Mapping[str, str] = {
    "consumption:Budget budget notifications.actual-100-percent.thresholdType: becomes 'Forecasted'": (
        "the notification at 80 % of actual cost still comes, and a third one on forecasted cost harms nobody"
    ),
    "authorization:RoleAssignment ml-compute-identity-storage-blob-data-reader-data-container-curated "
    "roleDefinitionId: becomes 'wider'": (
        "the identity that jobs run as writes other zones of the same lake; that this one is only read is the "
        "settings' word (ml.datastores), which a test compares with the grants"
    ),
    "databricks:index/permissions:Permissions databricks-experiment-demand-permissions : taken out": (
        "the experiment inherits its folder's permissions; who is promised more than these give notices "
        "(docs/promises-both-ways.md)"
    ),
    "network:FlowLog flow-log retentionPolicy.days: dropped": (
        "the type's default is 0 (pulumi-azure-native 3.29.0, RetentionPolicyParametersArgs), and 0 passes the "
        "rule: flows are kept until somebody deletes them"
    ),
    **{
        f"authorization:RoleAssignment ml-workspace-identity-reader-{what} scope: becomes 'resource group'": (
            "Reader on the whole resource group is what people hold too: it reads configuration, no data and no secret"
        )
        for what in ("private-endpoint-blob", "private-endpoint-file")
    },
    **{
        f"monitor:ActivityLogAlert alert-{key} enabled: dropped": (
            "an alert that does not say whether it is on is on (REST reference of activityLogAlerts, `enabled`)"
        )
        for key in (*GUARDED_OPERATIONS, "break-glass")
    },
    "datafactory:Factory data-factory identity.type: becomes 'SystemAssigned'": (
        "no page says what the service does with identities that the type does not name, so nothing refuses it; the "
        "first pipeline that calls Databricks would fail"
    ),
    "machinelearningservices:Workspace ml-workspace identity.type: becomes 'UserAssigned'": (
        "warning AML260 tells of it at the attached cluster; mutants are compared at the resource that changed"
    ),
}
"""Mutants that nothing catches, each with the reason why that is accepted."""
