"""Inputs of databricks types (a bridged provider, which converts scalars) and of provider resources."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.sdk import ProblemKind, SdkProblem, check_inputs

JOB = "databricks:index/job:Job"
CLUSTER_POLICY = "databricks:index/clusterPolicy:ClusterPolicy"
DATABRICKS_PROVIDER = "pulumi:providers:databricks"
AZURE_PROVIDER = "pulumi:providers:azure-native"


def training_job(**new_cluster: object) -> dict[str, object]:
    return {
        "name": "train-models-dev",
        "tasks": [
            {
                "taskKey": "train",
                "notebookTask": {"notebookPath": "notebooks/train", "source": "GIT"},
                "newCluster": {"sparkVersion": "15.4.x-cpu-ml-scala2.12", "numWorkers": 12.0, **new_cluster},
                "libraries": [{"pypi": {"package": "azureml-mlflow==1.60.0"}}],
            }
        ],
        "gitSource": {
            "url": "https://dev.azure.com/x/_git/ml",
            "provider": "azureDevOpsServices",
            "branch": "main",
        },
        "timeoutSeconds": 5400.0,
    }


@pytest.mark.parametrize(
    ("type_token", "inputs"),
    [
        (JOB, training_job()),
        (JOB, training_job(numWorkers="12", sparkConf={"spark.databricks.delta.preview.enabled": True})),
        (JOB, training_job(enableElasticDisk="true", sparkEnvVars=Secret({"TOKEN": Secret("x")}))),
        (CLUSTER_POLICY, {"name": "data-scientist", "definition": '{"node_type_id": {"type": "allowlist"}}'}),
        (CLUSTER_POLICY, {"name": "data-scientist", "definition": UNKNOWN, "maxClustersPerUser": "2"}),
        (DATABRICKS_PROVIDER, {"authType": "azure-cli", "azureWorkspaceResourceId": UNKNOWN}),
        (DATABRICKS_PROVIDER, {"azureUseMsi": "true", "rateLimit": "15", "scopes": '["all-apis"]'}),
        (DATABRICKS_PROVIDER, {"azureUseMsi": True, "rateLimit": Secret("15"), "version": "1.118.0"}),
        (AZURE_PROVIDER, {"subscriptionId": "00000000-0000-0000-0000-000000000001", "useOidc": "false"}),
    ],
)
def test_right_inputs_have_no_problems(type_token: str, inputs: Mapping[str, object]) -> None:
    assert check_inputs(type_token, inputs) == ()


@pytest.mark.parametrize(
    ("type_token", "inputs", "expected"),
    [
        (
            JOB,
            training_job(num_worker=12.0),
            SdkProblem(
                ProblemKind.UNKNOWN_PROPERTY,
                "tasks[0].newCluster.num_worker",
                "JobTaskNewCluster has no property 'num_worker'; did you mean 'numWorkers'?",
            ),
        ),
        (
            JOB,
            training_job(numWorkers="twelve"),
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "tasks[0].newCluster.numWorkers",
                'expected an integer, got the string "twelve"',
            ),
        ),
        (
            JOB,
            training_job(numWorkers=True),
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "tasks[0].newCluster.numWorkers",
                "expected an integer, got the boolean true",
            ),
        ),
        (
            JOB,
            {"tasks": [{"notebookTask": {"notebookPath": "notebooks/train"}}]},
            SdkProblem(
                ProblemKind.MISSING_REQUIRED, "tasks[0].taskKey", "JobTask requires 'taskKey', a string"
            ),
        ),
        (
            JOB,
            {"tasks": {"taskKey": "train"}},
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "tasks",
                "expected a list (each item an object (JobTask)), got an object",
            ),
        ),
        (
            CLUSTER_POLICY,
            {"definition": {"node_type_id": {"type": "allowlist"}}},
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "definition",
                "expected a string, got an object: pass it as JSON text (json.dumps, or pulumi.Output.json_dumps)",
            ),
        ),
        (
            DATABRICKS_PROVIDER,
            {"authTyp": "azure-cli"},
            SdkProblem(
                ProblemKind.UNKNOWN_PROPERTY,
                "authTyp",
                "Provider has no property 'authTyp'; did you mean 'authType'?",
            ),
        ),
        (
            DATABRICKS_PROVIDER,
            {"scopes": "all-apis"},
            SdkProblem(
                ProblemKind.WRONG_TYPE,
                "scopes",
                'expected a list (each item a string), got the string "all-apis"',
            ),
        ),
        (
            AZURE_PROVIDER,
            {"useOidc": '"yes"'},
            SdkProblem(ProblemKind.WRONG_TYPE, "useOidc", 'expected a boolean, got the string "yes"'),
        ),
    ],
)
def test_a_wrong_input_is_one_problem(
    type_token: str, inputs: Mapping[str, object], expected: SdkProblem
) -> None:
    assert check_inputs(type_token, inputs) == (expected,)
