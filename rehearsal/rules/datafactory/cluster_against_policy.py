"""The clusters that a data factory asks Databricks for keep to their policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from azure_facts.cluster_policies.attributes import ClusterType
from azure_facts.cluster_policies.elements import DEFINITION_PAGE
from azure_facts.cluster_policies.evaluation import contradictions
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.policy_view import as_api, policy_with_id, read_policy
from rehearsal.rules.datafactory.parts import LINKED_SERVICE, part
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_ATTRIBUTES: Mapping[str, str] = {
    "custom_tags": "newClusterCustomTags",
    "driver_node_type_id": "newClusterDriverNodeType",
    "enable_elastic_disk": "newClusterEnableElasticDisk",
    "instance_pool_id": "instancePoolId",
    "node_type_id": "newClusterNodeType",
    "spark_conf": "newClusterSparkConf",
    "spark_env_vars": "newClusterSparkEnvVars",
    "spark_version": "newClusterVersion",
}
"""Attribute of the Clusters API -> property of the linked service that becomes it."""
_WORKERS = "newClusterNumOfWorker"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """The factory deploys as it is; the run of each activity is what Databricks refuses."""
    properties = resource.value("properties")
    if resource.text("properties.type") != "AzureDatabricks" or not isinstance(properties, Mapping):
        return
    policy = policy_with_id(properties.get("policyId"), world)
    if policy is None or properties.get("existingClusterId"):
        return
    attributes = {name: as_api(name, _stated(properties.get(given))) for name, given in _ATTRIBUTES.items()}
    attributes |= _size(_stated(properties.get(_WORKERS)))
    for found in contradictions(read_policy(policy), attributes, ClusterType.JOB):
        given = _ATTRIBUTES.get(found.path.partition(".")[0])
        if given is None:
            given = (
                _WORKERS
                if found.path in ("num_workers", "autoscale.max_workers", "autoscale.min_workers")
                else "policyId"
            )
        yield Violation(
            f"properties.{given}",
            f"{found.path} {found.message} (policy '{policy.name}'); no activity that runs on it would start",
        )


def _stated(value: object) -> object:
    """An expression is filled in at each run."""
    if isinstance(value, Mapping) and value.get("type") == "Expression":
        return UNKNOWN
    return UNKNOWN if isinstance(value, str) and value.startswith("@") else value


def _size(workers: object) -> Mapping[str, object]:
    """A number of workers, or the least and the most of them: `2:8`."""
    if not isinstance(workers, str):
        return {"num_workers": as_api("", workers)}
    least, _, most = workers.partition(":")
    return {"autoscale": {"min_workers": least, "max_workers": most}} if most else {"num_workers": workers}


def _case(workers: str) -> Case:
    limits = {
        "cluster_type": {"type": "fixed", "value": "job"},
        "autoscale.max_workers": {"type": "range", "maxValue": 4, "isOptional": True},
        "num_workers": {"type": "range", "maxValue": 4, "isOptional": True},
    }
    service = {
        "properties": {
            "type": "AzureDatabricks",
            "authentication": "MSI",
            "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
            "newClusterNodeType": "Standard_D4ds_v5",
            "newClusterVersion": "16.4.x-scala2.12",
            _WORKERS: workers,
            "policyId": Ref("policy"),
        }
    }
    return Case(
        (
            Declared(
                tokens.DATABRICKS_PROVIDER,
                {"host": "https://adb-1234567890123456.7.azuredatabricks.net", "authType": "azure-cli"},
                "deployer",
            ),
            declare(
                tokens.CLUSTER_POLICY,
                {"definition": json.dumps(limits)},
                name="policy",
                provider="deployer",
            ),
            part(LINKED_SERVICE, "databricks", service, "policy"),
        )
    )


RULE = Rule(
    id="DBX302",
    service="Data Factory",
    title="the clusters that activities ask Databricks for keep to their policy",
    applies_to=(LINKED_SERVICE,),
    status=0,
    code="",
    source="Azure/azure-rest-api-specs datafactory 2018-06-01, AzureDatabricksLinkedServiceTypeProperties (policyId, "
    f"newCluster…, as pulumi-azure-native 3.29.0 repeats it; read 2026-11-30); {DEFINITION_PAGE.page}",
    check=_check,
    trips=_case("2:8"),
    passes=_case("2:4"),
    severity=Severity.WARNING,
)
