"""Identities for programs outside the platform."""

from __future__ import annotations

import functools

from rehearsal.run import Rehearsal
from tests.infra.platforms import rehearse_patched, rehearsed

CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential"


def credential(subject: str) -> dict[str, str]:
    return {"issuer": "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/", "subject": subject}


@functools.cache
def with_airflow() -> Rehearsal:
    airflow = {
        "federated_credentials": {
            "scheduler": credential("system:serviceaccount:airflow:scheduler"),
            "triggerer": credential("system:serviceaccount:airflow:triggerer"),
            "worker": credential("system:serviceaccount:airflow:worker"),
        },
        "rights": ["run-ml-jobs", "read-secrets"],
    }
    return rehearse_patched(
        {
            "access": {"workload_identities": {"airflow": airflow}},
            "databricks": None,
            "data_factory": None,
            "serving": None,
        },
        base="prod",
    )


def test_it_gets_what_its_rights_say_and_nothing_else() -> None:
    found = [
        (grant.role, grant.scope.split()[0], grant.description)
        for grant in with_airflow().inventory.access
        if "airflow" in grant.principal
    ]
    assert found == [
        ("Key Vault Secrets User", "keyvault.Vault", "airflow: reads secrets"),
        (
            "ML data scientist without compute (forecast test)",
            "machinelearningservices.Workspace",
            "airflow: starts jobs on compute that exists",
        ),
        ("Storage Blob Data Contributor", "storage.StorageAccount", "airflow: uploads the jobs' code"),
    ]


def test_its_federated_credentials_are_written_one_after_the_other() -> None:
    world = with_airflow().world
    first, second, third = sorted(world.of_types((CREDENTIAL,)), key=lambda item: item.order)
    assert [item.text("subject").rpartition(":")[2] for item in (first, second, third)] == [
        "scheduler",
        "triggerer",
        "worker",
    ]
    assert world.depends_on(second, first)
    assert world.depends_on(third, second)
    audiences = [item.value("audiences") for item in (first, second, third)]
    assert audiences == [["api://AzureADTokenExchange"]] * 3


def test_without_the_setting_there_is_none() -> None:
    assert list(rehearsed("prod").world.of_types((CREDENTIAL,))) == []
