"""Single nodes in their three spellings: the profile, the flag, and a policy that fixes the profile."""

import json

import pulumi_databricks as databricks

base = {"spark_version": "16.4.x-cpu-ml-scala2.12", "node_type_id": "Standard_D4ds_v5"}
databricks.Cluster(
    "profile",
    cluster_name="Single Node",
    autotermination_minutes=20,
    num_workers=0,
    spark_conf={"spark.databricks.cluster.profile": "singleNode", "spark.master": "local[*]"},
    custom_tags={"ResourceClass": "SingleNode"},
    **base,
)
databricks.Cluster(
    "flag",
    autotermination_minutes=20,
    kind="CLASSIC_PREVIEW",
    is_single_node=True,
    spark_version="16.4.x-scala2.12",
    use_ml_runtime=True,
    node_type_id="Standard_D4ds_v5",
    data_security_mode="DATA_SECURITY_MODE_DEDICATED",
    single_user_name="ada@example.com",
)
policy = databricks.ClusterPolicy(
    "single",
    name="Single node",
    definition=json.dumps(
        {
            "num_workers": {"type": "fixed", "value": 0, "hidden": True},
            "spark_conf.spark.databricks.cluster.profile": {
                "type": "fixed",
                "value": "singleNode",
                "hidden": True,
            },
            "spark_conf.spark.master": {"type": "fixed", "value": "local[*]", "hidden": True},
            "custom_tags.ResourceClass": {"type": "fixed", "value": "SingleNode"},
            "node_type_id": {
                "type": "allowlist",
                "values": ["Standard_D4ds_v5", "Standard_D8ds_v5"],
                "defaultValue": "Standard_D4ds_v5",
            },
            "spark_version": {"type": "unlimited", "defaultValue": "auto:latest-lts-ml"},
            "autotermination_minutes": {"type": "fixed", "value": 20},
            "instance_pool_id": {"type": "forbidden", "hidden": True},
            "driver_instance_pool_id": {"type": "forbidden", "hidden": True},
        }
    ),
    max_clusters_per_user=1,
)
databricks.Cluster(
    "policed",
    policy_id=policy.id,
    apply_policy_default_values=True,
    num_workers=0,
    autotermination_minutes=20,
    spark_version="16.4.x-cpu-ml-scala2.12",
)
