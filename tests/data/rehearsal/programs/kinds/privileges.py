"""Privileges are those of the object, in capitals."""

# kind: DBX203 privileges of a grant are those of the securable

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)
databricks.Grant(  # refused: DBX203
    "wrong", catalog="main", principal="readers", privileges=["READ_FILES"], opts=here
)
databricks.Grant("right", catalog="sales", principal="readers", privileges=["USE_CATALOG"], opts=here)
