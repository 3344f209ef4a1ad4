"""What a stack may not ask for, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]


def put(path: str, value: object) -> Callable[[Areas], None]:
    """An edit that sets one key, `ml.workspace.generation` for example; None removes it."""

    def edit(areas: Areas) -> None:
        *parents, last = path.split(".")
        target = areas
        for parent in parents:
            target = target[parent]
        if value is None:
            del target[last]
        else:
            target[last] = value

    return edit


ONE_PROBLEM = [
    (
        "environment.ephemeral",
        {"nonce": "pr-1"},
        "recovery.protected",
        "is true, and environment.ephemeral says that this environment goes",
    ),
    ("environment.ephemeral", {}, "environment.ephemeral.nonce", "is missing; it is required"),
    ("environment.ephemeral", {"nonce": "PR 1"}, "environment.ephemeral.nonce", "PR 1"),
    ("ml.workspaces", {}, "ml.workspaces", "is not a setting; did you mean 'workspace'?"),
    ("databrick", {}, "databrick", "is not a setting; did you mean 'databricks'?"),
    ("azure.tenant_id", None, "azure.tenant_id", "is missing; it is required"),
    ("budget", None, "budget", "is missing; it is required"),
    ("azure.tenant_id", "", "azure.tenant_id", "'' is not a GUID"),
    (
        "azure.tenant_id",
        "1234",
        "azure.tenant_id",
        "'1234' is not a GUID; give 8-4-4-4-12 hexadecimal digits",
    ),
    (
        "azure.subscription_id",
        "00000000-0000-0000-0000-000000000000",
        "azure.subscription_id",
        "is the empty GUID; give the real",
    ),
    (
        "azure.tenant_id",
        "11111111222233334444555555555555",
        "azure.tenant_id",
        "is not a GUID; give 8-4-4-4-12",
    ),
    ("environment.workload", "windows", "environment.workload", "windows"),
    (
        "ml.training_clusters.gpu-g4",
        {"vm_size": "Standard_D4ds_v5", "max_nodes": 1},
        "ml.training_clusters.gpu-g4",
        "g4",
    ),
    ("serving.endpoints.microsoft-x", {}, "serving.endpoints.microsoft-x", "microsoft"),
    ("tags.extra", {"ClusterId": "x"}, "tags.extra", "ClusterId"),
    ("tags.extra", {f"extra-{index}": "x" for index in range(43)}, "tags.extra", "43"),
    (
        "network.allowed_ip_ranges",
        ["203.0.113.5"],
        "network.allowed_ip_ranges[0]",
        "203.0.113.5/32 for one address",
    ),
    ("network.allowed_ip_ranges", ["0.0.0.0/0"], "network.allowed_ip_ranges[0]", "is every address there is"),
    ("budget.monthly_amount", True, "budget.monthly_amount", "is true; give a number"),
    ("budget.monthly_amount", "4000", "budget.monthly_amount", "is '4000'; give a number"),
    ("recovery.protected", "yes", "recovery.protected", "is 'yes'; give true or false"),
    ("recovery.soft_delete_days", 7.5, "recovery.soft_delete_days", "is 7.5; give a whole number"),
    (
        "databricks.git_credentials.github",
        "ghp_SECRET",
        "databricks.git_credentials.github",
        "is text; give a mapping of settings",
    ),
    (
        "databricks.git_credentials.github.personal_access_token",
        4711,
        "databricks.git_credentials.github.personal_access_token",
        "is not text; name the secret as env:NAME, or encrypt it",
    ),
    ("azure.location", "West Europe", "azure.location", "did you mean 'westeurope'?"),
    ("azure.location", "atlantis", "azure.location", "az account list-locations"),
    (
        "environment.workload",
        "Forecast-X",
        "environment.workload",
        r"is 'Forecast-X'; give 2 to 10 small letters and digits",
    ),
    (
        "environment.workload",
        "forecasting99",
        "environment.workload",
        "give 2 to 10 small letters and digits",
    ),
    ("environment.kind", "staging", "environment.kind", "is 'staging'; give 'nonprod' or 'prod'"),
    ("environment.name", "dev", "environment.name", "is always the stack's name ('dev'); remove the key"),
    (
        "network.allowed_ip_ranges",
        ["203.0.113.7/24"],
        "network.allowed_ip_ranges[0]",
        "is not a CIDR range (203.0.113.7/24 has host bits set); for example 203.0.113.0/24",
    ),
    (
        "network.allowed_ip_ranges",
        ["203.0.113.0/24", "203.0.113.128/25"],
        "network.allowed_ip_ranges",
        "203.0.113.0/24 and 203.0.113.128/25 overlap; keep the wider one",
    ),
    (
        "network.allowed_ip_ranges",
        ["10.1.0.0/16"],
        "network.allowed_ip_ranges",
        "10.1.0.0/16 is a private range, which a public firewall never sees",
    ),
    (
        "ml.training_clusters.cpu.vm_size",
        "Standard_NC6s_v3",
        "ml.training_clusters.cpu.vm_size",
        "was retired on 2025-09-30",
    ),
    (
        "ml.training_clusters.cpu.vm_size",
        "big",
        "ml.training_clusters.cpu.vm_size",
        "is not an Azure VM size",
    ),
    (
        "ml.training_clusters.cpu.min_nodes",
        9,
        "ml.training_clusters.cpu.min_nodes",
        "is 9, more than max_nodes 4; give at most that",
    ),
    (
        "ml.training_clusters.cpu.max_nodes",
        "many",
        "ml.training_clusters.cpu.max_nodes",
        "give a whole number",
    ),
    (
        "ml.training_clusters.cpu-01",
        {"vm_size": "Standard_D4ds_v5", "max_nodes": 1},
        "ml.training_clusters.cpu-01",
        "ends in a dash and digits",
    ),
    (
        "ml.compute_instances.cpu",
        {"assigned_user_object_id": "b0000000-0000-4000-8000-000000000009"},
        "ml.training_clusters.cpu",
        "is a compute instance's key too",
    ),
    (
        "ml.workspace.managed_network",
        "Disabled",
        "ml.workspace.managed_network",
        "compute without public IPs needs a network; give AllowInternetOutbound",
    ),
    (
        "ml.workspace.storage_account",
        {
            "redundancy": "Standard_LRS",
            "existing_resource_id": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/shared"
            "/providers/Microsoft.Storage/storageAccounts/stshared",
        },
        "ml.workspace.storage_account.existing_resource_id",
        "is given together with redundancy",
    ),
    (
        "ml.workspace.key_vault",
        {
            "existing_resource_id": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/shared"
            "/providers/Microsoft.Storage/storageAccounts/stshared"
        },
        "ml.workspace.key_vault.existing_resource_id",
        "is the id of a Microsoft.Storage/storageAccounts; give the id of a Microsoft.KeyVault/vaults",
    ),
    (
        "ml.workspace.container_registry.untagged_retention_days",
        7,
        "ml.workspace.container_registry.untagged_retention_days",
        "needs sku: Premium",
    ),
    (
        "serving.router.tls",
        None,
        "serving.router.tls",
        "is missing; give the router's certificate",
    ),
    (
        "serving.router",
        {"allow_insecure_http": True, "internal": False, "high_availability": False},
        "serving.router.internal",
        "is false with allow_insecure_http: true; plain HTTP needs internal: true",
    ),
    (
        "serving.cluster.system_pool.vm_size",
        "Standard_B4ms",
        "serving.cluster.system_pool.vm_size",
        "is burstable, which AKS refuses for a system pool",
    ),
    (
        "serving.default_instance_type",
        "large",
        "serving.default_instance_type",
        "'large' is not in instance_types (there: small)",
    ),
    (
        "serving.endpoints.demand.authentication",
        "AADToken",
        "serving.endpoints.demand.authentication",
        "is AADToken, which managed endpoints only take; give AMLToken or Key",
    ),
    ("ml", None, "serving", "needs ml, whose workspace its endpoints are made in"),
    (
        "access.personas.boss",
        {"object_id": "b0000000-0000-4000-8000-000000000009"},
        "access.personas.boss",
        "give",
    ),
    ("budget.monthly_amount", 0, "budget.monthly_amount", "is 0; give more than 0"),
    ("budget.contact_emails", ["nobody"], "budget.contact_emails[0]", "'nobody' is not an e-mail address"),
    ("budget.forecast_thresholds", [1, 2, 3, 4], "budget.actual_thresholds", "a budget takes at most 5"),
    ("tags.extra", {"environment": "x"}, "tags.extra", "environment"),
    ("network.mode", "open", "network", "has 'mode' 'open'; give 'public', 'private'"),
    ("network.mode", None, "network", "lacks the key 'mode', which decides what else may be set"),
    ("network.allowed_ips", [], "network.allowed_ips", "did you mean 'allowed_ip_ranges'?"),
    ("today", "yesterday", "today", "'yesterday' is not a date; for example 2026-11-21"),
]


@pytest.mark.parametrize(
    ("path", "value", "key", "message"),
    ONE_PROBLEM,
    ids=lambda item: item if isinstance(item, str) and "." in item and " " not in item else None,
)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert key in found, found
    assert message in found[key]


def test_every_problem_of_every_area_is_told_at_once(refusals: Refusals) -> None:
    def break_much(areas: Areas) -> None:
        areas["azure"]["location"] = "atlantis"
        areas["azure"]["tenant_id"] = ""
        areas["ml"]["training_clusters"]["cpu"]["min_nodes"] = 9
        areas["databricks"]["jobs"]["train-and-score"]["trigger"]["schedule"]["time_zone"] = "Amsterdam"
        areas["serving"]["cluster"]["system_pool"]["nodes"] = 1
        areas["network"]["allowed_ip_ranges"] = ["203.0.113.0/24", "203.0.113.0/25"]
        areas["netwrok"] = {}

    assert sorted(refusals(break_much)) == [
        "azure.location",
        "azure.tenant_id",
        "databricks.jobs.train-and-score.trigger.schedule.time_zone",
        "ml.training_clusters.cpu.min_nodes",
        "network.allowed_ip_ranges",
        "netwrok",
        "serving.cluster.system_pool.nodes",
    ]


def test_a_refusal_is_one_line_per_problem(refusals: Refusals) -> None:
    assert list(refusals(put("azure.location", "two\nlines"))) == ["azure.location"]


def test_a_link_needs_an_ml_workspace(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["ml"]
        del areas["serving"]
        areas["databricks"]["link_ml_workspace"] = True

    assert (
        refusals(edit)["databricks.link_ml_workspace"]
        == "is true and there is no ml to link; set it to false or add ml"
    )


@pytest.mark.parametrize(
    "shape", ["SECRET", ["SECRET"], {"value": "SECRET"}, {"secure": "x", "more": "SECRET"}]
)
@pytest.mark.parametrize(
    "path", ["databricks.git_credentials.github.personal_access_token", "databricks.git_credentials.github"]
)
def test_a_secret_is_not_repeated_in_its_refusal(refusals: Refusals, path: str, shape: object) -> None:
    assert "SECRET" not in str(refusals(put(path, shape)))


def test_a_region_without_zones_takes_no_zonal_defaults(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["azure"]["location"] = "westus"
        areas["ml"]["workspace"]["storage_account"] = {"redundancy": "Standard_ZRS"}
        areas["ml"]["workspace"]["container_registry"] = {"sku": "Premium"}
        areas["serving"]["cluster"]["availability_zones"] = ["1", "2", "3"]

    assert refusals(edit) == {
        "ml.workspace.container_registry.zone_redundancy": "needs availability zones, which westus does not "
        "have; give false",
        "ml.workspace.storage_account.redundancy": "needs availability zones, which westus does not have; "
        "give Standard_LRS or Standard_GRS",
        "serving.cluster.availability_zones": "needs availability zones, which westus does not have; give []",
    }


def test_a_region_without_a_pair_takes_no_geo_redundancy(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["azure"]["location"] = "polandcentral"
        areas["ml"]["workspace"]["storage_account"] = {"redundancy": "Standard_GZRS"}

    assert refusals(edit) == {
        "ml.workspace.storage_account.redundancy": "copies to a paired region, and polandcentral has none; "
        "give Standard_ZRS or Standard_LRS"
    }
