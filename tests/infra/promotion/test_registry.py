"""The registry that prod owns, and what every job is told of the models that go there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from infra.conventions.model_tags import MODEL_TAGS
from tests.infra.platforms import rehearsed, resources_of

TOLD = ",".join(MODEL_TAGS)


def one(platform: str, resource_type: str, name: str) -> dict[str, Any]:
    (found,) = [
        item
        for item in resources_of(platform)
        if item["type"] == f"azure-native:{resource_type}" and item["name"] == name
    ]
    return found


@pytest.mark.parametrize("stack", ["prod"])
def test_the_registry_is_protected_private_and_of_the_stack_s_region(stack: str) -> None:
    registry = one(stack, "machinelearningservices:Registry", "ml-registry")
    assert registry["protect"] is True
    assert registry["replaceOnChanges"] == ["location"]
    inputs = registry["inputs"]
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert inputs["identity"] == {"type": "SystemAssigned"}
    (region,) = inputs["regionDetails"]
    assert region["location"] == inputs["location"] == "westeurope"
    assert region["acrDetails"][0]["systemCreatedAcrAccount"]["acrAccountSku"] == "Premium"
    account = region["storageAccountDetails"][0]["systemCreatedStorageAccount"]
    assert account == {
        "storageAccountType": "Standard_ZRS",
        "storageAccountHnsEnabled": False,
        "allowBlobPublicAccess": False,
    }
    endpoint = one(stack, "network:PrivateEndpoint", "private-endpoint-ml-registry")["inputs"]
    assert endpoint["privateLinkServiceConnections"][0]["groupIds"] == ["amlregistry"]
    assert one(stack, "authorization:ManagementLockByScope", "lock-ml-registry")


@pytest.mark.parametrize("stack", ["prod"])
def test_ci_writes_the_registry_and_people_read_it(stack: str) -> None:
    roles = {
        (grant.description.partition(":")[0], grant.role.partition(" (")[0])
        for grant in rehearsed(stack).inventory.access
        if grant.scope.startswith("machinelearningservices.Registry ")
    }
    assert {who for who, role in roles if role == "ML registry promoter"} == {"ci"}
    assert {role for _, role in roles} == {"ML registry promoter", "ML registry reader"}


@pytest.mark.parametrize("stack", ["dev"])
def test_only_prod_has_one(stack: str) -> None:
    assert not list(rehearsed(stack).world.of_types(("azure-native:machinelearningservices:Registry",)))


def clusters(stack: str) -> Iterator[dict[str, Any]]:
    for item in resources_of(stack):
        if item["type"] == "databricks:index/job:Job":
            yield from (cluster["newCluster"] for cluster in item["inputs"].get("jobClusters", ()))


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_job_of_databricks_is_told_which_tags_a_model_carries(stack: str) -> None:
    told = [cluster["sparkEnvVars"].get("MODEL_TAGS") for cluster in clusters(stack)]
    assert told
    assert set(told) == {TOLD}


@pytest.mark.parametrize("platform", ["ml-max"])
def test_so_is_the_training_command_of_azure_ml(platform: str) -> None:
    schedule = one(platform, "machinelearningservices:Schedule", "ml-schedule-retrain")
    job = schedule["inputs"]["properties"]["action"]["jobDefinition"]
    assert (job["jobType"], job["environmentVariables"]) == ("Command", {"MODEL_TAGS": TOLD})
