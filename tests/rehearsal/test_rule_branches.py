"""Rules that refuse more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rehearsal.model.finding import Finding
from rehearsal.model.subscription import Subscription
from rehearsal.run import rehearse

Project = Callable[..., Path]

RESTORE = """
from pulumi_azure_native import resources, storage
group = resources.ResourceGroup("group", resource_group_name="rg-a", location="westeurope")
ready = dict(is_versioning_enabled=True, change_feed={"enabled": True},
    delete_retention_policy={"enabled": True, "days": 14}, restore_policy={"enabled": True, "days": 7})
def restored(name, hns=False, **changes):
    account = storage.StorageAccount(name, resource_group_name=group.name, account_name=f"stforecast{name}",
        location="westeurope", kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
        is_hns_enabled=hns)
    storage.BlobServiceProperties(name, resource_group_name=group.name, account_name=account.name,
        blob_services_name="default", **{**ready, **changes})
restored("ready")
restored("versions", is_versioning_enabled=False)
restored("feed", change_feed=None)
restored("deletes", delete_retention_policy={"enabled": False})
restored("short", delete_retention_policy={"enabled": True, "days": 7})
restored("lake", hns=True, is_versioning_enabled=None)
"""

WORKSPACE = """
from pulumi_azure_native import machinelearningservices
here = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
for name, mode in (("open", "Disabled"), ("closed", "AllowInternetOutbound")):
    machinelearningservices.Workspace(name, resource_group_name="rg-a", location="westeurope", kind="Default",
        workspace_name=f"mlw-{name}", identity={"type": "SystemAssigned"},
        storage_account=f"{here}/Microsoft.Storage/storageAccounts/stforecast{name}",
        key_vault=f"{here}/Microsoft.KeyVault/vaults/kv-forecast-{name}",
        application_insights=f"{here}/Microsoft.Insights/components/appi-{name}",
        managed_network={"isolation_mode": mode})
"""


def found(folder: Path, rule: str, subscription: Subscription | None = None) -> set[tuple[str, str]]:
    """Resource name and path of every finding of the rule."""
    result = rehearse(folder, "dev", subscription=subscription or Subscription())
    assert result.error is None, result.error
    findings: tuple[Finding, ...] = (*result.refusals, *result.warnings)
    return {(one.urn.rpartition("::")[2], one.path) for one in findings if one.rule == rule}


def test_a_restore_policy_wants_all_of_its_three_protections_and_no_lake(project: Project) -> None:
    assert found(project(RESTORE), "ST003") == {
        ("versions", "isVersioningEnabled"),
        ("feed", "changeFeed.enabled"),
        ("deletes", "deleteRetentionPolicy.enabled"),
        ("short", "deleteRetentionPolicy.days"),
        ("lake", "isVersioningEnabled"),
        ("lake", "restorePolicy"),
    }


def test_a_managed_network_needs_the_network_provider_too(project: Project) -> None:
    known = Subscription(
        resource_groups=("rg-a",), registered_providers=frozenset({"microsoft.machinelearningservices"})
    )
    assert found(project(WORKSPACE), "SUB001", known) == {("closed", "")}


SYNAPSE = """
from pulumi_azure_native import synapse
here = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
workspace = synapse.Workspace("synapse", resource_group_name="rg-a", location="westeurope", workspace_name="synw-a",
    identity={"type": "SystemAssigned"}, azure_ad_only_authentication=True, default_data_lake_storage={
        "account_url": "https://dlsa.dfs.core.windows.net", "filesystem": "synapse",
        "resource_id": f"{here}/Microsoft.Storage/storageAccounts/dlsa"})
def spark(name, **changes):
    synapse.BigDataPool(name, resource_group_name="rg-a", location="westeurope", workspace_name=workspace.name,
        big_data_pool_name=name, spark_version="3.5", node_size="Small", node_size_family="MemoryOptimized", **changes)
spark("fixed", node_count=2)
spark("many", auto_scale={"enabled": True, "min_node_count": 3, "max_node_count": 201})
spark("turned", auto_scale={"enabled": True, "min_node_count": 9, "max_node_count": 4})
spark("off", auto_scale={"enabled": False, "min_node_count": 0, "max_node_count": 0}, node_count=3)
def sql(name, **changes):
    synapse.SqlPool(name, resource_group_name="rg-a", location="westeurope", workspace_name=workspace.name,
        sql_pool_name=name, **changes)
sql("sizeless", create_mode="Default")
sql("restored", create_mode="Recovery", source_database_id="x")
def rule(name, first, last):
    synapse.IpFirewallRule(name, resource_group_name="rg-a", workspace_name=workspace.name, rule_name=name,
        start_ip_address=first, end_ip_address=last)
rule("turned-range", "203.0.113.9", "203.0.113.1")
rule("one", "203.0.113.9", "203.0.113.9")
"""

BUDGET = """
from pulumi_azure_native import consumption
def budget(name, **notifications):
    consumption.Budget(name, budget_name=name, scope="/subscriptions/00000000-0000-0000-0000-000000000000",
        category="Cost", amount=100, time_grain="Monthly", time_period={"start_date": "2100-01-01T00:00:00Z"},
        notifications=notifications)
def told(threshold=80, **contacts):
    return {"enabled": True, "operator": "GreaterThan", "threshold": threshold, "threshold_type": "Actual",
        "contact_emails": [], **contacts}
budget("silent", early=told())
budget("roles", early=told(contact_roles=["Owner"]))
budget("six", **{f"at{n}": told(n, contact_emails=["a@example.com"]) for n in range(6)})
"""


def test_a_spark_pool_s_nodes_are_counted_with_and_without_scaling(project: Project) -> None:
    assert found(project(SYNAPSE), "SYN321") == {
        ("fixed", "nodeCount"),
        ("many", "autoScale.maxNodeCount"),
        ("turned", "autoScale.minNodeCount"),
    }


def test_a_new_sql_pool_needs_a_size_and_a_restored_one_brings_it(project: Project) -> None:
    assert found(project(SYNAPSE), "SYN320") == {("sizeless", "sku.name")}


def test_a_firewall_range_begins_with_its_first_address(project: Project) -> None:
    assert found(project(SYNAPSE), "SYN327") == {("turned-range", "startIpAddress")}


def test_a_budget_tells_somebody_and_five_times_at_most(project: Project) -> None:
    assert found(project(BUDGET), "BUD330") == {("silent", "notifications.early"), ("six", "notifications")}


NODE_POOLS = """
from pulumi_azure_native import containerservice
def pool(name, size, **more):
    containerservice.AgentPool(name, resource_group_name="rg-a", resource_name_="aks-a", agent_pool_name=name,
        type="VirtualMachineScaleSets", os_type="Linux", vm_size=size, count=2, **{"mode": "User", **more})
ephemeral = {"os_disk_type": "Ephemeral"}
pool("fits", "Standard_D4ds_v5", os_disk_size_gb=128, **ephemeral)
pool("large", "Standard_D4ds_v5", os_disk_size_gb=256, **ephemeral)
pool("none", "Standard_E8s_v5", **ephemeral)
pool("amd", "Standard_D4as_v4", os_disk_size_gb=100, **ephemeral)
pool("memory", "Standard_E16as_v4", **ephemeral)
pool("unheard", "Standard_D4s_v99", **ephemeral)
pool("userburst", "Standard_B4ms")
for name, size in (("one", "Standard_DS1_v2"), ("burst", "Standard_B4ms"),
        ("small", "Standard_DS2_v2"), ("half", "Standard_E4-2ds_v5"),
        ("four", "Standard_DS3_v2"), ("old", "Standard_A4_v2"), ("newer", "Standard_D2x_v99")):
    pool(name, size, mode="System")
pool("spot", "Standard_D4ds_v5", mode="System", scale_set_priority="Spot")
pool("few", "Standard_D4ds_v5", mode="System", max_pods=14)
pool("enough", "Standard_D4ds_v5", mode="System", max_pods=15)
"""


def test_an_ephemeral_disk_is_refused_only_where_the_size_surely_has_no_room(project: Project) -> None:
    assert found(project(NODE_POOLS), "AKS014") == {("large", "osDiskSizeGB"), ("none", "osDiskType")}


def test_a_system_pool_of_its_own_is_judged_by_the_vcpus_of_its_size(project: Project) -> None:
    assert found(project(NODE_POOLS), "AKS357") == {
        ("one", "vmSize"),
        ("burst", "vmSize"),
        ("small", "vmSize"),
        ("half", "vmSize"),
    }
    assert found(project(NODE_POOLS), "AKS358") == {("one", "vmSize")}
    assert found(project(NODE_POOLS), "AKS001") == {("spot", "scaleSetPriority"), ("few", "maxPods")}


SYSTEM_GROUPS = """
import pulumi_databricks as databricks, pulumi
provider = databricks.Provider("dbx", host="https://adb-1.2.azuredatabricks.net", auth_type="azure-cli")
there = pulumi.ResourceOptions(provider=provider)
users = databricks.get_group(display_name="users", opts=pulumi.InvokeOptions(provider=provider))
admins = databricks.Group("admins", display_name="admins", force=True, workspace_access=True, opts=there)
people = databricks.Group("people", display_name="people", opts=there)
databricks.Entitlements("everybody", group_id=users.id, workspace_access=True, opts=there)
databricks.Entitlements("admins-too", group_id=admins.id, databricks_sql_access=True, opts=there)
databricks.Entitlements("people", group_id=people.id, workspace_access=True, opts=there)
databricks.GroupMember("nested", group_id=people.id, member_id=users.id, opts=there)
databricks.GroupMember("admin", group_id=admins.id, member_id="123", opts=there)
"""


def test_system_groups_are_known_however_a_program_finds_them(project: Project) -> None:
    assert found(project(SYSTEM_GROUPS), "DBX280") == {
        ("admins", "workspaceAccess"),
        ("everybody", "groupId"),
        ("admins-too", "groupId"),
        ("nested", "memberId"),
    }


DIAGNOSTICS = """
from pulumi_azure_native import monitor
here = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
account = f"{here}/Microsoft.Storage/storageAccounts/stforecast"
logs = f"{here}/Microsoft.OperationalInsights/workspaces/log-forecast"
def setting(name, target, log=None, metric=None):
    monitor.DiagnosticSetting(name, name=name, resource_uri=target, workspace_id=logs,
        logs=[{"category": log, "enabled": True}] if log else None,
        metrics=[{"category": metric, "enabled": True}] if metric else None)
setting("account-metrics", account, metric="Capacity")
setting("account-logs", account, log="StorageWrite")
setting("blob-metrics", f"{account}/blobServices/default", log="StorageWrite", metric="Capacity")
setting("blob-slip", f"{account}/blobServices/default", log="StorageWrites", metric="Capacities")
setting("cluster", f"{here}/Microsoft.ContainerService/managedClusters/aks", log="AuditEvent")
"""


def test_a_diagnostic_setting_asks_for_what_its_target_has(project: Project) -> None:
    assert found(project(DIAGNOSTICS), "MON181") == {
        ("account-logs", "logs[0]"),
        ("blob-slip", "logs[0].category"),
        ("blob-slip", "metrics[0].category"),
        ("cluster", "logs[0].category"),
    }
