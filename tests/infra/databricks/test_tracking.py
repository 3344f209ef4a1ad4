"""How clusters track to Azure ML, and who may be the jobs' principal."""

from __future__ import annotations

import json
from typing import Any

from tests.infra.platforms import rehearsed, resources_of


def inputs_of(stack: str, kind: str) -> list[dict[str, Any]]:
    """The inputs of every Databricks resource of one type."""
    return [
        resource["inputs"]
        for resource in resources_of(stack)
        if resource["type"].startswith("databricks:") and resource["type"].endswith(f":{kind}")
    ]


def test_a_private_job_tracks_to_azure_ml_as_the_jobs_principal_without_its_secret_in_clear() -> None:
    jobs = [job for job in inputs_of("prod", "Job") if "jobClusters" in job]
    assert len(jobs) == 4
    for job in jobs:
        environment = job["jobClusters"][0]["newCluster"]["sparkEnvVars"]
        assert environment["MLFLOW_TRACKING_URI"].startswith("azureml://westeurope.api.azureml.ms/mlflow/")
        assert environment["MLFLOW_REGISTRY_URI"] == environment["MLFLOW_TRACKING_URI"]
        assert environment["AZURE_CLIENT_SECRET"] == (
            "{{secrets/forecast-platform-prod/databricks-jobs-client-secret}}"
        )


def test_people_on_a_cluster_cannot_become_the_jobs_principal() -> None:
    clusters = inputs_of("dev", "Cluster")
    assert clusters
    for cluster in clusters:
        assert "MLFLOW_REGISTRY_URI" in cluster["sparkEnvVars"]
        assert "AZURE_CLIENT_SECRET" not in cluster["sparkEnvVars"]


def test_an_exported_warehouse_signs_in_without_a_token() -> None:
    for stack, warehouse in (("dev", "analysis"), ("prod", "reporting")):
        outputs = json.loads(json.dumps(rehearsed(stack).outputs))
        connection = outputs["databricks"]["sql_warehouses"][warehouse]
        assert connection["jdbc_url"] == (
            f"jdbc:databricks://{connection['server_hostname']}:443;httpPath={connection['http_path']};"
            "AuthMech=11;Auth_Flow=2"
        )
