"""Declarative pipelines: into Unity Catalog with clusters of their own, serverless, and the older form with storage."""

import json

import pulumi_databricks as databricks

notebook = databricks.Notebook(
    "dlt", path="/Shared/dlt", language="PYTHON", content_base64="aW1wb3J0IGRsdA=="
)
databricks.Pipeline(
    "own_clusters",
    name="Sales",
    catalog="main",
    schema="sales",
    continuous=False,
    channel="CURRENT",
    edition="ADVANCED",
    clusters=[
        {
            "label": "default",
            "autoscale": {"min_workers": 1, "max_workers": 5, "mode": "ENHANCED"},
            "node_type_id": "Standard_D4ds_v5",
            "custom_tags": {"cluster_type": "default"},
        },
        {"label": "maintenance", "num_workers": 1, "custom_tags": {"cluster_type": "maintenance"}},
    ],
    libraries=[{"notebook": {"path": notebook.id}}, {"file": {"path": "/Workspace/Shared/pipeline.sql"}}],
    configuration={"day": "2026-01-01"},
    notifications=[
        {"email_recipients": ["a@example.com"], "alerts": ["on-update-failure", "on-flow-failure"]}
    ],
)
databricks.Pipeline(
    "serverless",
    name="Serverless",
    catalog="main",
    target="bronze",
    serverless=True,
    libraries=[{"glob": {"include": "/Workspace/Shared/transformations/**"}}],
    root_path="/Workspace/Shared",
)
policy = databricks.ClusterPolicy(
    "dlt",
    name="DLT",
    definition=json.dumps(
        {
            "cluster_type": {"type": "fixed", "value": "dlt"},
            "num_workers": {"type": "unlimited", "defaultValue": 3, "isOptional": True},
            "node_type_id": {"type": "unlimited", "isOptional": True},
            "spark_version": {"type": "unlimited", "hidden": True},
        }
    ),
)
pipeline = databricks.Pipeline(
    "older",
    name="Older",
    storage="/test/first-pipeline",
    target="older",
    clusters=[
        {"label": "default", "policy_id": policy.id, "apply_policy_default_values": True, "num_workers": 2}
    ],
    libraries=[{"notebook": {"path": notebook.id}}],
)
databricks.Permissions(
    "older",
    pipeline_id=pipeline.id,
    access_controls=[
        {"group_name": "users", "permission_level": "CAN_VIEW"},
        {"group_name": "eng", "permission_level": "CAN_MANAGE"},
    ],
)
