"""What two inventories' difference comes to."""

from __future__ import annotations

import copy

from rehearsal.changes.from_inventories import compare
from rehearsal.changes.model import AccessChange, FindingState, Kind, PropertyChange
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
    assert (update.kind, update.name) == (Kind.UPDATE, "lake")
    assert update.properties == (PropertyChange("tags.owner", '"ml"', '"ai"'),)


def test_an_immutable_property_is_an_update_that_azure_refuses() -> None:
    change = compare(
        inventory(account("lake", enableNfsV3=False)), inventory(account("lake", enableNfsV3=True))
    )
    (update,) = change.changes
    assert update.kind is Kind.UPDATE
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
    assert (host.kind, host.replaces, host.deletes_first) == (Kind.REPLACE, ("accountName",), True)
    assert host.takes_along == ("storage.BlobContainer raw",)
    assert (container.kind, container.replaces) == (Kind.REPLACE, ("accountName",))


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
    assert (workspace.kind, workspace.replaces) == (Kind.REPLACE, ("location",))
    assert workspace.takes_along == ("databricks.Cluster shared",)
    assert change.cascade == ("insights.WebTest reach",)


def test_a_deletion_of_what_is_protected_would_be_refused() -> None:
    guarded = {**account("lake"), "protect": True}
    (change,) = compare(inventory(guarded), inventory()).changes
    assert (change.kind, change.refusal.split(";")[0]) == (Kind.DELETE, "is protected")


def test_the_same_azure_resource_under_another_urn_is_moved() -> None:
    moved = {
        **account("lake"),
        "urn": account("lake")["urn"].replace("::lake", "::landing"),
        "name": "landing",
    }
    (change,) = compare(inventory(account("lake")), inventory(moved)).changes
    assert (change.kind, change.name, change.old_urn) == (Kind.MOVED, "landing", account("lake")["urn"])


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


def test_findings_are_new_fixed_or_as_before() -> None:
    def finding(policy: str, message: str) -> dict[str, object]:
        return {"urn": account("lake")["urn"], "policy": policy, "level": "advisory", "message": message}

    base = inventory(account("lake"), policies=[{"findings": [finding("old", "x"), finding("both", "one")]}])
    head = inventory(
        account("lake"), policies=[{"findings": [finding("both", "reworded"), finding("new", "y")]}]
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
