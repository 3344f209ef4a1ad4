"""A warehouse, its permissions, a query on it and an alert."""

import pulumi
import pulumi_databricks as databricks

me = databricks.get_current_user_output()
classic = databricks.SqlEndpoint(
    "this",
    name=pulumi.Output.concat("Endpoint of ", me.alphanumeric),
    cluster_size="Small",
    max_num_clusters=1,
    warehouse_type="PRO",
    enable_serverless_compute=False,
    auto_stop_mins=10,
    tags={"custom_tags": [{"key": "City", "value": "Amsterdam"}]},
)
serverless = databricks.SqlEndpoint(
    "serverless",
    name="serverless",
    cluster_size="2X-Small",
    warehouse_type="PRO",
    enable_serverless_compute=True,
    auto_stop_mins=5,
)
databricks.Permissions(
    "endpoint_usage",
    sql_endpoint_id=classic.id,
    access_controls=[
        {"group_name": "users", "permission_level": "CAN_USE"},
        {"group_name": "eng", "permission_level": "CAN_MANAGE"},
        {"user_name": "ada@example.com", "permission_level": "CAN_MONITOR"},
    ],
)
query = databricks.Query(
    "q",
    warehouse_id=classic.id,
    display_name="My query",
    query_text="SELECT 42 AS value",
    parent_path="/Shared",
)
databricks.SqlTable(
    "view",
    name="quickstart_view",
    catalog_name="main",
    schema_name="default",
    table_type="VIEW",
    cluster_id=None,
    warehouse_id=serverless.id,
    view_definition="SELECT name FROM main.default.things WHERE id = 1",
    comment="made by hand",
)
