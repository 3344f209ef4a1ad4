"""Paths of `ignore_changes` and `replace_on_changes`."""

from __future__ import annotations

import pytest

from rehearsal.model.paths import parse, write
from rehearsal.sdk import ProblemKind, SdkProblem, check_property_path

STORAGE_ACCOUNT = "azure-native:storage:StorageAccount"
ML_COMPUTE = "azure-native:machinelearningservices:Compute"
ML_WORKSPACE = "azure-native:machinelearningservices:Workspace"
MANAGED_CLUSTER = "azure-native:containerservice:ManagedCluster"
JOB = "databricks:index/job:Job"


@pytest.mark.parametrize(
    ("type_token", "path"),
    [
        (STORAGE_ACCOUNT, "isHnsEnabled"),
        (STORAGE_ACCOUNT, "*"),
        (STORAGE_ACCOUNT, 'tags["cost.center"]'),
        (STORAGE_ACCOUNT, "tags.owner"),
        (STORAGE_ACCOUNT, '["sku"].name'),
        (STORAGE_ACCOUNT, "networkRuleSet.ipRules[0].iPAddressOrRange"),
        (STORAGE_ACCOUNT, "primaryEndpoints.blob"),
        (STORAGE_ACCOUNT, "encryption.services.*.enabled"),
        (ML_COMPUTE, "properties"),
        (ML_COMPUTE, "properties.properties.vmSize"),
        (ML_COMPUTE, "properties.properties.subnet.id"),
        (ML_COMPUTE, "properties.properties.databricksAccessToken"),
        (ML_COMPUTE, "properties.properties.instanceTypes"),
        (ML_WORKSPACE, "storageAccount"),
        (ML_WORKSPACE, "managedNetwork.outboundRules"),
        (MANAGED_CLUSTER, "agentPoolProfiles[*].count"),
        (MANAGED_CLUSTER, "agentPoolProfiles[0].orchestratorVersion"),
        (JOB, "tasks[0].newCluster.numWorkers"),
        (JOB, 'jobClusters[*].newCluster.sparkConf["spark.master"]'),
        (JOB, "url"),
        ("pulumi:providers:databricks", "host"),
    ],
)
def test_a_path_that_leads_somewhere(type_token: str, path: str) -> None:
    assert check_property_path(type_token, path) is None


@pytest.mark.parametrize(
    ("type_token", "path", "message"),
    [
        (
            ML_COMPUTE,
            "properties.vmSize",
            "'properties' has no property 'vmSize'; did you mean 'properties.properties.vmSize'?",
        ),
        (
            ML_COMPUTE,
            "properties.properties.vm_size",
            "'properties.properties' has no property 'vm_size'; did you mean 'properties.properties.vmSize'?",
        ),
        (
            STORAGE_ACCOUNT,
            "network_rule_set.default_action",
            "StorageAccount has no property 'network_rule_set'; did you mean 'networkRuleSet.defaultAction'?",
        ),
        (
            STORAGE_ACCOUNT,
            "network_rule_set.nonsense",
            "StorageAccount has no property 'network_rule_set'; did you mean 'networkRuleSet'?",
        ),
        (
            STORAGE_ACCOUNT,
            "defaultAction",
            "StorageAccount has no property 'defaultAction'; did you mean 'networkRuleSet.defaultAction'?",
        ),
        (STORAGE_ACCOUNT, "sku.tierr", "'sku' has no property 'tierr'; it has 'name'"),
        (STORAGE_ACCOUNT, "sku[0]", "'sku' is an object (Sku): '[0]' leads to nothing below it"),
        (STORAGE_ACCOUNT, "accountName.x", "'accountName' is a string: 'x' leads to nothing below it"),
        (
            STORAGE_ACCOUNT,
            "tags[0]",
            "'tags' is a map (each value a string): '[0]' leads to nothing below it",
        ),
        (
            STORAGE_ACCOUNT,
            "[0].sku",
            "StorageAccount is an object (StorageAccount): '[0]' leads to nothing below it",
        ),
        (STORAGE_ACCOUNT, "", "'' is no property path: it is empty"),
        (STORAGE_ACCOUNT, "sku[", "'sku[' is no property path: it cannot be read from '[' on"),
        (
            STORAGE_ACCOUNT,
            'tags["owner]',
            "'tags[\"owner]' is no property path: it cannot be read from '[\"owner]' on",
        ),
        (
            MANAGED_CLUSTER,
            "agentPoolProfiles.count",
            "'agentPoolProfiles' is a list: say which items, 'agentPoolProfiles[*].count' or "
            "'agentPoolProfiles[0].count'",
        ),
        (
            MANAGED_CLUSTER,
            "agent_pool_profiles[0].order",
            "ManagedCluster has no property 'agent_pool_profiles'; did you mean 'agentPoolProfiles'?",
        ),
        (
            JOB,
            "tasks[0].new_cluster.num_workers",
            "'tasks[0]' has no property 'new_cluster'; did you mean 'tasks[0].newCluster.numWorkers'?",
        ),
    ],
)
def test_a_path_that_leads_nowhere_says_what_was_meant(type_token: str, path: str, message: str) -> None:
    assert check_property_path(type_token, path) == SdkProblem(ProblemKind.BAD_PATH, path, message)


def test_a_path_of_an_unknown_type() -> None:
    problem = check_property_path("platform:ml:Workspace", "name")
    assert problem is not None
    assert problem.kind is ProblemKind.UNKNOWN_TYPE


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("root.nested", ("root", "nested")),
        ('root["key with a ."][100].nested', ("root", "key with a .", 100, "nested")),
        (r'root["key with \"escaped\" quotes"]', ("root", 'key with "escaped" quotes')),
        ("root[*].nested", ("root", "*", "nested")),
        ('root.array["*"].field', ("root", "array", "*", "field")),
        ("*", ("*",)),
        ("root.key-with-dash", ("root", "key-with-dash")),
    ],
)
def test_paths_are_read_as_the_engine_reads_them(path: str, steps: tuple[str | int, ...]) -> None:
    assert parse(path) == steps
    assert parse(write(steps)) == steps
