"""What two inventories' difference comes to."""

from __future__ import annotations

import copy

from rehearsal.changes.from_inventories import compare
from rehearsal.changes.model import AccessChange, FindingState, PropertyChange
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import Inventory
from tests.rehearsal.changes.inventories import DATA, GROUP, account, grant, inventory, resource

SPARK = {"clusterName": "shared", "sparkVersion": "17.3.x-cpu-ml-scala2.13", "nodeTypeId": "Standard_D4ds_v5"}
CLUSTER = "databricks:index/cluster:Cluster"


def test_the_same_inventory_is_no_change() -> None:
    change = compare(
        inventory(account("lake"), grant("reader", "g")), inventory(account("lake"), grant("reader", "g"))
    )
    assert (change.changes, change.same, change.access, change.critical_path.steps) == ((), 2, (), ())


def test_a_tag_is_an_update_of_that_path() -> None:
    change = compare(inventory(account("lake")), inventory(account("lake", tags={"owner": "ai"})))
    (update,) = change.changes
    assert (update.kind, update.name) == (ChangeKind.UPDATE, "lake")
    assert update.properties == (PropertyChange("tags.owner", '"ml"', '"ai"', tag="owner"),)


def test_an_immutable_property_is_an_update_that_azure_refuses() -> None:
    change = compare(
        inventory(account("lake", enableNfsV3=False)), inventory(account("lake", enableNfsV3=True))
    )
    (update,) = change.changes
    assert update.kind is ChangeKind.UPDATE
    assert update.refusal.startswith("enableNfsV3: cannot be changed after creation")
    assert change.refused == (update.refusal,)


def test_a_name_forces_a_replacement_that_takes_along_what_lives_in_it() -> None:
    def lake(name: str) -> list[dict[str, object]]:
        host = account("lake", accountName=name)
        inputs = {"accountName": name, "containerName": "raw", "resourceGroupName": "rg-forecast-dev-weu"}
        container = resource(
            "azure-native:storage:BlobContainer",
            "raw",
            inputs,
            id=f"{host['id']}/blobServices/default/containers/raw",
        )
        return [host, container]

    change = compare(inventory(*lake("stlakedev")), inventory(*lake("stlakedev2")))
    container, host = change.changes
    assert (host.kind, host.replaces, host.deletes_first) == (ChangeKind.REPLACE, ("accountName",), True)
    assert host.takes_along == ("storage.BlobContainer raw",)
    assert (container.kind, container.replaces) == (ChangeKind.REPLACE, ("accountName",))


def test_a_replaced_workspace_takes_its_objects_along_and_gives_others_new_values() -> None:
    def platform(location: str) -> list[dict[str, object]]:
        workspace = resource(
            "azure-native:databricks:Workspace",
            "workspace",
            {"workspaceName": "dbw", "resourceGroupName": "rg", "location": location},
            id=f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw",
            outputs={"workspaceUrl": "https://adb-1.2.azuredatabricks.net"},
            replaceOnChanges=["location"],
        )
        cluster = resource(CLUSTER, "shared", SPARK, deletedWith=workspace["urn"])
        reader = resource(
            "azure-native:insights:WebTest",
            "reach",
            {"url": "https://adb-1.2.azuredatabricks.net"},
            propertyDependencies={"url": [workspace["urn"]]},
        )
        return [workspace, cluster, reader]

    change = compare(inventory(*platform("westeurope")), inventory(*platform("northeurope")))
    (workspace,) = change.changes
    assert (workspace.kind, workspace.replaces) == (ChangeKind.REPLACE, ("location",))
    assert workspace.takes_along == ("databricks.Cluster shared",)
    assert change.cascade == ("insights.WebTest reach",)


def test_what_uses_the_same_identity_as_a_replaced_resource_is_not_changed_by_it() -> None:
    """The compute tells the client id of its identity too; who else uses it has it from the identity."""
    client = "e6ffc30f-302d-588c-b1d4-a2645d595d1a"

    def platform(size: str) -> list[dict[str, object]]:
        identity = resource(
            "azure-native:managedidentity:UserAssignedIdentity", "jobs", outputs={"clientId": client}
        )
        compute = resource(
            "azure-native:machinelearningservices:Compute",
            "cpu",
            {"properties": {"properties": {"vmSize": size}}},
            outputs={"identity": {"clientId": client}},
            dependencies=[identity["urn"]],
            replaceOnChanges=["properties.properties.vmSize"],
        )
        both = [compute["urn"], identity["urn"]]
        schedule = resource(
            "azure-native:machinelearningservices:Schedule",
            "nightly",
            {"properties": {"clientId": client}},
            propertyDependencies={"properties": both},
        )
        return [identity, compute, schedule]

    change = compare(inventory(*platform("small")), inventory(*platform("large")))
    assert [item.kind for item in change.changes] == [ChangeKind.REPLACE]
    assert change.cascade == ()


def test_a_deletion_of_what_is_protected_would_be_refused() -> None:
    guarded = {**account("lake"), "protect": True}
    (change,) = compare(inventory(guarded), inventory()).changes
    assert (change.kind, change.refusal.split(";")[0]) == (ChangeKind.DELETE, "is protected")


def test_the_same_azure_resource_under_another_urn_is_moved() -> None:
    moved = {
        **account("lake"),
        "urn": account("lake")["urn"].replace("::lake", "::landing"),
        "name": "landing",
    }
    (change,) = compare(inventory(account("lake")), inventory(moved)).changes
    assert (change.kind, change.name, change.old_urn) == (ChangeKind.MOVED, "landing", account("lake")["urn"])


def test_with_an_alias_a_moved_resource_is_the_same() -> None:
    old = account("lake")
    moved = {**old, "urn": old["urn"].replace("::lake", "::landing"), "aliases": [old["urn"]]}
    change = compare(inventory(old), inventory(moved))
    assert (change.changes, change.same) == ((), 1)


def test_access_is_told_by_who_gains_and_loses_what() -> None:
    change = compare(inventory(grant("a", "group-1")), inventory(grant("b", "group-2")))
    assert change.access == (
        AccessChange("group-1", "Group", "resourceGroup rg-forecast-dev-weu", "Reader", gains=False),
        AccessChange("group-2", "Group", "resourceGroup rg-forecast-dev-weu", "Reader", gains=True),
    )


def test_access_within_databricks_is_told_too() -> None:
    def permissions(level: str) -> Inventory:
        controls = [{"groupName": "analysts", "permissionLevel": level}]
        cluster = resource(CLUSTER, "shared", SPARK, id="0101-shared")
        inputs = {"clusterId": "0101-shared", "accessControls": controls}
        return inventory(cluster, resource("databricks:index/permissions:Permissions", "shared", inputs))

    assert compare(permissions("CAN_ATTACH_TO"), permissions("CAN_MANAGE")).access == (
        AccessChange("analysts", "Group", "databricks.Cluster shared", "CAN_ATTACH_TO", gains=False),
        AccessChange("analysts", "Group", "databricks.Cluster shared", "CAN_MANAGE", gains=True),
    )


def test_a_role_described_in_other_words_is_no_change_of_access() -> None:
    reworded = grant("a", "group-1")
    reworded["inputs"] = {**reworded["inputs"], "description": "reads"}
    assert compare(inventory(grant("a", "group-1")), inventory(reworded)).access == ()


def test_what_goes_with_a_deleted_host_is_told_there() -> None:
    host = account("lake")
    containers = [
        resource(
            "azure-native:storage:BlobContainer",
            name,
            id=f"{host['id']}/blobServices/default/containers/{name}",
        )
        for name in ("raw", "curated")
    ]
    changes = compare(inventory(host, *containers), inventory()).changes
    assert {item.name: item.host for item in changes} == {
        "lake": "",
        "raw": host["urn"],
        "curated": host["urn"],
    }
    (told,) = (item for item in changes if item.name == "lake")
    assert told.takes_along == ("storage.BlobContainer curated", "storage.BlobContainer raw")


def test_what_is_created_with_a_replacement_is_not_taken_along() -> None:
    old, new = account("lake", isHnsEnabled=False), account("lake", isHnsEnabled=True)
    container = resource(
        "azure-native:storage:BlobContainer", "raw", id=f"{new['id']}/blobServices/default/containers/raw"
    )
    changes = {item.name: item for item in compare(inventory(old), inventory(new, container)).changes}
    assert (changes["lake"].kind, changes["lake"].takes_along) == (ChangeKind.REPLACE, ())
    assert changes["raw"].kind is ChangeKind.CREATE


def test_a_databricks_object_under_another_urn_is_moved_too() -> None:
    (change,) = compare(
        inventory(resource(CLUSTER, "shared", SPARK, id="0101-a")),
        inventory(resource(CLUSTER, "common", SPARK, id="0101-b")),
    ).changes
    assert (change.kind, change.name) == (ChangeKind.MOVED, "common")


def test_a_moved_resource_tells_what_else_changes() -> None:
    moved = {**account("lake", tags={"owner": "ai"}), "urn": f"{account('lake')['urn']}-2", "name": "lake-2"}
    (change,) = compare(inventory(account("lake")), inventory(moved)).changes
    assert (change.kind, [item.tag for item in change.properties]) == (ChangeKind.MOVED, ["owner"])


def test_what_stays_in_the_cloud_is_not_told_as_gone() -> None:
    kept = {**account("lake"), "retainOnDelete": True}
    (change,) = compare(inventory(kept), inventory()).changes
    assert (change.kind, change.retained) == (ChangeKind.DELETE, True)


def test_an_import_creates_nothing() -> None:
    (change,) = compare(
        inventory(), inventory({**account("lake"), "importId": account("lake")["id"]})
    ).changes
    assert change.kind is ChangeKind.IMPORT


def test_a_lost_protection_is_told_though_nothing_changes_in_azure() -> None:
    change = compare(inventory({**account("lake"), "protect": True}), inventory(account("lake")))
    assert (change.changes, change.unprotected) == ((), ("storage.StorageAccount lake",))


def test_findings_are_new_fixed_or_as_before() -> None:
    def finding(policy: str, message: str) -> dict[str, object]:
        return {"urn": account("lake")["urn"], "policy": policy, "level": "advisory", "message": message}

    base = inventory(
        account("lake"),
        policies=[{"pack": "ours", "findings": [finding("old", "x"), finding("both", "one")]}],
    )
    head = inventory(
        account("lake"),
        policies=[{"pack": "ours", "findings": [finding("both", "reworded"), finding("new", "y")]}],
    )
    states = {item.rule: (item.state, item.message) for item in compare(base, head).findings}
    assert states == {
        "old": (FindingState.FIXED, "x"),
        "both": (FindingState.UNCHANGED, "reworded"),
        "new": (FindingState.NEW, "y"),
    }


def test_the_critical_path_follows_what_changes() -> None:
    workspace = resource(
        "azure-native:databricks:Workspace",
        "workspace",
        {"workspaceName": "dbw", "resourceGroupName": "rg", "location": "westeurope"},
        id=f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw",
    )
    cluster = resource(CLUSTER, "shared", SPARK, dependencies=[workspace["urn"]])
    both = compare(inventory(), inventory(workspace, cluster)).critical_path
    assert [name for name, _ in both.steps] == ["databricks.Workspace workspace", "databricks.Cluster shared"]
    one = compare(inventory(workspace), inventory(workspace, cluster)).critical_path
    assert [name for name, _ in one.steps] == ["databricks.Cluster shared"]
    assert one.minutes < both.minutes


def test_what_goes_with_a_replacement_takes_its_time_again() -> None:
    def platform(location: str) -> list[dict[str, object]]:
        workspace = resource(
            "azure-native:databricks:Workspace",
            "workspace",
            {"workspaceName": "dbw", "resourceGroupName": "rg", "location": location},
            id=f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw",
            replaceOnChanges=["location"],
        )
        needs = [workspace["urn"]]
        return [workspace, resource(CLUSTER, "shared", SPARK, deletedWith=needs[0], dependencies=needs)]

    path = compare(inventory(*platform("westeurope")), inventory(*platform("northeurope"))).critical_path
    assert [name for name, _ in path.steps] == ["databricks.Workspace workspace", "databricks.Cluster shared"]


def test_components_count_their_changes_and_name_what_they_need() -> None:
    data = {**resource("shop:data:Data", "data"), "urn": DATA, "custom": False}
    serving = {**resource("shop:serving:Serving", "serving"), "custom": False}
    lake = {**account("lake"), "parent": DATA}
    cluster = resource(CLUSTER, "shared", SPARK, parent=serving["urn"], dependencies=[lake["urn"]])
    changed = copy.deepcopy(cluster)
    changed["inputs"]["autoterminationMinutes"] = 20
    change = compare(inventory(data, serving, lake, cluster), inventory(data, serving, lake, changed))
    assert [(node.name, node.changes, node.needs) for node in change.components] == [
        ("data", 0, ()),
        ("serving", 1, ("data",)),
    ]
