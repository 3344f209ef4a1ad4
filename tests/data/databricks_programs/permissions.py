"""Permissions on each kind of object, by id, name or path, and privileges on each kind of securable."""

import pulumi_databricks as databricks

OBJECTS = {
    "app": ("CAN_USE", {"app_name": "app"}),
    "alert": ("CAN_EDIT", {"alert_v2_id": "3244"}),
    "authorization": ("CAN_USE", {"authorization": "passwords"}),
    "dashboard": ("CAN_READ", {"dashboard_id": "01ef"}),
    "directory": ("CAN_MANAGE", {"directory_id": "1"}),
    "file": ("CAN_READ", {"workspace_file_path": "/Shared/a.py"}),
    "job": ("CAN_MANAGE_RUN", {"job_id": "123"}),
    "model": ("CAN_READ", {"registered_model_id": "ab"}),
    "notebook": ("CAN_RUN", {"notebook_path": "/Shared/a"}),
    "pipeline": ("CAN_RUN", {"pipeline_id": "abc"}),
    "query": ("CAN_RUN", {"sql_query_id": "3244"}),
    "repo": ("CAN_EDIT", {"repo_path": "/Repos/a/b"}),
    "serving": ("CAN_QUERY", {"serving_endpoint_id": "ab"}),
    "vector-search": ("CAN_USE", {"vector_search_endpoint_id": "abc"}),
    "warehouse": ("CAN_VIEW", {"sql_endpoint_id": "abc"}),
}
SECURABLES = {
    "connection": ("USE_CONNECTION", {"foreign_connection": "sales"}),
    "credential": ("ACCESS", {"credential": "jobs"}),
    "function": ("EXECUTE", {"function": "main.default.tax"}),
    "metastore": ("CREATE_CATALOG", {"metastore": "abc"}),
    "model": ("EXECUTE", {"model": "main.default.demand"}),
    "recipient": ("SELECT", {"recipient": "partner"}),
    "share": ("SELECT", {"share": "sales"}),
}
for name, (level, on) in OBJECTS.items():
    databricks.Permissions(name, access_controls=[{"group_name": "eng", "permission_level": level}], **on)
for name, (privilege, on) in SECURABLES.items():
    databricks.Grants(name, grants=[{"principal": "eng", "privileges": [privilege]}], **on)
