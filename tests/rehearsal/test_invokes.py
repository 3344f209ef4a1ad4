"""Provider functions: answered from what the program created, from the catalogue, or said to be generic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rehearsal.report import render
from rehearsal.run import rehearse

Project = Callable[..., Path]

PROGRAM = """
import pulumi
import pulumi_databricks as databricks
from pulumi_azure_native import authorization, keyvault, managedidentity, storage, resources
group = resources.ResourceGroup("rg", resource_group_name="rg-a", location="westeurope")
account = storage.StorageAccount("lake", resource_group_name=group.name, account_name="sta", location="westeurope",
    kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2", is_hns_enabled=True)
found = storage.get_storage_account_output(resource_group_name=group.name, account_name=account.name)
pulumi.export("created", {"id": found.id, "hns": found.is_hns_enabled, "dfs": found.primary_endpoints.dfs})
vault = keyvault.get_vault_output(resource_group_name="rg-hub", vault_name="kv-hub")
pulumi.export("existing", vault.id)
pulumi.export("caller", authorization.get_client_config_output().tenant_id)

provider = databricks.Provider("dbx", host="https://adb-1.2.azuredatabricks.net", auth_type="azure-cli")
through = pulumi.InvokeOptions(provider=provider)
people = databricks.Group("people", display_name="data-scientists", opts=pulumi.ResourceOptions(provider=provider))
pulumi.export("group", people.display_name.apply(
    lambda name: databricks.get_group(display_name=name, opts=through).id))
pulumi.export("same", people.id)
pulumi.export("runtime", databricks.get_spark_version(ml=True, opts=through).id)
pulumi.export("node", databricks.get_node_type(local_disk=True, opts=through).id)
pulumi.export("me", databricks.get_current_user(opts=through).home)
databricks.get_zones(opts=through)
databricks.get_zones(opts=through)
"""


def test_functions_answer_from_what_stands_and_from_the_catalogue(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev")
    assert result.error is None, result.error.text
    outputs = dict(result.outputs)
    subscription = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups"
    assert outputs["created"] == {
        "id": f"{subscription}/rg-a/providers/Microsoft.Storage/storageAccounts/sta",
        "hns": True,
        "dfs": "https://sta.dfs.core.windows.net/",
    }
    assert outputs["existing"] == f"{subscription}/rg-hub/providers/Microsoft.KeyVault/vaults/kv-hub"
    assert outputs["caller"] == "00000000-0000-0000-0000-000000000000"
    assert outputs["group"] == outputs["same"]
    assert outputs["runtime"] == "16.4.x-cpu-ml-scala2.12"
    assert outputs["node"] == "Standard_D4ds_v5"
    assert outputs["me"] == "/Users/rehearsal@example.com"


def test_a_function_that_is_not_known_is_counted_and_named(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev")
    assert result.inventory.generic_functions == {"databricks:index/getZones:getZones": 2}
    assert (
        "1 generic function (answered with the arguments): databricks:index/getZones:getZones (2)"
        in render(result)
    )
