"""What notebooks find on a cluster: the library and the variable with which they log to Azure ML."""

from __future__ import annotations

import json

import pytest

from azure_facts.actions import action
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN
from rehearsal.permissions.model import Right
from rehearsal.permissions.rights import Rights
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.model import Verdict
from tests.rehearsal.permissions.worlds import PEOPLE, WORKSPACE, declared, in_databricks, resource

SCIENTISTS = Party(PartyKind.PERSONA, PEOPLE, "scientists", databricks="sg-scientists")
MEMBER = in_databricks(
    "PermissionAssignment", "scientists", "11", groupName="sg-scientists", permissions=["USER"]
)
UNLINKED = resource("databricks:Workspace", "dbw", WORKSPACE)
LINKED = resource(
    "databricks:Workspace",
    "dbw",
    WORKSPACE,
    parameters={"amlWorkspaceId": {"value": "/subscriptions/s/resourceGroups/rg/providers/x/y/mlw"}},
)
URI = "azureml://westeurope.api.azureml.ms/mlflow/v1.0/subscriptions/s/workspaces/mlw"
LIBRARY = {"pypi": {"package": "azureml-mlflow==1.60.0"}}
FIXED = {"spark_env_vars.MLFLOW_TRACKING_URI": {"type": "fixed", "value": URI}}


def policy(definition: object = FIXED, *libraries: object) -> Resource:
    text = definition if isinstance(definition, str) else json.dumps(definition)
    return in_databricks("ClusterPolicy", "own", "P1", name="own", definition=text, libraries=[*libraries])


def allowed(level: str, **on: str) -> Resource:
    line = {"groupName": "sg-scientists", "permissionLevel": level}
    return in_databricks("Permissions", "allowed", accessControls=[line], **on)


def under_the_policy(policy: Resource, workspace: Resource = UNLINKED) -> Right:
    world = declared(workspace, MEMBER, policy, allowed("CAN_USE", clusterPolicyId="P1"))
    word = action("log to Azure ML from a cluster of the policy")
    return Rights.of(world).right(SCIENTISTS, word, f"databricks:cluster-policy/own@{WORKSPACE}")


def from_the_cluster(policy: Resource, **cluster: object) -> Right:
    own = in_databricks("Cluster", "lab", "C1", clusterName="lab", policyId="P1", **cluster)
    world = declared(UNLINKED, MEMBER, policy, own, allowed("CAN_ATTACH_TO", clusterId="C1"))
    word = action("log to Azure ML from the cluster")
    return Rights.of(world).right(SCIENTISTS, word, f"databricks:cluster/lab@{WORKSPACE}")


def test_a_policy_that_installs_the_library_and_sets_the_address_lets_notebooks_log() -> None:
    found = under_the_policy(policy(FIXED, LIBRARY))

    assert found.verdict is Verdict.OPEN
    assert policy().urn in found.urns
    assert "azureml-mlflow==1.60.0, installed by cluster-policy own" in found.held


@pytest.mark.parametrize("package", ["azureml_mlflow", "AzureML-MLflow[extra]>=1.50", "azureml-mlflow"])
def test_a_package_is_the_same_in_other_spellings(package: str) -> None:
    assert under_the_policy(policy(FIXED, {"pypi": {"package": package}})).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("own", "missing"),
    [
        (policy(FIXED), "the Python package azureml-mlflow, which cluster-policy own does not install"),
        (
            policy(FIXED, {"pypi": {"package": "azureml-mlflow-tests"}}),
            "the Python package azureml-mlflow, which cluster-policy own does not install",
        ),
        (policy({}, LIBRARY), "the variable MLFLOW_TRACKING_URI, which cluster-policy own does not set"),
        (
            policy({"spark_env_vars.MLFLOW_TRACKING_URI": {"type": "forbidden"}}, LIBRARY),
            "the variable MLFLOW_TRACKING_URI, which cluster-policy own does not set",
        ),
    ],
    ids=["no-library", "another-library", "no-variable", "a-forbidden-variable"],
)
def test_a_policy_without_one_of_them_does_not(own: Resource, missing: str) -> None:
    found = under_the_policy(own)

    assert found.verdict is Verdict.CLOSED
    assert found.missing == missing


def test_a_linked_workspace_sets_the_address_by_itself() -> None:
    assert under_the_policy(policy({}, LIBRARY), LINKED).verdict is Verdict.OPEN
    assert under_the_policy(policy({}), LINKED).verdict is Verdict.CLOSED


def test_nobody_can_say_what_a_policy_sets_that_only_a_deployment_knows() -> None:
    unknown = in_databricks("ClusterPolicy", "own", "P1", name="own", definition=UNKNOWN, libraries=[LIBRARY])

    assert under_the_policy(unknown).verdict is Verdict.UNKNOWN


def test_a_cluster_has_what_its_policy_gives_and_its_own() -> None:
    variables = {"MLFLOW_TRACKING_URI": URI}

    assert from_the_cluster(policy(FIXED, LIBRARY)).verdict is Verdict.OPEN
    assert from_the_cluster(policy({}, LIBRARY), sparkEnvVars=variables).verdict is Verdict.OPEN
    assert from_the_cluster(policy({}), libraries=[LIBRARY], sparkEnvVars=variables).verdict is Verdict.OPEN
    assert from_the_cluster(policy({}, LIBRARY)).verdict is Verdict.CLOSED
