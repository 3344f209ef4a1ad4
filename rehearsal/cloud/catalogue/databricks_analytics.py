"""Queries, alerts, pipelines, tables and monitors in a Databricks workspace."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import entry

_DATABRICKS = "databricks:index/"

DATABRICKS_ANALYTICS = (
    entry(_DATABRICKS + "query:Query", "{guid:query}", {"lifecycleState": "ACTIVE"}),
    entry(_DATABRICKS + "alert:Alert", "{guid:alert}", {"lifecycleState": "ACTIVE", "state": "UNKNOWN"}),
    entry(_DATABRICKS + "notificationDestination:NotificationDestination", "{guid:destination}"),
    entry(_DATABRICKS + "globalInitScript:GlobalInitScript", "{hexUpper:16}"),
    entry(_DATABRICKS + "library:Library", "{clusterId}/{hex:12}"),
    entry(
        _DATABRICKS + "pipeline:Pipeline",
        "{guid:pipeline}",
        {"url": "https://{host}/#joblist/pipelines/{id}"},
    ),
    entry(
        _DATABRICKS + "sqlTable:SqlTable", "{catalogName}.{schemaName}.{name}", {"tableId": "{guid:table}"}
    ),
    entry(
        _DATABRICKS + "connection:Connection",
        "{guid:metastore}|{name}",
        {"connectionId": "{guid:connection}"},
    ),
    entry(_DATABRICKS + "workspaceBinding:WorkspaceBinding", "{workspaceId}|{securableType}|{securableName}"),
    entry(
        _DATABRICKS + "systemSchema:SystemSchema", "{guid:metastore}|{schema}", {"state": "EnableCompleted"}
    ),
    entry(
        _DATABRICKS + "qualityMonitor:QualityMonitor",
        "{tableName}",
        {
            "driftMetricsTableName": "{outputSchemaName}.{tableName}_drift_metrics",
            "profileMetricsTableName": "{outputSchemaName}.{tableName}_profile_metrics",
            "status": "MONITOR_STATUS_ACTIVE",
        },
    ),
)
