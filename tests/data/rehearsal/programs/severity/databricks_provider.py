"""A host and a token are enough; without either the machine decides; two workspaces at once are none."""

import pulumi
import pulumi_databricks as databricks

HOST = "https://adb-1234567890123456.7.azuredatabricks.net"
token = databricks.Provider("token", host=HOST, token=pulumi.Output.secret("dapi"))
databricks.Notebook(
    "notebook",
    path="/Shared/first",
    content_base64="",
    language="PYTHON",
    opts=pulumi.ResourceOptions(provider=token),
)
databricks.Provider("unpinned", host=HOST)  # warned: DBX356
databricks.Provider("mixed", host=HOST, token=pulumi.Output.secret("dapi"), username="me")  # refused: DBX001
