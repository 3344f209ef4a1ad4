"""What a program outside the platform may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

FEDERATED = {"cluster": {"issuer": "https://issuer.example.com/", "subject": "system:serviceaccount:a:b"}}
CLIENT, OBJECT = "f0000000-0000-4000-8000-000000000001", "f0000000-0000-4000-8000-000000000011"


def identity(**changes: object) -> Areas:
    return {"federated_credentials": FEDERATED, "rights": ["run-ml-jobs"], **changes}


def application(**changes: object) -> Areas:
    return {
        "application_id": CLIENT,
        "object_id": OBJECT,
        "secret_name": "dagster-client-secret",
        "rights": ["run-ml-jobs"],
        **changes,
    }


@pytest.mark.parametrize(
    ("area", "workload", "key", "message"),
    [
        (
            "workload_identities",
            identity(rights=[]),
            "rights",
            "is empty, and so is databricks_jobs; say what it may do, or remove it",
        ),
        (
            "workload_identities",
            identity(rights=["run-ml-jobs", "run-ml-jobs"]),
            "rights",
            "names run-ml-jobs twice",
        ),
        (
            "workload_identities",
            identity(databricks_jobs=["train"]),
            "databricks_jobs[0]",
            "'train' is not in databricks.jobs (there: make-tables, score-batch, set-aside, train-and-score,",
        ),
        (
            "workload_identities",
            identity(federated_credentials={}),
            "federated_credentials",
            "give at least 1",
        ),
        (
            "workload_applications",
            application(secret_name="a b"),
            "secret_name",
            "give letters, digits and hyphens",
        ),
        (
            "workload_applications",
            application(object_id=CLIENT),
            "object_id",
            "and an application in access.workload_applications.orchestrator.application_id",
        ),
        (
            "workload_applications",
            application(object_id="a0000000-0000-4000-8000-000000000007"),
            "object_id",
            "is that of personas.ci; a program outside has an application of its own",
        ),
    ],
)
def test_a_program_outside_is_refused(
    refusals: Refusals, area: str, workload: Areas, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["access"][area] = {"orchestrator": workload}

    assert message in refusals(edit)[f"access.{area}.orchestrator.{key}"]


def test_one_key_is_one_program(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["workload_identities"] = {"orchestrator": identity()}
        areas["access"]["workload_applications"] = {"orchestrator": application()}

    found = refusals(edit)
    assert found == {
        "access.workload_applications.orchestrator": "is in workload_identities too; give it another key"
    }


def test_a_secret_that_expires_unheard_is_refused(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["workload_applications"] = {"orchestrator": application()}
        del areas["monitoring"]

    assert refusals(edit) == {
        "access.workload_applications.orchestrator.secret_name": "expires one day, and nobody would get a mail; add "
        "monitoring with emails"
    }


def test_a_secret_without_a_vault_is_refused(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["access"]["workload_applications"] = {"orchestrator": application(rights=["read-secrets"])}
        for area in ("ml", "serving", "sources", "data_factory", "synapse", "monitoring", "databricks"):
            areas.pop(area, None)
        areas.pop("promotion")

    found = refusals(edit)
    assert (
        "is kept in the Key Vault of ml, and there is no ml"
        in (found["access.workload_applications.orchestrator.secret_name"])
    )
    assert "there is no ml; add ml" in found["access.workload_applications.orchestrator.rights"]
