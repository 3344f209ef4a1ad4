"""What the code of a notebooks' branch reaches."""

from __future__ import annotations

import json

from tests.infra.databricks.test_order import everything
from tests.infra.stack_settings import settings_of

BRANCHES = "c0000000-0000-4000-8000-000000000051"


def test_the_principal_of_branches_starts_one_cluster_and_has_nothing_else() -> None:
    named = {
        name: resource["inputs"]
        for name, resource in everything("dev").items()
        if BRANCHES in json.dumps(resource["inputs"])
    }
    assert set(named) == {
        "databricks-smoke-tests-principal",
        "databricks-cluster-smoke-tests-permissions",
    }
    assert named["databricks-cluster-smoke-tests-permissions"]["accessControls"] == [
        {"permissionLevel": "CAN_RESTART", "servicePrincipalName": BRANCHES}
    ]


def test_its_cluster_carries_no_secret() -> None:
    cluster = everything("dev")["databricks-cluster-smoke-tests"]["inputs"]
    assert cluster["dataSecurityMode"] == "USER_ISOLATION"
    assert not [name for name, value in cluster["sparkEnvVars"].items() if "{{secrets/" in value]


def test_production_runs_no_branch() -> None:
    databricks = settings_of("prod").databricks
    assert databricks is not None
    assert databricks.smoke_tests is None
