"""Rules about Databricks that refuse more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.rehearsal.test_rule_branches import found

Project = Callable[..., Path]


UNDER_POLICIES = """
import json, pulumi, pulumi_databricks as db
def policy(name, **limits):
    document = {path.replace("__", "."): limit for path, limit in limits.items()}
    return db.ClusterPolicy(name, definition=json.dumps(document)).id
base = dict(spark_version="16.4.x-scala2.12", node_type_id="Standard_D4ds_v5", num_workers=2)
small = policy("small", num_workers={"type": "range", "maxValue": 1})
people = policy("people", cluster_type={"type": "fixed", "value": "all-purpose"})
scripts = policy("scripts", init_scripts__0__volumes__destination={"type": "fixed", "value": "/Volumes/a/b/c/x.sh"})
db.Cluster("cluster", policy_id=small, **base)
notebook = {"notebook_path": "/Shared/a"}
db.Job("in-task", tasks=[{"task_key": "a", "notebook_task": notebook, "new_cluster": {**base, "policy_id": people}}])
db.Job("repeated", tasks=[{"task_key": "a", "for_each_task": {"inputs": "[1]", "task": {
    "task_key": "b", "notebook_task": notebook, "new_cluster": {**base, "policy_id": small}}}}])
db.Cluster("script", policy_id=scripts, init_scripts=[{"volumes": {"destination": "/Volumes/a/b/c/y.sh"}}], **base)
# The provider sends 60 minutes where a cluster says none.
db.Cluster("minutes", policy_id=policy("short", autotermination_minutes={"type": "range", "maxValue": 30}), **base)
family = db.ClusterPolicy("family", policy_family_id="personal-vm",
    policy_family_definition_overrides=json.dumps({"num_workers": {"type": "fixed", "value": 0}}))
db.Cluster("of-a-family", policy_id=family.id, **base)
# A pool's id is the service's to give, so only a ban on pools is held against one.
pool = db.InstancePool("pool", instance_pool_name="pool", node_type_id="Standard_D4ds_v5",
    idle_instance_autotermination_minutes=10)
drawn = dict(spark_version="16.4.x-scala2.12", num_workers=1, instance_pool_id=pool.id)
one_pool = policy("one-pool", instance_pool_id={"type": "fixed", "value": "0101-pool"})
db.Cluster("fixed-pool", policy_id=one_pool, **drawn)
db.Cluster("banned-pool", policy_id=policy("no-pool", instance_pool_id={"type": "forbidden"}), **drawn)
db.Cluster("foreign", policy_id="E0631F5C0D0006D6", **base)
"""


def test_every_cluster_of_a_program_is_judged_by_its_own_policy(project: Project) -> None:
    assert found(project(UNDER_POLICIES), "DBX200") == {
        ("cluster", "numWorkers"),
        ("in-task", "tasks[0].newCluster.policyId"),
        ("repeated", "tasks[0].forEachTask.task.newCluster.numWorkers"),
        ("script", "initScripts[0].volumes.destination"),
        ("minutes", "autoterminationMinutes"),
        ("of-a-family", "numWorkers"),
        ("banned-pool", "instancePoolId"),
    }


GRANTED = """
import pulumi_databricks as db
def grants(name, *privileges, **on):
    db.Grants(name, grants=[{"principal": "data", "privileges": list(privileges)}], **on)
grants("catalog", "USE_CATALOG", "Use Schema", "external_use_schema", "READ_FILES", catalog="lake")
grants("credential", "ACCESS", "READ_FILES", credential="jobs")
grants("storage", "READ_FILES", "ACCESS", storage_credential="lake")
grants("view", "SELECT", "REFRESH", "USE_SCHEMA", table="lake.gold.sales")
db.Grant("single", principal="data", privileges=["USE_CONNECTION", "SELECT"], foreign_connection="sales")
"""


def test_privileges_are_those_of_each_kind_of_object(project: Project) -> None:
    assert found(project(GRANTED), "DBX203") == {
        ("catalog", "grants[0].privileges[3]"),
        ("credential", "grants[0].privileges[1]"),
        ("storage", "grants[0].privileges[1]"),
        ("view", "grants[0].privileges[2]"),
        ("single", "privileges[1]"),
    }


CLOUDS = """
import pulumi, pulumi_databricks as db
base = dict(spark_version="16.4.x-scala2.12", node_type_id="Standard_D4ds_v5", num_workers=2)
aws = {"aws_attributes": {"zone_id": "eu-west-1c"}}
db.InstancePool("pool", instance_pool_name="pool", node_type_id="Standard_D4ds_v5",
    idle_instance_autotermination_minutes=10, gcp_attributes={"gcp_availability": "ON_DEMAND_GCP"})
db.Job("job", job_clusters=[{"job_cluster_key": "a", "new_cluster": {**base, **aws}}],
    tasks=[{"task_key": "a", "job_cluster_key": "a", "notebook_task": {"notebook_path": "/Shared/a"}}])
db.Pipeline("pipeline", name="sales", catalog="lake", schema="gold", clusters=[{"label": "default", **aws}])
elsewhere = db.Provider("elsewhere", host="https://dbc-a1b2.cloud.databricks.com", auth_type="oauth-m2m")
db.Cluster("elsewhere", opts=pulumi.ResourceOptions(provider=elsewhere), **base, **aws)
"""


def test_other_clouds_attributes_are_refused_on_azure_only(project: Project) -> None:
    assert found(project(CLOUDS), "DBX204") == {
        ("pool", "gcpAttributes"),
        ("job", "jobClusters[0].newCluster.awsAttributes"),
        ("pipeline", "clusters[0].awsAttributes"),
    }


JOBS = """
import pulumi_databricks as db
spec = dict(spark_version="16.4.x-scala2.12", node_type_id="Standard_D4ds_v5", num_workers=2)
db.Job("clusters", job_clusters=[{"job_cluster_key": "a", "new_cluster": spec}])
db.Job("other", run_job_task={"job_id": 1})
db.Job("old", notebook_task={"notebook_path": "/Shared/a"}, new_cluster=spec)
"""


def test_a_job_without_tasks_has_nothing_that_came_with_them(project: Project) -> None:
    assert found(project(JOBS), "DBX205") == {("clusters", "jobClusters"), ("other", "runJobTask")}


PIPELINES = """
import pulumi_databricks as db
db.Pipeline("places", name="a", schema="gold", target="gold")
db.Pipeline("no-catalog", name="b", serverless=True)
db.Pipeline("machines", name="c", serverless=True, catalog="lake", clusters=[{"label": "default"}])
db.Pipeline("twice", name="d", catalog="lake", clusters=[{"num_workers": 1}, {"label": "default"}])
"""


def test_a_pipeline_says_one_of_each(project: Project) -> None:
    assert found(project(PIPELINES), "DBX208") == {
        ("places", "target"),
        ("no-catalog", "serverless"),
        ("machines", "clusters"),
        ("twice", "clusters[1].label"),
    }


FACTORY = """
import json, pulumi, pulumi_databricks as db
from pulumi_azure_native import datafactory, resources
group = resources.ResourceGroup("group", resource_group_name="rg-a", location="westeurope")
factory = datafactory.Factory("factory", resource_group_name=group.name, factory_name="adf-a", location="westeurope")
fixed = {"type": "fixed", "value": "16.4.x-scala2.12"}
most = {"type": "range", "maxValue": 4, "isOptional": True}
policy = db.ClusterPolicy("policy", name="policy", definition=json.dumps({"num_workers": most, "spark_version": fixed,
    "autoscale.max_workers": most, "custom_tags.team": {"type": "fixed", "value": "data"}}))
def service(name, policy_id=policy.id, **changes):
    cluster = {"new_cluster_version": "16.4.x-scala2.12", "new_cluster_num_of_worker": "2", **changes}
    datafactory.LinkedService(name, resource_group_name=group.name, factory_name=factory.name, linked_service_name=name,
        properties=datafactory.AzureDatabricksLinkedServiceArgs(type="AzureDatabricks", authentication="MSI",
            domain="https://adb-1.1.azuredatabricks.net", policy_id=policy_id, **cluster))
service("keeps")
service("more", new_cluster_num_of_worker="5")
service("grows", new_cluster_num_of_worker="2:5")
service("tagged", new_cluster_custom_tags={"team": "science"})
service("older", new_cluster_version="15.4.x-scala2.12")
service("expressed", new_cluster_version="@linkedService().version",
    new_cluster_num_of_worker={"type": "Expression", "value": "@linkedService().workers"})
service("theirs", policy_id="E0631F5C0D0006D6", new_cluster_num_of_worker="50")
service("existing", existing_cluster_id="0101-120000-abcdefgh", new_cluster_num_of_worker="50")
"""


def test_clusters_that_a_data_factory_asks_for_are_judged_too(project: Project) -> None:
    assert found(project(FACTORY), "DBX302") == {
        ("more", "properties.newClusterNumOfWorker"),
        ("grows", "properties.newClusterNumOfWorker"),
        ("tagged", "properties.newClusterCustomTags"),
        ("older", "properties.newClusterVersion"),
    }
