"""Jobs, pipelines, endpoints, policies and init scripts, each as Azure Databricks takes it and as it does not."""

# kind: DBX205 job parameters, job clusters and runs of other jobs need tasks
# kind: DBX206 GPU workloads that Azure has
# kind: DBX202 a policy limits attributes that there are
# kind: DBX208, DBX209 one place for a pipeline's tables, and a default cluster
# kind: DBX211 no init scripts on DBFS

import json

import pulumi
import pulumi_databricks as databricks

workspace = databricks.Provider(
    "workspace", host="https://adb-1234567890123456.7.azuredatabricks.net", auth_type="azure-cli"
)
here = pulumi.ResourceOptions(provider=workspace)

notebook = {
    "task_key": "load",
    "notebook_task": {"notebook_path": "/Shared/load"},
    "existing_cluster_id": "1101-090000-cluster1",
}
parameters = [{"name": "day", "default": "today"}]
databricks.Job("wrong", name="wrong", parameters=parameters, opts=here)  # refused: DBX205
databricks.Job("right", name="right", parameters=parameters, tasks=[notebook], opts=here)


def served(kind: str) -> dict[str, object]:
    entity = {"entity_name": "lake.gold.demand", "entity_version": "3", "workload_type": kind}
    size = {"workload_size": "Small", "scale_to_zero_enabled": True}
    return {"config": {"served_entities": [{**entity, **size}]}, "opts": here}


databricks.ModelServing("of-aws", name="of-aws", **served("GPU_MEDIUM"))  # warned: DBX206
databricks.ModelServing("of-azure", name="of-azure", **served("GPU_SMALL"))


def limit(path: str) -> str:
    return json.dumps({path: {"type": "range", "maxValue": 4, "isOptional": True}})


databricks.ClusterPolicy(  # warned: DBX202
    "misspelt", name="misspelt", definition=limit("autoscale.maxWorkers"), opts=here
)
databricks.ClusterPolicy("limited", name="limited", definition=limit("autoscale.max_workers"), opts=here)

in_catalog = {"catalog": "lake", "schema": "gold", "opts": here}
databricks.Pipeline("two-places", name="two-places", storage="/pipelines", **in_catalog)  # refused: DBX208
databricks.Pipeline(  # warned: DBX209
    "no-default", name="no-default", clusters=[{"label": "maintenance", "num_workers": 1}], **in_catalog
)
databricks.Pipeline("serverless", name="serverless", serverless=True, **in_catalog)


def script(place: str, path: str) -> dict[str, object]:
    return {
        "spark_version": "16.4.x-scala2.12",
        "node_type_id": "Standard_D4ds_v5",
        "num_workers": 2,
        "autotermination_minutes": 30,
        "data_security_mode": "USER_ISOLATION",
        "init_scripts": [{place: {"destination": path}}],
        "opts": here,
    }


databricks.Cluster("old-place", cluster_name="old-place", **script("dbfs", "dbfs:/a.sh"))  # warned: DBX211
databricks.Cluster("new-place", cluster_name="new-place", **script("workspace", "/Shared/a.sh"))
