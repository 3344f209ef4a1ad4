"""Every scenario is judged by the pack: what it declares is accepted, but for what its own settings ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from policies.frame.registry import all_rules
from policies.frame.rule import Kind
from policies.frame.waivers import read_waivers
from tests.infra.platforms import SCENARIOS, rehearsed
from tests.infra.stack_settings import settings_of
from tests.policies.waived import violations_and_unused
from tests.reference_platform import FOLDER

pytestmark = pytest.mark.xdist_group("platforms")

_OF_DEV = [
    dataclasses.replace(waiver, resource=waiver.resource.replace("dev/", "test/", 1))
    for waiver in read_waivers(FOLDER / "waivers.yaml", {rule.id for rule in all_rules()})
]
"""Scenarios are dev with a patch, under the stack name test: what is waived for dev is waived for them."""

_OPEN_SETTINGS = "each switch that Databricks has, set to its other value"
_NO_PERMISSIONS = "a cluster with permissions: {}"

EXPECTED: Mapping[str, Mapping[str, str]] = {
    "data-max": {
        "AMLP-CA-005 test/azure-native:app:ContainerApp/app-forecast-api": "first_image is a sample under latest",
        "AMLP-DF-006 test/azure-native:datafactory:LinkedService/linked-service-crm": "PostgreSQL with a password",
        "AMLP-DF-006 test/azure-native:datafactory:LinkedService/linked-service-warehouse": "ODBC has no identities",
        "AMLP-DF-020 test/azure-native:datafactory:Pipeline/pipeline-everything": "its leads have no window_column",
    },
    "databricks-max": {
        **{
            f"{rule} test/databricks:index/workspaceConf:WorkspaceConf/databricks-switches": _OPEN_SETTINGS
            for rule in ("AMLP-DO-009", "AMLP-DO-010", "AMLP-DO-013", "AMLP-DO-014")
        },
        "AMLP-DO-046 test/databricks:index/cluster:Cluster/databricks-cluster-engineering": _NO_PERMISSIONS,
        "AMLP-DO-026 test/databricks:index/job:Job/databricks-job-every-kind": "max_concurrent_runs is 3",
        "AMLP-DO-028 test/databricks:index/instancePool:InstancePool/databricks-pool-on-demand": "min_idle is 1",
        "AMLP-DO-042 test/databricks:index/modelServing:ModelServing/databricks-serving-endpoint-demand": (
            "scale_to_zero is false for one model"
        ),
    },
    "private-existing": {
        "AMLP-DO-047 test/azure-native:databricks:Workspace/databricks-workspace": "databricks.workspace alone",
        "AMLP-NW-011 test/azure-native:databricks:Workspace/databricks-workspace": (
            "browser_authentication is another workspace's"
        ),
    },
    "ml-defaults": {
        "AMLP-ML-027 test/azure-native:machinelearningservices:Compute/aks-attached-compute": (
            "a cluster with no instance types of its own"
        ),
    },
    "ml-max": {
        "AMLP-AC-012 test/azure-native:machinelearningservices:Compute/aks-attached-compute": (
            "reading the workspace is what deployments need, not the attachment"
        ),
        "AMLP-FN-003 test/azure-native:machinelearningservices:Compute/ml-training-cluster-gpu": "gpu is true",
        "AMLP-KS-014 test/azure-native:containerservice:AgentPool/aks-bulk-pool": "min_nodes is 0",
        "AMLP-ML-021 test/azure-native:machinelearningservices:OnlineEndpoint/online-endpoint-fleet": (
            "authentication is by key"
        ),
        "AMLP-RC-001 test/azure-native:machinelearningservices:Compute/ml-compute-instance-ada": (
            "protected is false: the instance is about to go"
        ),
    },
}
"""By scenario: rule and place, and the setting of the scenario's that causes it."""


@pytest.mark.parametrize("scenario", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
def test_the_pack_accepts_what_the_scenario_declares(scenario: str) -> None:
    rehearsal = rehearsed(scenario)
    assert rehearsal.error is None
    workload = settings_of(scenario).environment.workload
    found, _ = violations_and_unused(rehearsal.world, "test", Kind.NONPROD, _OF_DEV, workload=workload)
    violations = {f"{rule} {place}": message for rule, place, message in found}
    assert violations.keys() == EXPECTED.get(scenario, {}).keys(), violations
