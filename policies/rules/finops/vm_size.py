"""Machines stay small enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

_SIZE = re.compile(r"(?:Standard|Basic)_(?P<family>[A-Z]+?)(?P<cores>\d+)(?:-\d+)?[a-z]*(?:_.*)?", re.ASCII)
_PATHS = (
    "properties.properties.vmSize",
    "vmSize",
    "agentPoolProfiles[].vmSize",
    "nodeTypeId",
    "driverNodeTypeId",
    "jobClusters[].newCluster.nodeTypeId",
    "jobClusters[].newCluster.driverNodeTypeId",
    "properties.instanceType",
)
_GPU_FAMILIES = ("NC", "ND", "NV", "NG", "HB", "HC", "HX")


def _check(judged: Judged) -> Iterator[str]:
    for path in _PATHS:
        for at, size in values(judged.props, path):
            found = _SIZE.fullmatch(size) if isinstance(size, str) else None
            if not found:
                continue
            if int(found["cores"]) > judged.limit("maximumCores"):
                yield f"{at} is {size}: at most {judged.limit('maximumCores')} cores"
            if found["family"] in _GPU_FAMILIES and found["family"] not in judged.words("accelerated"):
                yield f"{at} is {size}: GPUs must be allowed first (accelerated)"


RULE = Rule(
    id="AMLP-FN-003",
    title="Machines stay small enough",
    severity=Severity.MEDIUM,
    types=(
        "azure-native:machinelearningservices:Compute",
        "azure-native:containerservice:AgentPool",
        "azure-native:containerservice:ManagedCluster",
        "databricks:index/cluster:Cluster",
        "databricks:index/job:Job",
        "databricks:index/instancePool:InstancePool",
        "azure-native:machinelearningservices:OnlineDeployment",
    ),
    check=_check,
    why="A size with ten times the cores is one keystroke away.",
    fix="Choose a smaller size, or raise maximumCores here",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com virtual-machines vm-naming-conventions"),
    thresholds=(
        Threshold("maximumCores", 16, "cores of one machine", minimum=1),
        Threshold("accelerated", (), "families with GPUs that may be used, as NC or NV"),
    ),
    cases=Cases(
        allowed=(
            {"properties": {"computeType": "AmlCompute", "properties": {"vmSize": "Standard_D16ds_v5"}}},
        ),
        denied=(
            {"properties": {"computeType": "AmlCompute", "properties": {"vmSize": "Standard_D96ds_v5"}}},
            {
                "properties": {
                    "computeType": "AmlCompute",
                    "properties": {"vmSize": "Standard_NC24ads_A100_v4"},
                }
            },
        ),
        omitted={},
        unknown={"properties": {"computeType": "AmlCompute", "properties": {"vmSize": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
