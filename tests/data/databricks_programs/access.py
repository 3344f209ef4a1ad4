"""Groups, members, secret scopes of both kinds, permissions of the usual objects, folders and IP lists."""

import pulumi
import pulumi_databricks as databricks

app_scope = databricks.SecretScope("app", name="application-secret-scope")
secret = databricks.Secret(
    "publishing_api",
    key="publishing_api",
    string_value=pulumi.Config().require_secret("token"),
    scope=app_scope.id,
)
vault = databricks.SecretScope(
    "kv",
    name="keyvault-managed",
    keyvault_metadata={
        "resource_id": "/subscriptions/77777777-7777-7777-7777-777777777777/resourceGroups/rg-data/providers"
        "/Microsoft.KeyVault/vaults/kv-data",
        "dns_name": "https://kv-data.vault.azure.net/",
    },
)
team = databricks.Group(
    "datascience",
    display_name="datascience",
    allow_cluster_create=False,
    databricks_sql_access=True,
    workspace_access=True,
)
ada = databricks.User("ada", user_name="ada@example.com", display_name="Ada")
databricks.GroupMember("ada", group_id=team.id, member_id=ada.id)
sp = databricks.ServicePrincipal(
    "ci", application_id="00000000-1111-2222-3333-444444444444", display_name="CI", workspace_access=True
)
databricks.SecretAcl("readers", scope=app_scope.name, principal=team.display_name, permission="READ")
cluster = databricks.Cluster(
    "with_secret",
    cluster_name="with secret",
    spark_version="16.4.x-scala2.12",
    node_type_id="Standard_D4ds_v5",
    num_workers=1,
    autotermination_minutes=60,
    spark_conf={"spark.hadoop.fs.azure.account.key": secret.config_reference},
    data_security_mode="USER_ISOLATION",
)
databricks.Permissions(
    "cluster_usage",
    cluster_id=cluster.id,
    access_controls=[
        {"group_name": team.display_name, "permission_level": "CAN_RESTART"},
        {"service_principal_name": sp.application_id, "permission_level": "CAN_MANAGE"},
    ],
)
databricks.Permissions(
    "password_usage",
    authorization="tokens",
    access_controls=[{"group_name": team.display_name, "permission_level": "CAN_USE"}],
    opts=pulumi.ResourceOptions(
        depends_on=[databricks.Token("t", comment="first", lifetime_seconds=8640000)]
    ),
)
folder = databricks.Directory("prod", path="/Production/ETL")
databricks.Permissions(
    "folder",
    directory_path=folder.path,
    access_controls=[{"group_name": team.display_name, "permission_level": "CAN_RUN"}],
)
conf = databricks.WorkspaceConf("this", custom_config={"enableIpAccessLists": True})
databricks.IpAccessList(
    "allowed",
    label="allow_in",
    list_type="ALLOW",
    ip_addresses=["1.1.1.1", "1.2.3.0/24"],
    opts=pulumi.ResourceOptions(depends_on=[conf]),
)
experiment = databricks.MlflowExperiment("exp", name="/Shared/my-experiment")
databricks.Permissions(
    "exp",
    experiment_id=experiment.id,
    access_controls=[{"group_name": team.display_name, "permission_level": "CAN_EDIT"}],
)
