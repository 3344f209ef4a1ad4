"""A cluster keeps to its policy."""

# kind: DBX200 a cluster keeps to its policy

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)
import json

policy = databricks.ClusterPolicy(
    "policy",
    name="small",
    definition=json.dumps({"autotermination_minutes": {"type": "range", "maxValue": 60}}),
    opts=here,
)


def cluster(minutes: int) -> dict[str, object]:
    return {
        "spark_version": "16.4.x-scala2.12",
        "node_type_id": "Standard_D4ds_v5",
        "num_workers": 2,
        "policy_id": policy.id,
        "autotermination_minutes": minutes,
        "data_security_mode": "USER_ISOLATION",
        "opts": here,
    }


databricks.Cluster("right", cluster_name="right", **cluster(30))
databricks.Cluster("wrong", cluster_name="wrong", **cluster(90))  # refused: DBX200
