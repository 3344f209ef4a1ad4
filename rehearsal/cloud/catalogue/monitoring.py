"""Alerts, tests, workbooks and what else watches the platform."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

_INSIGHTS = RG + "Microsoft.Insights/"
_LOG_ANALYTICS = RG + "Microsoft.OperationalInsights/workspaces/{workspaceName}"

MONITORING = (
    entry("azure-native:monitor:MetricAlert", _INSIGHTS + "metricAlerts/{ruleName}"),
    entry(
        "azure-native:monitor:ScheduledQueryRule",
        _INSIGHTS + "scheduledQueryRules/{ruleName}",
        {"createdWithApiVersion": "2023-12-01", "isWorkspaceAlertsStorageConfigured": False},
    ),
    entry("azure-native:monitor:ActivityLogAlert", _INSIGHTS + "activityLogAlerts/{activityLogAlertName}"),
    entry("azure-native:monitor:AutoscaleSetting", _INSIGHTS + "autoscalesettings/{autoscaleSettingName}"),
    entry(
        "azure-native:monitor:DataCollectionRule",
        _INSIGHTS + "dataCollectionRules/{dataCollectionRuleName}",
        {"immutableId": "dcr-{hex:32}", "provisioningState": "Succeeded"},
    ),
    entry(
        "azure-native:monitor:DataCollectionEndpoint",
        _INSIGHTS + "dataCollectionEndpoints/{dataCollectionEndpointName}",
        {"immutableId": "dce-{hex:32}", "provisioningState": "Succeeded"},
    ),
    entry(
        "azure-native:monitor:DataCollectionRuleAssociation",
        "{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{associationName}",
        {"provisioningState": "Succeeded"},
    ),
    entry(
        "azure-native:applicationinsights:WebTest",
        _INSIGHTS + "webtests/{webTestName}",
        {"provisioningState": "Succeeded"},
    ),
    # A workbook's name is a GUID; what people see is displayName.
    entry(
        "azure-native:applicationinsights:Workbook", _INSIGHTS + "workbooks/{resourceName}", guid_name=True
    ),
    entry(
        "azure-native:alertsmanagement:SmartDetectorAlertRule",
        RG + "Microsoft.AlertsManagement/smartDetectorAlertRules/{alertRuleName}",
    ),
    entry("azure-native:operationalinsights:SavedSearch", _LOG_ANALYTICS + "/savedSearches/{savedSearchId}"),
    entry("azure-native:operationalinsights:Table", _LOG_ANALYTICS + "/tables/{tableName}"),
    entry("azure-native:operationalinsights:DataExport", _LOG_ANALYTICS + "/dataExports/{dataExportName}"),
    entry("azure-native:portal:Dashboard", RG + "Microsoft.Portal/dashboards/{dashboardName}"),
    entry(
        "azure-native:logic:Workflow", RG + "Microsoft.Logic/workflows/{workflowName}", {"state": "Enabled"}
    ),
    entry(
        "azure-native:authorization:PolicyAssignment",
        "{scope}/providers/Microsoft.Authorization/policyAssignments/{policyAssignmentName}",
    ),
    entry(
        "azure-native:security:Pricing",
        "/{scopeId}/providers/Microsoft.Security/pricings/{pricingName}",
    ),
)
