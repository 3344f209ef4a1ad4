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


def limits_of(stack: str, name: str) -> dict[str, dict[str, object]]:
    """The definition of one cluster policy."""
    (policy,) = [item for item in inputs_of(stack, "ClusterPolicy") if item["name"] == name]
    limits: dict[str, dict[str, object]] = json.loads(policy["definition"])
    return limits


def test_clusters_that_people_make_track_as_jobs_do_and_sign_in_as_themselves() -> None:
    policies = [item for item in inputs_of("dev", "ClusterPolicy") if "training" not in item["name"]]
    assert len(policies) == 4
    for policy in policies:
        limits = json.loads(policy["definition"])
        assert limits["spark_env_vars.MLFLOW_REGISTRY_URI"]["value"].startswith("azureml://")
        assert "spark_env_vars.AZURE_CLIENT_SECRET" not in limits
        assert [item["pypi"]["package"] for item in policy["libraries"]] == [
            "azure-ai-ml==1.27.0",
            "azureml-mlflow==1.60.0",
        ]


def test_people_sign_in_as_a_principal_of_their_own_where_they_have_one() -> None:
    limits = limits_of("databricks-max", "forecast-single-node-test")
    assert limits["spark_env_vars.AZURE_CLIENT_ID"]["value"] == "c0000000-0000-4000-8000-000000000002"
    assert limits["spark_env_vars.AZURE_CLIENT_SECRET"]["value"] == (
        "{{secrets/forecast-shared-test/databricks-people-client-secret}}"
    )
    for cluster in inputs_of("databricks-max", "Cluster"):
        assert cluster["sparkEnvVars"]["AZURE_CLIENT_ID"] == "c0000000-0000-4000-8000-000000000002"


def test_tasks_carry_what_writes_the_metrics_that_the_gate_reads() -> None:
    for job in inputs_of("prod", "Job"):
        for task in job["tasks"]:
            if "notebookTask" in task:
                packages = {item["pypi"]["package"] for item in task["libraries"] if "pypi" in item}
                assert {"azure-ai-ml==1.27.0", "azureml-mlflow==1.60.0"} <= packages


def test_an_exported_warehouse_signs_in_without_a_token() -> None:
    for stack, warehouse in (("dev", "analysis"), ("prod", "reporting")):
        outputs = json.loads(json.dumps(rehearsed(stack).outputs))
        connection = outputs["databricks"]["sql_warehouses"][warehouse]
        assert connection["jdbc_url"] == (
            f"jdbc:databricks://{connection['server_hostname']}:443;httpPath={connection['http_path']};"
            "AuthMech=11;Auth_Flow=2"
        )
