"""What the managed network's rules reach, and what the workspace's identity holds for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra.platforms import rehearse_patched, rehearsed, resources_of

LAKE = "/subscriptions/66666666-6666-6666-6666-666666666666/resourceGroups/rg-supplier/providers/Microsoft.Storage"


def rules(inventory: list[dict[str, Any]]) -> dict[str, str]:
    """Rule name to host, or to the target's name and part."""
    (workspace,) = [item for item in inventory if item["type"].endswith("machinelearningservices:Workspace")]
    found: dict[str, str] = {}
    for name, rule in (workspace["inputs"]["managedNetwork"].get("outboundRules") or {}).items():
        target = rule["destination"]
        found[name] = (
            target
            if isinstance(target, str)
            else f"{target['serviceResourceId'].split('/')[-2]} {target['subresourceTarget']}"
        )
    return found


def grants(inventory: list[dict[str, Any]], start: str) -> list[str]:
    return sorted(
        item["name"].removeprefix(start)
        for item in inventory
        if item["type"].endswith(":RoleAssignment") and item["name"].startswith(start)
    )


def test_dev_reaches_the_vault_whose_firewall_keeps_compute_out() -> None:
    assert rules(resources_of("dev")) == {"key-vault": "vaults vault"}


def test_prod_reaches_what_it_approved_and_nothing_else() -> None:
    assert rules(resources_of("prod")) == {
        "fqdn-conda": "*.anaconda.org",
        "fqdn-spark-packages": "repos.spark-packages.org",
        "packages-anaconda": "anaconda.com",
        "packages-anaconda-packages": "*.anaconda.com",
        "packages-index": "packages.example.com",
        "lake-blob": "storageAccounts blob",
        "lake-dfs": "storageAccounts dfs",
        "ml-registry": "registries amlregistry",
        "storage-queue": "storageAccounts queue",
        "storage-table": "storageAccounts table",
        "azure-monitor": "privateLinkScopes azuremonitor",
    }


def test_prods_identity_approves_the_scope_and_reads_the_accounts_endpoints() -> None:
    inventory = resources_of("prod")
    approver = "ml-workspace-identity-azure-ai-enterprise-network-connection-approver-"
    assert grants(inventory, approver) == [
        "container-registry",
        "key-vault",
        "lake-account",
        "ml-registry",
        "ml-storage",
        "private-link-scope",
    ]
    assert grants(inventory, "ml-workspace-identity-reader-private-endpoint-") == ["blob", "file"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_nothing_is_said_of_the_committed_networks(stack: str) -> None:
    told = {finding.rule for finding in rehearsed(stack).warnings}
    assert not {rule for rule in told if "AML220" <= rule <= "AML228"}


def test_an_account_of_somebody_elses_is_reached_where_only_approved_targets_are() -> None:
    datastores = {
        "supplier": {
            "kind": "blob",
            "account_id": f"{LAKE}/storageAccounts/stsupplier",
            "container": "prices",
            "access": "by_owner",
        },
        "partner": {
            "account_id": f"{LAKE}/storageAccounts/dlspartner",
            "container": "sales",
            "access": "read",
        },
    }
    workspace = {
        "managed_network": "AllowOnlyApprovedOutbound",
        "container_registry": {"sku": "Premium"},
        "package_index": "https://packages.example.com/simple",
    }
    result = rehearse_patched({"ml": {"workspace": workspace, "datastores": datastores}})
    assert result.error is None, result.error
    assert "AML223" not in {finding.rule for finding in (*result.refusals, *result.warnings)}
    (made,) = [
        item for item in result.world.resources if item.type.endswith("machinelearningservices:Workspace")
    ]
    named = made.value("managedNetwork.outboundRules")
    assert isinstance(named, dict)
    assert {"account-stsupplier-blob", "account-dlspartner-blob", "account-dlspartner-dfs"} <= set(named)
    assert named["packages-index"]["destination"] == "packages.example.com"
    assert not {"packages-pip-index", "packages-pip-files"} & set(named)
    approvers = [item.name for item in result.world.resources if "approver-data-account" in item.name]
    # The supplier's owner approves; this stack gives no right there.
    assert [name.rpartition("-")[2] for name in approvers] == ["dlspartner"]


def test_a_scope_that_is_given_is_neither_made_nor_granted() -> None:
    scope = (
        "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub/providers/Microsoft.Insights"
        "/privateLinkScopes/ampls-hub"
    )
    result = rehearse_patched({"network": {"private_link_scope_id": scope}}, base="prod", stack="prod")
    assert result.error is None, result.error
    assert result.refusals == ()
    names = {item.name for item in result.world.resources}
    assert not {name for name in names if "private-link-scope" in name or "endpoint-azure-monitor" in name}
    assert "AML225" not in {finding.rule for finding in result.warnings}
