"""A pool of spot machines with a shared runtime, and a cluster that draws from it (provider docs, instance_pool)."""

import pulumi
import pulumi_databricks as databricks

smallest = databricks.get_node_type_output(local_disk=True, min_cores=4)
latest = databricks.get_spark_version_output(long_term_support=True)
pool = databricks.InstancePool(
    "smallest_nodes",
    instance_pool_name="Smallest Nodes",
    min_idle_instances=0,
    max_capacity=300,
    node_type_id=smallest.id,
    idle_instance_autotermination_minutes=10,
    preloaded_spark_versions=[latest.id],
    azure_attributes={"availability": "SPOT_AZURE", "spot_bid_max_price": -1},
    disk_spec={"disk_type": {"azure_disk_volume_type": "PREMIUM_LRS"}, "disk_size": 80, "disk_count": 1},
    custom_tags={"team": "data"},
)
databricks.Cluster(
    "shared_autoscaling",
    cluster_name="Shared Autoscaling",
    spark_version=latest.id,
    instance_pool_id=pool.id,
    driver_instance_pool_id=pool.id,
    autotermination_minutes=20,
    autoscale={"min_workers": 1, "max_workers": 50},
    spark_conf={"spark.databricks.io.cache.enabled": True, "spark.databricks.io.cache.maxDiskUsage": "50g"},
    libraries=[
        {"pypi": {"package": "fbprophet==0.6"}},
        {"maven": {"coordinates": "com.amazon.deequ:deequ:1.0.4"}},
    ],
)
databricks.Permissions(
    "pool_usage",
    instance_pool_id=pool.id,
    access_controls=[{"group_name": "users", "permission_level": "CAN_ATTACH_TO"}],
)
pulumi.export("pool", pool.id)
