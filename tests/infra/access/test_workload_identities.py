"""Programs outside the platform: identities without a secret, and applications with one."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pytest

from rehearsal.run import Rehearsal
from tests.infra.platforms import rehearse_patched, rehearsed, resources_in

CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential"
MEMBER = "databricks:index/servicePrincipal:ServicePrincipal"
PERMISSIONS = "databricks:index/permissions:Permissions"
SUBSCRIPTION = "azure-native:eventgrid:SystemTopicEventSubscription"
APPLICATION = "f0000000-0000-4000-8000-000000000001"


def credential(subject: str) -> dict[str, str]:
    return {"issuer": "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/", "subject": subject}


@functools.cache
def with_orchestrators() -> Rehearsal:
    airflow = {
        "federated_credentials": {
            "scheduler": credential("system:serviceaccount:airflow:scheduler"),
            "triggerer": credential("system:serviceaccount:airflow:triggerer"),
            "worker": credential("system:serviceaccount:airflow:worker"),
        },
        "rights": ["run-ml-jobs", "read-secrets"],
        "databricks_jobs": ["train-and-score"],
    }
    dagster = {
        "application_id": APPLICATION,
        "object_id": "f0000000-0000-4000-8000-000000000011",
        "secret_name": "dagster-client-secret",
        "rights": ["call-ml-endpoints"],
        "databricks_jobs": ["train-and-score", "score-batch"],
    }
    access = {"workload_identities": {"airflow": airflow}, "workload_applications": {"dagster": dagster}}
    return rehearse_patched({"access": access, "data_factory": None, "serving": None}, base="prod")


def granted_to(name: str) -> list[tuple[str, str, str]]:
    return [
        (grant.role, grant.scope.split()[0], grant.description)
        for grant in with_orchestrators().inventory.access
        if grant.description.startswith(f"{name}: ")
        or (grant.role == "acts as" and f":serviceaccount:{name}:" in grant.principal)
    ]


def test_it_rehearses_clean() -> None:
    rehearsal = with_orchestrators()
    assert rehearsal.error is None
    assert rehearsal.refusals == ()


def test_it_gets_what_its_rights_say_and_nothing_else() -> None:
    assert granted_to("airflow") == [
        ("Key Vault Secrets User", "keyvault.Vault", "airflow: reads secrets"),
        (
            "ML data scientist without compute (forecast test)",
            "machinelearningservices.Workspace",
            "airflow: starts jobs on compute that exists",
        ),
        ("Storage Blob Data Contributor", "storage.StorageAccount", "airflow: uploads the jobs' code"),
        # Its three pods, each by its service account.
        *[("acts as", "managedidentity.UserAssignedIdentity", "")] * 3,
    ]
    assert granted_to("dagster") == [
        ("ML endpoint caller (forecast test)", "machinelearningservices.Workspace", "dagster: scores")
    ]


def test_its_federated_credentials_are_written_one_after_the_other() -> None:
    world = with_orchestrators().world
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


def test_in_databricks_each_starts_its_own_jobs_and_no_other() -> None:
    resources = resources_in(with_orchestrators())
    (airflow,) = [
        resource["outputs"]["clientId"]
        for resource in resources
        if resource["name"] == "airflow-identity" and resource["type"].endswith(":UserAssignedIdentity")
    ]
    members = {
        resource["inputs"]["applicationId"]
        for resource in resources
        if resource["type"] == MEMBER and resource["name"].startswith("databricks-orchestrator-")
    }
    assert members == {airflow, APPLICATION}
    starters = {
        resource["name"]: {
            entry["servicePrincipalName"]
            for entry in resource["inputs"]["accessControls"]
            if entry["permissionLevel"] == "CAN_MANAGE_RUN" and entry.get("servicePrincipalName") in members
        }
        for resource in resources
        if resource["type"] == PERMISSIONS and "-job-" in resource["name"]
    }
    assert starters == {
        "databricks-job-train-and-score-permissions": {airflow, APPLICATION},
        "databricks-job-score-batch-permissions": {APPLICATION},
        "databricks-job-make-tables-permissions": set(),
        "databricks-job-set-aside-permissions": set(),
        "databricks-job-train-many-models-permissions": set(),
    }


def test_what_each_signs_in_with_is_exported_and_no_secret() -> None:
    workloads = with_orchestrators().outputs["workloads"]
    assert isinstance(workloads, Mapping)
    assert set(workloads["airflow"]) == {"tenant_id", "client_id", "principal_id"}
    assert workloads["dagster"] == {
        "tenant_id": "11111111-1111-1111-1111-111111111111",
        "client_id": APPLICATION,
        "principal_id": "f0000000-0000-4000-8000-000000000011",
        "secret_name": "dagster-client-secret",
    }


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_secret_that_expires_is_told_to_the_action_group(stack: str) -> None:
    """Of the platform's vault, and of each secret scope's."""
    told = list(rehearsed(stack).world.of_types((SUBSCRIPTION,)))
    assert len(told) == 2
    for subscription in told:
        assert subscription.text("filter.includedEventTypes[0]") == "Microsoft.KeyVault.SecretNearExpiry"
        group = subscription.text("destination.actionGroups[0]")
        assert group.rpartition("/")[2] == f"ag-forecast-platform-{stack}-weu"


def test_without_the_setting_there_is_none() -> None:
    world = rehearsed("prod").world
    assert list(world.of_types((CREDENTIAL,))) == []
    assert [item for item in world.of_types((MEMBER,)) if "orchestrator" in item.urn] == []
