"""What the simulated cloud answers: ids, outputs, secrets."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.immutables import IMMUTABLE_PROPERTIES, ONE_WAY
from rehearsal.cloud.catalogue.names import NAMED_TYPES
from rehearsal.cloud.catalogue.replacements import AZURE_NATIVE_REPLACES, DATABRICKS_REPLACES
from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.cloud.change import ResourceRecord
from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.state import CloudState
from rehearsal.model.paths import walk
from rehearsal.model.request import Answer, Request
from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.provider.known_outputs import known_outputs
from rehearsal.run import rehearse
from rehearsal.sdk import check_property_path, resource_shape

Project = Callable[..., Path]

SUBSCRIPTION = "10000000-0000-0000-0000-000000000000"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-ml-dev"


def create(
    token: str, inputs: dict[str, object], provider: dict[str, object] | None = None, name: str = "x"
) -> Answer:
    cloud = SimulatedCloud(
        CloudState(datetime.date(2026, 11, 21)), SUBSCRIPTION, "20000000-0000-0000-0000-000000000000"
    )
    return cloud.answer(Request(f"urn:pulumi:dev::p::{token}::{name}", token, name, inputs, provider or {}))


def test_an_azure_id_is_made_of_the_names() -> None:
    answer = create(
        "azure-native:storage:BlobContainer",
        {"resourceGroupName": "rg-ml-dev", "accountName": "stmldev", "containerName": "raw"},
    )
    assert answer.id == (
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stmldev/blobServices/default/containers/raw"
    )
    assert answer.outputs == {
        "name": "raw",
        "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
    }


def test_a_second_workspace_conf_is_a_patch_and_no_conflict() -> None:
    state = CloudState(datetime.date(2026, 11, 21))
    token = "databricks:index/workspaceConf:WorkspaceConf"
    for name in ("tokens", "downloads"):
        record = ResourceRecord(
            f"urn:pulumi:dev::p::{token}::{name}", token, {}, "_", "adb-1.2.azuredatabricks.net"
        )
        assert state.create(record) is None


def test_an_extension_resource_lies_below_its_scope() -> None:
    answer = create(
        "azure-native:authorization:RoleAssignment", {"scope": GROUP, "roleAssignmentName": "6f9619ff"}
    )
    assert answer.id == f"{GROUP}/providers/Microsoft.Authorization/roleAssignments/6f9619ff"


def test_a_name_left_out_is_made_up_as_the_provider_does() -> None:
    account = create("azure-native:storage:StorageAccount", {"resourceGroupName": "rg-ml-dev"}, name="lake")
    assert re.fullmatch(r"lake[0-9a-f]{8}", account.id.rpartition("/")[2])
    grant = create("azure-native:authorization:RoleAssignment", {"scope": GROUP})
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", grant.id.rpartition("/")[2])


def test_an_explicit_providers_subscription_wins() -> None:
    answer = create(
        "azure-native:resources:ResourceGroup",
        {"resourceGroupName": "rg-ml-dev"},
        provider={"subscriptionId": "30000000-0000-0000-0000-000000000000"},
    )
    assert answer.id == "/subscriptions/30000000-0000-0000-0000-000000000000/resourceGroups/rg-ml-dev"


def test_a_user_assigned_identity_has_the_same_principal_wherever_it_shows() -> None:
    identity = create(
        "azure-native:managedidentity:UserAssignedIdentity",
        {"resourceGroupName": "rg-ml-dev", "resourceName": "id-ml"},
    )
    workspace = create(
        "azure-native:machinelearningservices:Workspace",
        {
            "resourceGroupName": "rg-ml-dev",
            "workspaceName": "mlw",
            "location": "westeurope",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
        },
    )
    assert workspace.outputs["identity"] == {
        "type": "UserAssigned",
        "userAssignedIdentities": {
            identity.id: {
                "principalId": identity.outputs["principalId"],
                "clientId": identity.outputs["clientId"],
            }
        },
    }
    assert (
        workspace.outputs["mlFlowTrackingUri"]
        == f"azureml://westeurope.api.azureml.ms/mlflow/v1.0{workspace.id}"
    )


def test_a_databricks_workspace_and_its_provider_agree_on_the_host() -> None:
    workspace = create(
        "azure-native:databricks:Workspace", {"resourceGroupName": "rg-ml-dev", "workspaceName": "dbw"}
    )
    host = str(workspace.outputs["workspaceUrl"])
    found = re.fullmatch(r"adb-(\d{16})\.(\d+)\.azuredatabricks\.net", host)
    assert found is not None
    assert int(found[1]) % 20 == int(found[2])
    job = create(
        "databricks:index/job:Job", {"name": "train"}, provider={"azureWorkspaceResourceId": workspace.id}
    )
    assert job.outputs["url"] == f"https://{host}/#job/{job.id}"


def test_a_token_is_a_secret_and_a_permission_is_named_after_its_object() -> None:
    token = create("databricks:index/token:Token", {"comment": "x"})
    assert isinstance(token.outputs["tokenValue"], Secret)
    assert create("databricks:index/permissions:Permissions", {"jobId": "123"}).id == "/jobs/123"
    assert (
        create("databricks:index/grants:Grants", {"schema": "ml_dev.features"}).id == "schema/ml_dev.features"
    )


def test_a_cluster_without_an_issuer_has_no_issuer_url() -> None:
    inputs: dict[str, object] = {
        "resourceGroupName": "rg-ml-dev",
        "resourceName": "aks",
        "dnsPrefix": "aks",
        "location": "westeurope",
    }
    assert "oidcIssuerProfile" not in create("azure-native:containerservice:ManagedCluster", inputs).outputs
    with_issuer = create(
        "azure-native:containerservice:ManagedCluster", {**inputs, "oidcIssuerProfile": {"enabled": True}}
    )
    assert isinstance(with_issuer.outputs["oidcIssuerProfile"], dict)
    assert str(with_issuer.outputs["oidcIssuerProfile"]["issuerURL"]).startswith(
        "https://westeurope.oic.prod-aks.azure.com/"
    )
    assert with_issuer.outputs["nodeResourceGroup"] == "MC_rg-ml-dev_aks_westeurope"


def test_a_type_outside_the_catalogue_is_answered_and_counted(project: Project) -> None:
    program = """
from pulumi_azure_native import dashboard
dashboard.Grafana("grafana", resource_group_name="rg-ml-dev", workspace_name="amg-ml-dev", location="westeurope")
"""
    result = rehearse(project(program), "dev")
    assert result.inventory.generic_types == {"azure-native:dashboard:Grafana": 1}
    assert result.world.resources[0].id.endswith(
        "/resourceGroups/rg-ml-dev/providers/Microsoft.Dashboard/grafanas/amg-ml-dev"
    )


def test_the_tables_name_real_types_and_properties() -> None:
    for table in (NAMED_TYPES, UNIQUE_NAMES):
        for token, row in table.items():
            shape = resource_shape(token)
            assert shape is not None, token
            assert row.property in shape.inputs, token
    paths = [
        (token, path) for token, rows in IMMUTABLE_PROPERTIES.items() for row in rows for path in row.paths
    ]
    paths += [(token, row.path) for token, rows in ONE_WAY.items() for row in rows]
    paths += [
        (token, path)
        for table in (AZURE_NATIVE_REPLACES, DATABRICKS_REPLACES)
        for token, replaced in table.items()
        for path in replaced
        if path != "*"
    ]
    for token, path in paths:
        assert check_property_path(token, path) is None, (token, path)
    assert {token for token, _ in paths} | set(DATABRICKS_REPLACES) <= set(CATALOGUE)


def test_keys_from_a_provider_function_are_plain_and_caught_when_they_leak(project: Project) -> None:
    program = """
import pulumi
from pulumi_azure_native import storage
keys = storage.list_storage_account_keys_output(account_name="stshared", resource_group_name="rg-shared").keys
pulumi.export("kept", pulumi.Output.secret(keys[0].value))
pulumi.export("leaked", keys[0].value)
"""
    result = rehearse(project(program), "dev")
    assert [(finding.rule, finding.path) for finding in result.warnings] == [("SEC001", "leaked")]
    assert result.outputs == {"kept": "[secret]", "leaked": "[secret]"}


def test_an_existing_resource_is_read_by_its_id(project: Project) -> None:
    account = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stshared"
    program = f"""
import pulumi
from pulumi_azure_native import storage
shared = storage.StorageAccount.get("shared", "{account}")
pulumi.export("blob", shared.primary_endpoints.blob)
"""
    result = rehearse(project(program), "dev")
    assert result.outputs == {"blob": "https://stshared.blob.core.windows.net/"}
    assert [(resource.id, resource.external) for resource in result.world.resources] == [(account, True)]


def test_a_registry_names_the_accounts_that_it_made_once_it_stands() -> None:
    token = "azure-native:machinelearningservices:Registry"

    def region(location: str) -> dict[str, object]:
        return {
            "location": location,
            "storageAccountDetails": [
                {"systemCreatedStorageAccount": {"storageAccountType": "Standard_ZRS"}}
            ],
            "acrDetails": [{"systemCreatedAcrAccount": {"acrAccountSku": "Premium"}}],
        }

    inputs: dict[str, object] = {
        "resourceGroupName": "rg-ml-prod",
        "registryName": "mlr-ml-prod",
        "location": "westeurope",
        "regionDetails": [region("westeurope"), region("northeurope")],
    }
    outputs = create(token, inputs).outputs
    group = walk(outputs, "managedResourceGroup.resourceId")
    storage, images = (
        [walk(outputs, f"regionDetails[{place}].{path}.armResourceId.resourceId") for place in (0, 1)]
        for path in (
            "storageAccountDetails[0].systemCreatedStorageAccount",
            "acrDetails[0].systemCreatedAcrAccount",
        )
    )
    assert all(str(item).startswith(f"{group}/providers/Microsoft.Storage/") for item in storage)
    assert all(str(item).startswith(f"{group}/providers/Microsoft.ContainerRegistry/") for item in images)
    # An account in each region, and one registry of images for all.
    assert (len(set(storage)), len(set(images))) == (2, 1)
    for stands, told in ((True, storage[0]), (False, None)):
        known = known_outputs(token, inputs, outputs, stands=stands)
        path = "regionDetails[0].storageAccountDetails[0].systemCreatedStorageAccount"
        assert walk(known, f"{path}.storageAccountType") == "Standard_ZRS"
        assert walk(known, f"{path}.armResourceId") == (UNKNOWN if told is None else {"resourceId": told})
