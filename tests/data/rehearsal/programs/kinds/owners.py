"""A group owns nothing."""

# kind: DBX212 a group owns nothing

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)
databricks.Permissions(  # refused: DBX212
    "wrong",
    job_id="11",
    access_controls=[{"group_name": "engineers", "permission_level": "IS_OWNER"}],
    opts=here,
)
databricks.Permissions(
    "right",
    job_id="12",
    access_controls=[{"user_name": "owner@example.com", "permission_level": "IS_OWNER"}],
    opts=here,
)
