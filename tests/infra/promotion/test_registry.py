"""The registry that prod owns, and what every job is told of the models that go there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pulumi
import pytest
from pulumi_azure_native import machinelearningservices

from infra.conventions.model_tags import MODEL_TAGS
from infra.promotion.registry import REDUNDANCY, MadeAccounts, made_accounts
from rehearsal.cloud.change import plan_change, record_of
from rehearsal.sdk import check_property_path
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
    assert registry["replaceOnChanges"] == ["location", REDUNDANCY]
    assert check_property_path("azure-native:machinelearningservices:Registry", REDUNDANCY) is None
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


def test_the_network_reaches_what_the_registry_made_for_itself() -> None:
    registry = one("prod", "machinelearningservices:Registry", "ml-registry")
    made = {}
    for part in ("blob", "images"):
        endpoint = one("prod", "network:PrivateEndpoint", f"private-endpoint-ml-registry-{part}")
        (connection,) = endpoint["inputs"]["privateLinkServiceConnections"]
        made[part] = (connection["groupIds"], connection["privateLinkServiceId"].split("/")[4:8])
        zones = one("prod", "network:PrivateDnsZoneGroup", f"private-endpoint-ml-registry-{part}-zones")
        assert zones["inputs"]["privateDnsZoneConfigs"]
    group = registry["outputs"]["managedResourceGroup"]["resourceId"].rpartition("/")[2]
    assert made == {
        "blob": (["blob"], [group, "providers", "Microsoft.Storage", "storageAccounts"]),
        "images": (["registry"], [group, "providers", "Microsoft.ContainerRegistry", "registries"]),
    }


def test_the_accounts_are_those_of_the_stack_s_region() -> None:
    kinds = machinelearningservices.outputs

    def region(name: str, made: str | None) -> Any:
        arm_id = kinds.ArmResourceIdResponse(resource_id=made) if made else None
        account = kinds.SystemCreatedStorageAccountResponse(arm_resource_id=arm_id)
        images = kinds.SystemCreatedAcrAccountResponse(arm_resource_id=arm_id)
        return kinds.RegistryRegionArmDetailsResponse(
            location=name,
            storage_account_details=[
                kinds.StorageAccountDetailsResponse(system_created_storage_account=account)
            ],
            acr_details=[kinds.AcrDetailsResponse(system_created_acr_account=images)],
        )

    regions = [region("northeurope", "/a"), region("West Europe", "/b")]
    assert made_accounts(regions, "westeurope") == MadeAccounts("/b", "/b")
    for given in ([region("northeurope", "/a")], [region("westeurope", None)]):
        with pytest.raises(pulumi.RunError, match="without its storage account and images in westeurope"):
            made_accounts(given, "westeurope")


def test_compute_in_the_managed_network_reaches_it_and_the_workspace_s_identity_approves_that() -> None:
    registry = one("prod", "machinelearningservices:Registry", "ml-registry")
    workspace = one("prod", "machinelearningservices:Workspace", "ml-workspace")["inputs"]
    rule = workspace["managedNetwork"]["outboundRules"]["ml-registry"]
    assert (rule["type"], rule["category"]) == ("PrivateEndpoint", "UserDefined")
    assert rule["destination"] == {
        "serviceResourceId": registry["id"],
        "subresourceTarget": "amlregistry",
        "sparkEnabled": False,
    }
    world = rehearsed("prod").world
    (made,) = world.of_types(("azure-native:machinelearningservices:Workspace",))
    (approval,) = [
        grant
        for grant in world.of_types(("azure-native:authorization:RoleAssignment",))
        if grant.text("scope") == registry["id"] and grant.text("description").startswith("ml-workspace: ")
    ]
    assert world.depends_on(made, approval)


@pytest.mark.parametrize("platform", ["dev", "private-all"])
def test_where_there_is_none_no_rule_names_one(platform: str) -> None:
    workspace = one(platform, "machinelearningservices:Workspace", "ml-workspace")["inputs"]
    assert "ml-registry" not in (workspace["managedNetwork"].get("outboundRules") or {})


def test_another_redundancy_is_a_replacement_that_protection_refuses() -> None:
    (registry,) = rehearsed("prod").world.of_types(("azure-native:machinelearningservices:Registry",))
    before = record_of(registry)
    text = json.dumps(before.inputs).replace("Standard_ZRS", "Standard_LRS")
    planned = plan_change(before, replace(before, inputs=json.loads(text)))
    assert planned.replaces == (REDUNDANCY.replace("*", "0"),)
    assert planned.refusal
    assert "is protected, so it is not deleted for a replacement" in planned.refusal.message


@pytest.mark.parametrize("stack", ["prod"])
def test_ci_writes_the_registry_and_people_read_it(stack: str) -> None:
    roles = {
        (grant.description.partition(":")[0], grant.role.partition(" (")[0])
        for grant in rehearsed(stack).inventory.access
        if grant.scope.startswith("machinelearningservices.Registry ")
    }
    assert {who for who, role in roles if role == "ML registry promoter"} == {"ci"}
    assert {role for who, role in roles if who != "ml-workspace"} == {
        "ML registry promoter",
        "ML registry reader",
    }


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
