"""The Synapse workspace: who administers it, what it may reach, what reaches it, and its pools."""

from __future__ import annotations

from typing import Any

import pytest

from infra.data.data_factory.trigger_steps import running_names
from infra.data.power_bi import serverless_connection
from tests.infra.platforms import rehearse_patched, resources_in, resources_of
from tests.infra.stack_settings import settings_of

pytestmark = pytest.mark.xdist_group("platforms")


def one(name: str, kind: str, logical_name: str | None = None) -> dict[str, Any]:
    (found,) = [
        item
        for item in resources_of(name)
        if item["type"] == f"azure-native:{kind}" and logical_name in (None, item["name"])
    ]
    return found


def sql_settings(name: str) -> dict[str, dict[str, Any]]:
    template = one(name, "resources:Deployment", "synapse-sql-security")["inputs"]["properties"]["template"]
    return {
        f"{item['type'].rpartition('/')[2]}/{item['name'].rpartition('/')[2]}": item
        for item in template["resources"]
    }


@pytest.mark.parametrize(
    ("name", "login", "sid"),
    [
        ("dev", "sg-forecast-platform-admins", "a0000000-0000-4000-8000-000000000001"),
        ("prod", "sg-forecast-platform-admins-prod", "a0000000-0000-4000-8000-000000000011"),
    ],
)
def test_a_group_administers_sql_and_every_query_is_logged(name: str, login: str, sid: str) -> None:
    settings = sql_settings(name)
    administrator = settings["administrators/activeDirectory"]
    assert administrator["type"] == "Microsoft.Synapse/workspaces/administrators"
    assert administrator["properties"]["login"] == login
    assert administrator["properties"]["sid"] == sid
    audit = settings["auditingSettings/default"]["properties"]
    assert audit["state"] == "Enabled"
    assert audit["isAzureMonitorTargetEnabled"] is True
    assert "BATCH_COMPLETED_GROUP" in audit["auditActionsAndGroups"]
    assert settings["dedicatedSQLminimalTlsSettings/default"]["properties"] == {"minimalTlsVersion": "1.2"}


def test_the_sql_settings_are_made_one_after_the_other() -> None:
    workspace = one("dev", "synapse:Workspace")["inputs"]["workspaceName"]
    assert [item["dependsOn"] for item in sql_settings("dev").values()] == [
        [],
        [f"[resourceId('Microsoft.Synapse/workspaces/administrators', '{workspace}', 'activeDirectory')]"],
        [f"[resourceId('Microsoft.Synapse/workspaces/auditingSettings', '{workspace}', 'default')]"],
    ]


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_spark_reaches_the_lake_although_exfiltration_is_prevented(name: str) -> None:
    workspace = one(name, "synapse:Workspace")["inputs"]
    assert workspace["managedVirtualNetworkSettings"]["preventDataExfiltration"] is True
    assert workspace["defaultDataLakeStorage"]["createManagedPrivateEndpoint"] is True


def test_the_private_lake_lets_serverless_sql_in_and_the_public_one_needs_no_rule() -> None:
    (rule,) = one("prod", "storage:StorageAccount", "lake")["inputs"]["networkRuleSet"]["resourceAccessRules"]
    group = one("prod", "resources:ResourceGroup")["id"]
    assert rule == {
        "tenantId": "11111111-1111-1111-1111-111111111111",
        "resourceId": f"{group}/providers/Microsoft.Synapse/workspaces/*",
    }
    dev = one("dev", "storage:StorageAccount", "lake")["inputs"]["networkRuleSet"]
    assert dev.get("resourceAccessRules") is None


def test_serverless_sql_development_and_studio_each_have_a_private_endpoint() -> None:
    groups = {
        item["name"]: item["inputs"]["privateLinkServiceConnections"][0]["groupIds"]
        for item in resources_of("prod")
        if item["type"].endswith("network:PrivateEndpoint") and "synapse" in item["name"]
    }
    assert groups == {
        "private-endpoint-synapse-sql-on-demand": ["SqlOnDemand"],
        "private-endpoint-synapse-dev": ["Dev"],
        "private-endpoint-synapse-studio": ["Web"],
    }
    assert not [item for item in resources_of("prod") if item["type"].endswith("synapse:IpFirewallRule")]


def test_a_firewall_rule_is_named_by_its_range() -> None:
    """Counted, the rule of one range would become another's when one before it goes."""
    rule = one("dev", "synapse:IpFirewallRule")
    assert rule["name"] == "synapse-allowed-203-0-113-0-24"
    assert (rule["inputs"]["startIpAddress"], rule["inputs"]["endIpAddress"]) == (
        "203.0.113.0",
        "203.0.113.255",
    )


def test_a_key_of_our_own_is_made_active_before_anything_else_is_asked() -> None:
    workspace, active = one("cmk", "synapse:Workspace"), one("cmk", "synapse:Key")
    assert workspace["inputs"]["encryption"]["cmk"]["key"] == {
        "name": active["inputs"]["keyName"],
        "keyVaultUrl": active["inputs"]["keyVaultUrl"],
    }
    assert active["inputs"]["isActiveCMK"] is True
    (grant,) = [
        item
        for item in resources_of("cmk")
        if "synapse-identity-key-vault-crypto" in item["name"] and item["custom"]
    ]
    assert grant["urn"] in waits_for(active)
    assert active["urn"] in waits_for(one("cmk", "resources:Deployment", "synapse-sql-security"))


def waits_for(resource: dict[str, Any]) -> set[str]:
    return set(resource["dependencies"])


def test_a_dedicated_pool_is_encrypted_and_its_backups_stay_where_settings_say() -> None:
    pool = one("data-max", "synapse:SqlPool")
    assert pool["inputs"]["storageAccountType"] == "LRS"
    assert one("data-max", "synapse:SqlPoolTransparentDataEncryption")["inputs"]["status"] == "Enabled"
    template = one("data-max", "resources:Deployment", "synapse-sql-pool-reporting-backup")["inputs"][
        "properties"
    ]["template"]
    (policy,) = template["resources"]
    assert policy["type"] == "Microsoft.Synapse/workspaces/sqlPools/geoBackupPolicies"
    assert policy["name"].endswith("/reporting/Default")
    assert policy["properties"] == {"state": "Disabled"}


def test_a_workspace_that_azure_ml_uses_does_not_prevent_exfiltration() -> None:
    network = one("data-max", "synapse:Workspace")["inputs"]["managedVirtualNetworkSettings"]
    assert network["preventDataExfiltration"] is False
    assert network["linkedAccessCheckOnTargetResource"] is True


def test_jobs_on_an_attached_pool_run_as_the_training_clusters_do() -> None:
    attached = one("data-max", "machinelearningservices:Compute", "synapse-spark-pool-training-in-ml")[
        "inputs"
    ]
    assert attached["properties"]["computeType"] == "SynapseSpark"
    assert attached["identity"] == {
        "type": "UserAssigned",
        "userAssignedIdentities": [
            one("data-max", "managedidentity:UserAssignedIdentity", "ml-compute-identity")["id"]
        ],
    }


def test_databricks_writes_tables_that_serverless_sql_can_read() -> None:
    clusters = [item for item in resources_of("dev") if item["type"].endswith("cluster:Cluster")]
    option = "spark.databricks.delta.properties.defaults.enableDeletionVectors"
    assert [item["inputs"]["sparkConf"][option] for item in clusters] == ["false"] * len(clusters)
    assert clusters


def test_power_bi_is_told_server_database_connector_and_views() -> None:
    synapse = settings_of("prod").synapse
    assert synapse
    assert serverless_connection("synw-forecast-prod", synapse) == {
        "connector": "Azure Synapse Analytics SQL",
        "sign_in": "Microsoft account",
        "server": "synw-forecast-prod-ondemand.sql.azuresynapse.net",
        "database": "predictions",
        "views": {"demand_forecast": "dbo.demand_forecast", "model_quality": "dbo.model_quality"},
    }


def test_a_pool_is_started_again_before_the_job_that_writes_to_it() -> None:
    _, resume = one("data-max", "datafactory:Pipeline", "pipeline-resume-reporting")["inputs"]["activities"]
    assert resume["expression"]["value"] == "@equals(activity('ask').output.properties.status, 'Paused')"
    assert resume["ifTrueActivities"][0]["url"].partition("?")[0].endswith("/sqlPools/reporting/resume")
    trigger = one("data-max", "datafactory:Trigger", "trigger-resume-reporting")["inputs"]["properties"]
    assert trigger["recurrence"]["schedule"] == {"hours": [2], "minutes": [30]}


def test_a_release_stops_and_starts_the_pool_s_triggers_too() -> None:
    assert {"pause_reporting", "resume_reporting"} <= set(running_names(settings_of("data-max")))


def test_on_a_lake_that_is_given_its_owner_makes_the_workspace_s_filesystem() -> None:
    account = (
        "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-lake/providers/"
        "Microsoft.Storage/storageAccounts/dlsshared"
    )
    # Null removes: a merge patch leaves what it does not name.
    cleared = {"landing_folders": None, "delete_landing_after_days": None}
    zones = {key: {**cleared, "holds": key} for key in ("raw", "curated", "features", "predictions")}
    lake = {"existing_resource_id": account, "redundancy": None}
    rehearsal = rehearse_patched({"lake": {**lake, "zones": zones}})
    assert rehearsal.refusals == ()
    resources = resources_in(rehearsal)
    assert not [item for item in resources if item["name"] == "synapse-filesystem"]
    (workspace,) = [item for item in resources if item["type"].endswith("synapse:Workspace")]
    assert workspace["inputs"]["defaultDataLakeStorage"]["resourceId"] == account
