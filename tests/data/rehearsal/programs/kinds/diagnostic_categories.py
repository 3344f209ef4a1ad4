"""A diagnostic setting names categories of logs and of metrics that the target's type has."""

# kind: MON181, MON300 categories of logs and metrics that the target has
# config: sample:group=rg-before

from pulumi_azure_native import monitor

providers = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-before/providers"


def setting(target: str, log: str, metric: str = "") -> dict[str, object]:
    return {
        "resource_uri": f"{providers}/{target}",
        "workspace_id": f"{providers}/Microsoft.OperationalInsights/workspaces/log-all",
        "logs": [{"category": log, "enabled": True}] if log else [],
        "metrics": [{"category": metric, "enabled": True}] if metric else [],
    }


machine = "Microsoft.Compute/virtualMachines/vm-jump"
monitor.DiagnosticSetting("of-a-workflow", **setting(machine, "WorkflowRuntime"))  # refused: MON181
monitor.DiagnosticSetting("of-a-machine", **setting(machine, "", "AllMetrics"))

gateway = "Microsoft.ApiManagement/service/apim-all"
monitor.DiagnosticSetting("of-a-metric", **setting(gateway, "", "Gateway Requests"))  # refused: MON181
monitor.DiagnosticSetting("of-a-gateway", **setting(gateway, "GatewayLogs", "AllMetrics"))

site = "Microsoft.Web/sites/app-forms"
monitor.DiagnosticSetting("of-a-slip", **setting(site, "AppServiceHttpLog"))  # refused: MON181
monitor.DiagnosticSetting("of-tomorrow", **setting(site, "AppServiceQuantumLogs"))  # warned: MON300
monitor.DiagnosticSetting("of-a-site", **setting(site, "AppServiceHTTPLogs", "AllMetrics"))

app = "Microsoft.App/containerApps/ca-forms"
monitor.DiagnosticSetting("of-an-environment", **setting(app, "ContainerAppConsoleLogs"))  # refused: MON181
monitor.DiagnosticSetting("of-an-app", **setting(app, "", "AllMetrics"))

lake = "Microsoft.Databricks/workspaces/dbw-all"
monitor.DiagnosticSetting("of-no-metrics", **setting(lake, "jobs", "AllMetrics"))  # refused: MON181
monitor.DiagnosticSetting("of-jobs", **setting(lake, "jobs"))

blobs = "Microsoft.Storage/storageAccounts/stall/blobServices/default"
monitor.DiagnosticSetting("of-audits", **setting(blobs, "AuditEvent"))  # refused: MON181
monitor.DiagnosticSetting("of-blobs", **setting(blobs, "StorageRead", "Transaction"))
