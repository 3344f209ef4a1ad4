"""The simulated control plane over time: what stands, what may go, what a name is held for."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.control_plane import ControlPlane, RefusedError
from rehearsal.cloud.state import CloudState
from rehearsal.model.request import Request
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import AZURE_EXAMPLES, GROUP

TODAY = datetime.date(2026, 11, 21)
LOCK = "azure-native:authorization:ManagementLockByScope"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"


@pytest.fixture
def plane() -> ControlPlane:
    return ControlPlane(SimulatedCloud(CloudState(TODAY)))


def request(token: str, name: str = "it", /, **inputs: object) -> Request:
    example = dict(AZURE_EXAMPLES.get(token, {}))
    return Request(f"urn:pulumi:dev::sample::{token}::{name}", token, name, {**example, **inputs})


def refused(call: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(RefusedError) as raised:
        call()
    finding = raised.value.finding
    return finding.rule, finding.code, finding.message


def test_what_is_created_can_be_read_whatever_the_case_and_not_created_again(plane: ControlPlane) -> None:
    answer = plane.create(request(tokens.STORAGE_ACCOUNT))
    read = plane.read(request(tokens.STORAGE_ACCOUNT), answer.id.upper(), expected=True)
    assert read is not None
    rule, code, message = refused(lambda: plane.create(request(tokens.STORAGE_ACCOUNT, "again")))
    assert (rule, code) == ("STA001", "Conflict")
    assert "adopt it with import_" in message
    plane.delete(request(tokens.STORAGE_ACCOUNT), answer.id)
    assert plane.read(request(tokens.STORAGE_ACCOUNT), answer.id, expected=True) is None
    plane.delete(request(tokens.STORAGE_ACCOUNT), answer.id)


def test_a_global_name_is_taken_across_resource_groups(plane: ControlPlane) -> None:
    plane.create(request(tokens.STORAGE_ACCOUNT))
    other = request(tokens.STORAGE_ACCOUNT, "other", resourceGroupName="rg-other")
    assert refused(lambda: plane.create(other))[:2] == ("STA002", "StorageAccountAlreadyTaken")


def test_a_parent_in_a_group_of_this_stack_must_stand(plane: ControlPlane) -> None:
    plane.create(request(tokens.RESOURCE_GROUP))
    rule, code, _ = refused(lambda: plane.create(request(tokens.SUBNET)))
    assert (rule, code) == ("STA007", "ParentResourceNotFound")
    plane.create(request(tokens.VIRTUAL_NETWORK))
    plane.create(request(tokens.SUBNET))


def test_an_update_takes_place_or_is_refused_and_changes_nothing(plane: ControlPlane) -> None:
    vault = request(tokens.VAULT)
    answer = plane.create(vault)
    plane.update(request(tokens.VAULT, tags={"environment": "dev"}), answer.id)
    elsewhere = request(tokens.VAULT, location="northeurope", tags={"environment": "dev"})
    assert refused(lambda: plane.update(elsewhere, answer.id))[0] == "CHG001"
    stored = plane.state.read(answer.id)
    assert stored is not None
    assert (stored.inputs["location"], stored.inputs["tags"]) == ("westeurope", {"environment": "dev"})
    rule, _, message = refused(lambda: plane.update(request(tokens.VAULT, vaultName="kv-other"), answer.id))
    assert (rule, message) == ("CHG001", "cannot be updated in place, only by a replacement")


def test_a_deleted_vault_holds_its_name_for_its_retention(plane: ControlPlane) -> None:
    vault = request(tokens.VAULT)
    plane.delete(vault, plane.create(vault).id)
    rule, code, message = refused(lambda: plane.create(vault))
    assert (rule, code) == ("STA003", "ConflictError")
    assert "until 2027-02-19" in message
    plane.state.today = datetime.date(2027, 2, 20)
    plane.create(vault)


def test_a_deleted_workspace_holds_its_name_in_its_own_group_only(plane: ControlPlane) -> None:
    workspace = request(tokens.ML_WORKSPACE)
    plane.delete(workspace, plane.create(workspace).id)
    assert refused(lambda: plane.create(workspace))[0] == "STA003"
    plane.create(request(tokens.ML_WORKSPACE, "elsewhere", resourceGroupName="rg-other"))


def test_a_lock_is_inherited_until_it_goes(plane: ControlPlane) -> None:
    account = plane.create(request(tokens.STORAGE_ACCOUNT))
    container = request("azure-native:storage:BlobContainer", resourceGroupName="rg-ml-dev",
                        accountName="stmldev7k2ap", containerName="raw")  # fmt: skip
    container_id = plane.create(container).id
    lock = request(LOCK, scope=account.id, lockName="keep", level="CanNotDelete")
    lock_id = plane.create(lock).id
    for doomed, doomed_id in ((container, container_id), (request(tokens.STORAGE_ACCOUNT), account.id)):
        assert refused(lambda: plane.delete(doomed, doomed_id))[:2] == ("STA004", "ScopeLocked")  # noqa: B023
    plane.update(request(tokens.STORAGE_ACCOUNT, tags={"a": "b"}), account.id)
    plane.delete(lock, lock_id)
    plane.delete(container, container_id)


def test_a_read_only_lock_refuses_writes_too(plane: ControlPlane) -> None:
    account = plane.create(request(tokens.STORAGE_ACCOUNT))
    plane.create(request(LOCK, scope=account.id, lockName="freeze", level="ReadOnly"))
    changed = request(tokens.STORAGE_ACCOUNT, tags={"a": "b"})
    assert refused(lambda: plane.update(changed, account.id))[1] == "ScopeLocked"
    assert refused(lambda: plane.create(request(tokens.BLOB_SERVICE)))[1] == "ScopeLocked"


def test_a_subnet_is_held_by_the_workspace_injected_into_it(plane: ControlPlane) -> None:
    plane.create(request(tokens.VIRTUAL_NETWORK))
    subnet = plane.create(request(tokens.SUBNET, "public", subnetName="snet-dbx-public"))
    workspace = request(
        tokens.DATABRICKS_WORKSPACE,
        parameters={
            "customVirtualNetworkId": {"value": NETWORK},
            "customPublicSubnetName": {"value": "snet-dbx-public"},
        },
    )
    workspace_id = plane.create(workspace).id
    # Databricks names its subnets, not their ids; its network is held with everything in it.
    rule, code, message = refused(lambda: plane.delete(request(tokens.VIRTUAL_NETWORK), NETWORK))
    assert (rule, code) == ("STA005", "InUseSubnetCannotBeDeleted")
    assert message.startswith("urn:pulumi:dev::sample::azure-native:databricks:Workspace::it still uses ")
    assert refused(lambda: plane.delete(request(tokens.SUBNET), subnet.id))[0] == "STA005"
    plane.delete(workspace, workspace_id)
    plane.delete(request(tokens.SUBNET), subnet.id)
    plane.delete(request(tokens.VIRTUAL_NETWORK), NETWORK)


def test_a_zone_goes_after_its_links(plane: ControlPlane) -> None:
    zone = request("azure-native:privatedns:PrivateZone", resourceGroupName="rg-ml-dev",
                   privateZoneName="privatelink.blob.core.windows.net", location="global")  # fmt: skip
    zone_id = plane.create(zone).id
    link = request("azure-native:privatedns:VirtualNetworkLink", resourceGroupName="rg-ml-dev",
                   privateZoneName="privatelink.blob.core.windows.net", virtualNetworkLinkName="link",
                   virtualNetwork={"id": NETWORK})  # fmt: skip
    link_id = plane.create(link).id
    assert refused(lambda: plane.delete(zone, zone_id))[:2] == ("STA006", "CannotDeleteResource")
    plane.delete(link, link_id)
    plane.delete(zone, zone_id)


def test_a_resource_group_goes_with_its_contents_unless_one_is_locked(plane: ControlPlane) -> None:
    group = request(tokens.RESOURCE_GROUP)
    group_id = plane.create(group).id
    account = plane.create(request(tokens.STORAGE_ACCOUNT))
    lock = request(LOCK, scope=account.id, lockName="keep", level="CanNotDelete")
    lock_id = plane.create(lock).id
    assert refused(lambda: plane.delete(group, group_id))[1] == "ScopeLocked"
    plane.delete(lock, lock_id)
    plane.delete(group, group_id)
    assert plane.state.resources == ()


def test_objects_of_two_databricks_workspaces_may_have_one_id(plane: ControlPlane) -> None:
    token = "databricks:index/secretScope:SecretScope"
    for number in ("1", "2"):
        provider = {"host": f"https://adb-{number}.azuredatabricks.net"}
        plane.create(Request(f"urn::{number}", token, number, {"name": "platform"}, provider))
    assert len(plane.state.resources) == 2


def test_what_was_previewed_is_found_by_functions_and_does_not_stand(plane: ControlPlane) -> None:
    answer = plane.preview(request(tokens.STORAGE_ACCOUNT, kind="BlobStorage"))
    assert plane.preview(request(tokens.STORAGE_ACCOUNT, "again")).id == answer.id
    plane.preview(request(tokens.STORAGE_ACCOUNT, kind="BlobStorage"))
    arguments = {"resourceGroupName": "rg-ml-dev", "accountName": "stmldev7k2ap"}
    assert plane.invoke("azure-native:storage:getStorageAccount", arguments)["kind"] == "BlobStorage"
    assert plane.state.resources == ()
    assert plane.read(request(tokens.STORAGE_ACCOUNT), answer.id, expected=True) is None
    plane.create(request(tokens.STORAGE_ACCOUNT))


def test_a_resource_takes_the_location_of_its_group(plane: ControlPlane) -> None:
    plane.create(request(tokens.RESOURCE_GROUP, location="northeurope"))
    inputs = {"resourceGroupName": "rg-ml-dev", "environmentName": "cae"}
    environment = Request("urn::apps", "azure-native:app:ManagedEnvironment", "apps", inputs)
    properties = plane.create(environment).outputs
    assert str(properties["defaultDomain"]).endswith(".northeurope.azurecontainerapps.io")


def test_objects_go_with_their_databricks_workspace(plane: ControlPlane) -> None:
    workspace = request(tokens.DATABRICKS_WORKSPACE)
    workspace_id = plane.create(workspace).id
    provider = {"azureWorkspaceResourceId": workspace_id}
    token = "databricks:index/secretScope:SecretScope"
    plane.create(Request("urn::scope", token, "scope", {"name": "platform"}, provider))
    plane.delete(workspace, workspace_id)
    assert plane.state.resources == ()
