"""The environment on one page."""

from __future__ import annotations

import json
import uuid

import pulumi
from pulumi_azure_native import applicationinsights

from infra.component import Component
from infra.context import Context
from infra.monitoring.targets import Targets

_QUERIES = (
    (
        "Requests by endpoint and answer",
        "AmlOnlineEndpointTrafficLog"
        " | summarize Requests = count() by EndpointName, ResponseCode, bin(TimeGenerated, 1h)",
    ),
    (
        "Slowest answers (95th percentile, ms)",
        "AmlOnlineEndpointTrafficLog"
        " | summarize P95 = percentile(TotalDurationMs, 95) by EndpointName, bin(TimeGenerated, 1h)",
    ),
    (
        "Requests on Kubernetes by answer, and their 95th percentile (ms)",
        "AppRequests | summarize Requests = count(), P95 = percentile(DurationMs, 95)"
        " by ResultCode, bin(TimeGenerated, 1h)",
    ),
    (
        "Training runs by outcome",
        'AmlRunStatusChangedEvent | where Status in ("Completed", "Failed", "Canceled")'
        " | summarize Runs = count() by Status, bin(TimeGenerated, 1d)",
    ),
    (
        "Databricks job runs by outcome",
        'DatabricksJobs | where ActionName in ("runSucceeded", "runFailed")'
        " | summarize Runs = count() by ActionName, bin(TimeGenerated, 1d)",
    ),
)
"""Title and Kusto query; a chart stays empty until its table has rows (learn.microsoft.com azure-monitor
reference tables)."""


class Workbook(Component):
    """Owns one workbook over the environment's Log Analytics workspace. Does not own the logs.

    Azure cannot change later: its name, a GUID made from the resource group.
    """

    def __init__(self, targets: Targets, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("monitoring:Workbook", "workbook", context, opts)
        environment = context.environment
        name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{context.resource_group.id.lower()}/workbook"))
        applicationinsights.Workbook(
            "workbook",
            resource_name_=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=applicationinsights.WorkbookSharedTypeKind.SHARED,
            category="workbook",
            display_name=f"{environment.workload} {environment.name}",
            source_id=targets.log_analytics.known_id,
            serialized_data=json.dumps(document(f"{environment.workload} {environment.name}"), indent=1),
            tags=self.tags,
            opts=self.child(),
        )
        self.register_outputs({"workbook": name})


def document(title: str) -> dict[str, object]:
    """The workbook as the portal keeps it (Microsoft/Application-Insights-Workbooks, schema Notebook/1.0)."""
    charts: list[dict[str, object]] = [
        {
            "type": 3,
            "name": title_of_chart,
            "content": {
                "version": "KqlItem/1.0",
                "title": title_of_chart,
                "query": query,
                "size": 0,
                "timeContext": {"durationMs": 7 * 24 * 3600 * 1000},
                "queryType": 0,
                "resourceType": "microsoft.operationalinsights/workspaces",
                "visualization": "timechart",
            },
        }
        for title_of_chart, query in _QUERIES
    ]
    heading: dict[str, object] = {"type": 1, "name": "title", "content": {"json": f"# {title}"}}
    return {"version": "Notebook/1.0", "items": [heading, *charts], "isLocked": False}
