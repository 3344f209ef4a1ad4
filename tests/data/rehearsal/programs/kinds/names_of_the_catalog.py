"""Names of Unity Catalog have no dot, blank or slash."""

# kind: DBX210 names of Unity Catalog objects

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)
databricks.Schema("wrong", name="a.b", catalog_name="main", opts=here)  # refused: DBX210
databricks.Schema("right", name="a_b", catalog_name="main", opts=here)
