"""Rules about Databricks that say more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.rehearsal.test_rule_branches import found

Project = Callable[..., Path]

JOBS = """
import pulumi, pulumi_databricks as databricks
here = "00000000-0000-0000-0000-000000000001"
provider = databricks.Provider("dbx", auth_type="azure-cli", host="https://adb-1.1.azuredatabricks.net")
inside = lambda *waits: pulumi.ResourceOptions(provider=provider, depends_on=list(waits))
ours = databricks.ServicePrincipal("ours", application_id=here, opts=inside())
rights = databricks.AccessControlRuleSet("rights",
    name=ours.application_id.apply(lambda it: f"accounts/a/servicePrincipals/{it}/ruleSets/default"),
    grant_rules=[{"role": f"roles/servicePrincipal.{role}", "principals": ["groups/owners"]}
        for role in ("user", "manager")], opts=inside())
databricks.AccessControlRuleSet("group-rules", name="accounts/a/groups/1/ruleSets/default", opts=inside(),
    grant_rules=[{"role": "roles/group.manager", "principals": ["groups/owners"]}])
def job(name, principal, *waits):
    databricks.Job(name, name=name, run_as={"service_principal_name": principal}, opts=inside(*waits))
job("waits", ours.application_id, rights)
job("early", ours.application_id)
job("of-another", "00000000-0000-0000-0000-000000000002")
"""

ENDPOINTS = """
import pulumi
from pulumi_azure_native import datafactory, network
here = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
workspace = f"{here}/Microsoft.Databricks/workspaces/dbw-a"
def endpoint(name, target, group, *waits):
    return network.PrivateEndpoint(name, private_endpoint_name=f"pep-{name}", resource_group_name="rg-a",
        location="westeurope", subnet={"id": f"{here}/Microsoft.Network/virtualNetworks/vnet-a/subnets/endpoints"},
        private_link_service_connections=[
            {"name": name, "private_link_service_id": target, "group_ids": [group]}],
        opts=pulumi.ResourceOptions(depends_on=list(waits)))
def managed(name, *waits):
    datafactory.ManagedPrivateEndpoint(name, factory_name="adf-a", resource_group_name="rg-a",
        managed_virtual_network_name="default", managed_private_endpoint_name=name,
        properties={"private_link_resource_id": workspace.upper(), "group_id": "databricks_ui_api"},
        opts=pulumi.ResourceOptions(depends_on=list(waits)))
front = endpoint("front", workspace, "databricks_ui_api")
browser = endpoint("browser", workspace, "browser_authentication", front)
endpoint("other", f"{workspace}-2", "databricks_ui_api")
managed("chained", browser)
"""

LOCATIONS = """
import pulumi, pulumi_databricks as databricks
from pulumi_azure_native import resources, storage
group = resources.ResourceGroup("group", resource_group_name="rg-a", location="westeurope")
account = storage.StorageAccount("lake", resource_group_name=group.name, account_name="stforecastlake",
    location="westeurope", kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
    is_hns_enabled=True)
made = {name: storage.BlobContainer(name, resource_group_name=group.name, account_name=account.name,
    container_name=name) for name in ("empty", "filled", "written")}
file = storage.Blob("file", resource_group_name=group.name, account_name=account.name,
    container_name=made["filled"].name, blob_name="readme")
provider = databricks.Provider("dbx", auth_type="azure-cli", host="https://adb-1.1.azuredatabricks.net")
def location(name, read_only=True, *waits):
    databricks.ExternalLocation(name, name=name, credential_name="lake", read_only=read_only,
        url=f"abfss://{name}@stforecastlake.dfs.core.windows.net/",
        opts=pulumi.ResourceOptions(provider=provider, depends_on=[account, *made.values(), *waits]))
location("empty")
location("filled", True, file)
location("written", False)
location("of-another")
"""


def test_a_job_of_a_principal_of_ours_waits_for_its_rights(project: Project) -> None:
    assert found(project(JOBS), "DBX240") == {("early", "runAs.servicePrincipalName")}


def test_a_rule_set_of_another_kind_needs_no_manager_of_a_principal(project: Project) -> None:
    assert found(project(JOBS), "DBX242") == set()


def test_a_factory_s_managed_endpoint_waits_for_the_others_of_its_workspace(project: Project) -> None:
    assert found(project(ENDPOINTS), "NET020") == set()
    at_once = ENDPOINTS.replace('managed("chained", browser)', 'managed("chained", front)')
    assert len(found(project(at_once), "NET020")) == 1


def test_only_an_empty_container_fails_the_check_of_a_read_only_location(project: Project) -> None:
    assert found(project(LOCATIONS), "DBX245") == {("empty", "skipValidation")}
