"""A job of several tasks with shared clusters, repeated tasks, conditions and a run of another job."""

import pulumi_databricks as databricks

notebook = databricks.Notebook(
    "this", path="/Shared/daily", language="PYTHON", content_base64="ZGlzcGxheShzcGFyay5yYW5nZSgxMCkp"
)
extract = databricks.Job(
    "extract",
    name="Extract",
    tasks=[
        {
            "task_key": "extract",
            "new_cluster": {
                "num_workers": 1,
                "spark_version": "16.4.x-scala2.12",
                "node_type_id": "Standard_D4ds_v5",
                "spark_env_vars": {"PYSPARK_PYTHON": "/databricks/python3/bin/python3"},
            },
            "notebook_task": {"notebook_path": notebook.path},
            "libraries": [{"whl": "/Workspace/Shared/libs/etl-1.0-py3-none-any.whl"}],
        }
    ],
)
databricks.Job(
    "daily",
    name="Daily",
    max_concurrent_runs=1,
    timeout_seconds=7200,
    parameters=[{"name": "day", "default": "{{job.start_time.iso_date}}"}],
    job_clusters=[
        {
            "job_cluster_key": "j",
            "new_cluster": {
                "spark_version": "16.4.x-scala2.12",
                "node_type_id": "Standard_D4ds_v5",
                "autoscale": {"min_workers": 1, "max_workers": 8},
                "azure_attributes": {"availability": "SPOT_WITH_FALLBACK_AZURE", "first_on_demand": 1},
                "data_security_mode": "SINGLE_USER",
            },
        }
    ],
    tasks=[
        {"task_key": "a", "run_job_task": {"job_id": extract.id.apply(int)}},
        {
            "task_key": "check",
            "depends_ons": [{"task_key": "a"}],
            "condition_task": {"left": "{{job.parameters.day}}", "op": "NOT_EQUAL", "right": ""},
        },
        {
            "task_key": "b",
            "depends_ons": [{"task_key": "check", "outcome": "true"}],
            "job_cluster_key": "j",
            "spark_jar_task": {
                "main_class_name": "com.acme.data.Main",
                "parameters": ["--day", "{{job.parameters.day}}"],
            },
            "libraries": [{"jar": "/Volumes/main/default/jars/etl.jar"}],
            "max_retries": 2,
            "min_retry_interval_millis": 60000,
        },
        {
            "task_key": "each",
            "depends_ons": [{"task_key": "b"}],
            "for_each_task": {
                "inputs": "[1, 2, 3]",
                "concurrency": 2,
                "task": {
                    "task_key": "one",
                    "job_cluster_key": "j",
                    "notebook_task": {"notebook_path": notebook.path, "base_parameters": {"n": "{{input}}"}},
                },
            },
        },
        {"task_key": "serverless", "notebook_task": {"notebook_path": notebook.path}, "run_if": "ALL_DONE"},
    ],
    schedule={"quartz_cron_expression": "0 30 6 ? * MON-FRI", "timezone_id": "Europe/Amsterdam"},
    email_notifications={"on_failures": ["oncall@example.com"], "no_alert_for_skipped_runs": True},
    health={"rules": [{"metric": "RUN_DURATION_SECONDS", "op": "GREATER_THAN", "value": 3600}]},
    queue={"enabled": True},
)
