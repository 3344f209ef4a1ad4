"""Rules that refuse more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rehearsal.findings import Finding
from rehearsal.run import rehearse
from rehearsal.subscription import Subscription

Project = Callable[..., Path]

RESTORE = """
from pulumi_azure_native import resources, storage
group = resources.ResourceGroup("group", resource_group_name="rg-a", location="westeurope")
ready = dict(is_versioning_enabled=True, change_feed={"enabled": True},
    delete_retention_policy={"enabled": True, "days": 14}, restore_policy={"enabled": True, "days": 7})
def restored(name, hns=False, **changes):
    account = storage.StorageAccount(name, resource_group_name=group.name, account_name=f"stforecast{name}",
        location="westeurope", kind="StorageV2", sku={"name": "Standard_LRS"}, minimum_tls_version="TLS1_2",
        is_hns_enabled=hns)
    storage.BlobServiceProperties(name, resource_group_name=group.name, account_name=account.name,
        blob_services_name="default", **{**ready, **changes})
restored("ready")
restored("versions", is_versioning_enabled=False)
restored("feed", change_feed=None)
restored("deletes", delete_retention_policy={"enabled": False})
restored("short", delete_retention_policy={"enabled": True, "days": 7})
restored("lake", hns=True, is_versioning_enabled=None)
"""

WORKSPACE = """
from pulumi_azure_native import machinelearningservices
here = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
for name, mode in (("open", "Disabled"), ("closed", "AllowInternetOutbound")):
    machinelearningservices.Workspace(name, resource_group_name="rg-a", location="westeurope", kind="Default",
        workspace_name=f"mlw-{name}", identity={"type": "SystemAssigned"},
        storage_account=f"{here}/Microsoft.Storage/storageAccounts/stforecast{name}",
        key_vault=f"{here}/Microsoft.KeyVault/vaults/kv-forecast-{name}",
        application_insights=f"{here}/Microsoft.Insights/components/appi-{name}",
        managed_network={"isolation_mode": mode})
"""


def found(folder: Path, rule: str, subscription: Subscription | None = None) -> set[tuple[str, str]]:
    """Resource name and path of every finding of the rule."""
    result = rehearse(folder, "dev", subscription=subscription or Subscription())
    assert result.error is None, result.error
    findings: tuple[Finding, ...] = (*result.refusals, *result.warnings)
    return {(one.urn.rpartition("::")[2], one.path) for one in findings if one.rule == rule}


def test_a_restore_policy_wants_all_of_its_three_protections_and_no_lake(project: Project) -> None:
    assert found(project(RESTORE), "ST003") == {
        ("versions", "isVersioningEnabled"),
        ("feed", "changeFeed.enabled"),
        ("deletes", "deleteRetentionPolicy.enabled"),
        ("short", "deleteRetentionPolicy.days"),
        ("lake", "isVersioningEnabled"),
        ("lake", "restorePolicy"),
    }


def test_a_managed_network_needs_the_network_provider_too(project: Project) -> None:
    known = Subscription(
        resource_groups=("rg-a",), registered_providers=frozenset({"microsoft.machinelearningservices"})
    )
    assert found(project(WORKSPACE), "SUB001", known) == {("closed", "")}
