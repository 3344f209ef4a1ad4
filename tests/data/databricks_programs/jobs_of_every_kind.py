"""A job for each kind of task and of trigger, in the older form without tasks too."""

import pulumi_databricks as databricks

NODES = {"spark_version": "16.4.x-scala2.12", "node_type_id": "Standard_D4ds_v5", "num_workers": 1}
NOTEBOOK = {"notebook_task": {"notebook_path": "/Shared/a"}}
TASKS = {
    "dbt": {
        "new_cluster": NODES,
        "dbt_task": {"commands": ["dbt deps", "dbt run"], "warehouse_id": "abc"},
        "libraries": [{"pypi": {"package": "dbt-databricks>=1.0.0,<2.0.0"}}],
    },
    "existing": {"existing_cluster_id": "0101-120000-abcdefgh", **NOTEBOOK},
    "pipeline": {"pipeline_task": {"pipeline_id": "abc"}},
    "sql": {"sql_task": {"warehouse_id": "abc", "query": {"query_id": "q"}}},
    "submit": {
        "new_cluster": NODES,
        "spark_submit_task": {
            "parameters": ["--class", "com.acme.Main", "/Volumes/main/default/jars/etl.jar"]
        },
    },
    "wheel": {
        "new_cluster": NODES,
        "python_wheel_task": {"package_name": "etl", "entry_point": "main"},
        "libraries": [{"whl": "/Volumes/main/default/wheels/etl-1.0-py3-none-any.whl"}],
    },
}
TRIGGERS = {
    "continuous": {"continuous": {"pause_status": "PAUSED"}},
    "file": {"trigger": {"file_arrival": {"url": "/Volumes/main/default/landing/"}}},
    "period": {"trigger": {"periodic": {"interval": 1, "unit": "DAYS"}}},
}
source = {"url": "https://github.com/example-org/etl", "provider": "gitHub", "branch": "main"}
for name, task in TASKS.items():
    databricks.Job(name, git_source=source if name == "dbt" else None, tasks=[{"task_key": "only", **task}])
for name, trigger in TRIGGERS.items():
    databricks.Job(name, tasks=[{"task_key": "only", "new_cluster": NODES, **NOTEBOOK}], **trigger)
databricks.Job(
    "environment",
    environments=[{"environment_key": "default", "spec": {"client": "2", "dependencies": ["pandas==2.2.3"]}}],
    tasks=[
        {
            "task_key": "only",
            "environment_key": "default",
            "spark_python_task": {"python_file": "/Workspace/Shared/a.py"},
        }
    ],
)
databricks.Job("older", existing_cluster_id="0101-120000-abcdefgh", max_retries=1, **NOTEBOOK)
databricks.Repo("public", url="https://github.com/example-org/public.git")
databricks.GitCredential(
    "own", git_provider="azureDevOpsServices", git_username="me", personal_access_token="env:TOKEN"
)
