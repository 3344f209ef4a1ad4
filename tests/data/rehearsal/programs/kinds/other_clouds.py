"""Attributes of other clouds have no place on Azure."""

# kind: DBX204 no attributes of other clouds

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)
for name, more in (("right", {}),):
    databricks.InstancePool(
        name,
        instance_pool_name=name,
        node_type_id="Standard_D4ds_v5",
        min_idle_instances=0,
        idle_instance_autotermination_minutes=15,
        opts=here,
        **more,
    )
databricks.InstancePool(  # refused: DBX204
    "wrong",
    instance_pool_name="wrong",
    node_type_id="Standard_D4ds_v5",
    min_idle_instances=0,
    idle_instance_autotermination_minutes=15,
    aws_attributes={"availability": "SPOT"},
    opts=here,
)
