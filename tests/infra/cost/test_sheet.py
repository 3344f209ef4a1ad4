"""The cost sheet: exact lines from settings and prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from azure_facts.sql_warehouses import WAREHOUSE_CLUSTERS, WAREHOUSE_WORKER, WarehouseSize
from infra.cost.data import SPARK_CORES
from infra.cost.databricks import SERVING_UNITS, run_minutes
from infra.cost.network import private_endpoints
from infra.cost.prices import PRICE_FILE, Line, Prices, load_prices
from infra.cost.sheet import OLD_AFTER_DAYS, CostSheet, cost_sheet, monthly_cost
from infra.settings.databricks.machine_learning import ServingSize
from infra.settings.ml import ContainerRegistrySku, StorageRedundancy
from infra.settings.serving_cluster import ClusterTier
from infra.settings.synapse import SparkNodeSize
from tests.infra.platforms import STACKS, TODAY, resources_of
from tests.infra.stack_settings import patched_settings, settings_of

PRICES = load_prices()


def price(kind: str, key: str) -> float:
    found = PRICES.of(kind, key)
    assert found is not None
    return found


def lines_of(patch: Mapping[str, Any], *, base: str = "dev") -> dict[str, Line]:
    sheet = cost_sheet(patched_settings(patch, base=base), PRICES)
    assert len({line.item for line in sheet.lines}) == len(sheet.lines)
    return {line.item: line for line in sheet.lines}


def sheet_of(stack: str) -> CostSheet:
    return cost_sheet(settings_of(stack), PRICES)


def test_a_job_costs_its_machines_and_its_units() -> None:
    lines = {line.item: line for line in sheet_of("prod").lines}
    machines, units = (
        lines["job train-many-models, machines"],
        lines["job train-many-models, Databricks units"],
    )
    assert machines.how == "13 x Standard_D16ds_v5 x 15 h"
    assert machines.amount == pytest.approx(13 * 15 * 1.088)
    assert units.amount == pytest.approx(13 * 15 * 4 * 0.30)


@pytest.mark.parametrize(
    ("cluster", "cores"),
    [
        ({"workers": 12}, 12 * 16),
        # What an autoscaling cluster may have at most, as its machines are counted.
        ({"workers": None, "autoscale": {"min_workers": 1, "max_workers": 4}}, 4 * 16),
        # The driver works alone.
        ({"workers": 0}, 16),
    ],
)
def test_a_job_takes_as_long_as_its_work_on_the_cores_of_its_workers(
    cluster: Mapping[str, Any], cores: int
) -> None:
    patch = {
        "cost": {
            "job_minutes": {"train-many-models": None},
            "job_work": {"train-many-models": {"core_minutes": 960, "fixed_minutes": 6}},
        },
        "databricks": {"jobs": {"train-many-models": {"clusters": {"main": cluster}}}},
    }
    settings = patched_settings(patch, base="prod")
    assert settings.databricks is not None
    found = run_minutes("train-many-models", settings.databricks, settings.cost)
    assert found == pytest.approx(6 + 960 / (cores * 0.8))


def test_the_scoring_pool_counts_three_nodes_on_average() -> None:
    (line,) = [line for line in sheet_of("prod").lines if line.item == "AKS scoring pool"]
    assert line.how == "3 x Standard_D8ds_v5 x 730 h"
    assert line.amount == pytest.approx(3 * 730 * 0.544)


GIVEN_ACCOUNT = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared-ml"
    "/providers/Microsoft.Storage/storageAccounts/stsharedml"
)


@pytest.mark.parametrize("stack", STACKS)
def test_both_stacks_are_priced_whole_and_fit_their_budget(stack: str) -> None:
    settings = settings_of(stack)
    sheet = sheet_of(stack)
    assert sheet.missing == ()
    assert 0 < sheet.total < settings.budget.monthly_amount
    assert list(sheet.warnings(settings.azure.location, settings.budget.monthly_amount, TODAY)) == []


@pytest.mark.parametrize(
    ("patch", "item", "how", "amount"),
    [
        pytest.param(
            {
                "synapse": {
                    "dedicated_pools": {
                        "reporting": {
                            "size": "DW300c",
                            "pause": {
                                "at": "19:00",
                                "time_zone": "UTC",
                                "start": "2026-12-01T19:00:00",
                            },
                            "writer": "jobs",
                        }
                    }
                },
                "lake": {
                    "zones": {
                        "predictions": {
                            "landing_folders": ["synapse-staging"],
                            "delete_landing_after_days": 1,
                        }
                    }
                },
                "cost": {"pool_hours": 100, "pool_terabytes": 2},
            },
            "dedicated SQL pool reporting",
            "DW300c x 100 h, 2 TB",
            3 * 100 * 1.51 + 2 * 125 + 2 * 123,
            id="dedicated pool, its storage and its copy in the paired region",
        ),
        pytest.param(
            {
                "synapse": {"spark_pools": {"training": {"node_size": "Medium", "max_nodes": 5}}},
                "cost": {"spark_pool_hours": {"training": 10}},
            },
            "Spark pool training",
            "5 x Medium (40 vCore) x 10 h",
            40 * 10 * 0.15,
            id="Spark pool",
        ),
        pytest.param(
            {"synapse": {"monthly_terabytes": 2}, "cost": {"serverless_terabytes": 9}},
            "serverless SQL",
            "2 TB read",
            10,
            id="serverless SQL stops at its limit",
        ),
        pytest.param(
            {"cost": {"cluster_hours": {"preparation": 20}}},
            "cluster preparation, Databricks units",
            "3 nodes x 20 h, all_purpose compute",
            3 * 20 * 1.0 * 0.55,
            id="an interactive cluster's units cost more than a job's",
        ),
        pytest.param(
            {"databricks": {"sql_warehouses": {"analysis": {"size": "Small", "serverless": True}}}},
            "SQL warehouse analysis",
            "1 x Small x 40 h, serverless",
            40 * 12 * 0.91,
            id="serverless warehouse",
        ),
        pytest.param(
            {"databricks": {"sql_warehouses": {"analysis": {"size": "Small"}}}},
            "SQL warehouse analysis",
            "1 x Small x 40 h, with its 5 machines",
            40 * (12 * 0.69 + 1.376 + 4 * 0.688),
            id="warehouse on machines of the subscription",
        ),
        pytest.param(
            {
                "cost": {"activity_minutes_per_day": 60},
                "data_factory": {
                    "activity_cluster": {
                        "runtime": "16.4.x-cpu-ml-scala2.12",
                        "pool": "training",
                        "policy": "training",
                        "workers": 2,
                    }
                },
            },
            "pipelines' cluster, machines",
            "3 x Standard_D4ds_v5 x 30 h",
            3 * 30 * 0.272,
            id="the data factory's activities",
        ),
        pytest.param(
            {"observability": {"log_analytics": {"retention_days": 91}}, "cost": {"logs_gb_per_day": 9}},
            "logs",
            "5 GB a day, kept 91 days",
            150 * 2.99 + 150 * 2 * 0.13,
            id="logs up to the daily quota, and what is kept beyond 31 days",
        ),
        pytest.param(
            {"lake": {"redundancy": "Standard_GRS"}, "cost": {"lake_gb": 1000}},
            "lake",
            "1000 GB, Standard_GRS",
            39.2,
            id="the lake by its redundancy",
        ),
        pytest.param(
            {"serving": {"cluster": {"tier": "Premium"}}},
            "AKS",
            "Premium tier, one load balancer",
            730 * (0.60 + 0.025),
            id="uptime agreement",
        ),
        pytest.param(
            {"serving": {"cluster": {"defender": True}}},
            "Defender for Containers",
            "12 vCPU",
            12 * 6.87,
            id="Defender by vCPU",
        ),
        pytest.param(
            {"cost": {"app_hours": 10}},
            "app forecast-ui",
            "0.5 vCPU, 1 GiB x 10 h",
            36000 * (0.5 * 0.000024 + 0.000003),
            id="container app",
        ),
        pytest.param(
            {
                "apps": {
                    "ai_services": {
                        "language": {
                            "image": "mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.025",
                            "key_expires": "2027-05-31",
                        }
                    }
                }
            },
            "AI service language, container",
            "1 vCPU, 4 GB x 730 h",
            730 * (0.0486 + 4 * 0.0054),
            id="AI container",
        ),
        pytest.param(
            {
                "recovery": {"lake_backup": {"redundancy": "GRS", "retention_days": 30}},
                "cost": {"lake_gb": 1000, "lake_daily_change": 0.01},
            },
            "backup of the lake",
            "1000 GB, GRS, each change kept 30 days",
            1000 * (1 + 0.01 * 30) * 0.0448,
            id="the lake's backup",
        ),
        pytest.param(
            {
                "recovery": {"notebook_backup": True},
                "ml": {
                    "housekeeping": {"artifact_retention_days": None},
                    "workspace": {
                        "storage_account": {"existing_resource_id": GIVEN_ACCOUNT, "redundancy": None}
                    },
                },
            },
            "backup of notebooks",
            "one file share",
            5,
            id="backup",
        ),
    ],
)
def test_what_a_part_costs(patch: Mapping[str, Any], item: str, how: str, amount: float) -> None:
    line = lines_of(patch)[item]
    assert line.how == how
    assert line.amount == pytest.approx(amount)


def test_a_schedule_s_runs_are_counted() -> None:
    line = lines_of({"cost": {"copy_unit_hours_per_day": 0}}, base="prod")["data factory"]
    assert line.how == "120 activities, 0 h of copying units"
    assert line.amount == pytest.approx(0.12)


@pytest.mark.xdist_group("platforms")
@pytest.mark.parametrize("name", ["dev", "prod", "private-all", "private-existing"])
def test_as_many_private_endpoints_are_priced_as_made(name: str) -> None:
    made = [item for item in resources_of(name) if item["type"] == "azure-native:network:PrivateEndpoint"]
    (priced,) = [line for line in sheet_of(name).lines if line.item == "private endpoints"] or [None]
    if not made:
        assert priced is None
    else:
        assert private_endpoints(settings_of(name)) == len(made)
        assert priced is not None
        assert priced.how == f"{len(made)} x 730 h"


def without(kind: str, key: str) -> Prices:
    given = PRICES.lists[kind]
    fewer = {name: value for name, value in given.prices.items() if name != key}
    return PRICES.model_copy(
        update={"lists": {**PRICES.lists, kind: given.model_copy(update={"prices": fewer})}}
    )


def test_a_price_that_the_file_lacks_is_told_by_name_and_not_taken_for_nothing() -> None:
    sheet = cost_sheet(settings_of("dev"), without("vm", "Standard_D4ds_v5"))
    assert sheet.missing == ("vm.Standard_D4ds_v5",)
    assert "AKS system pool                         no price  2 x Standard_D4ds_v5 x 730 h" in sheet.render(
        "dev", 4000
    )
    assert list(sheet.warnings("westeurope", 4000, TODAY)) == [
        "cost sheet: no price for vm.Standard_D4ds_v5, so the total lacks it; add it to infra/cost/prices.yaml"
    ]


def test_a_node_without_a_count_of_units_is_told_too() -> None:
    sheet = cost_sheet(settings_of("prod"), without("databricks_units_of", "Standard_D16ds_v5"))
    assert sheet.missing == ("databricks_units_of.Standard_D16ds_v5",)
    priced = {line.item: line.amount for line in sheet.lines}
    assert priced["job score-batch, machines"] is not None
    assert priced["job score-batch, Databricks units"] is None


def test_every_kind_of_price_that_a_sheet_may_ask_for_is_in_the_file() -> None:
    """Choices of settings that are closed lists; machine sizes are open, and told where they are missing."""
    asked = {
        "container_registry": set(ContainerRegistrySku),
        "storage": set(StorageRedundancy),
        "kubernetes": set(ClusterTier),
    }
    for kind, keys in asked.items():
        assert {str(key) for key in keys} <= PRICES.lists[kind].prices.keys(), kind
    assert set(SPARK_CORES) == set(SparkNodeSize)
    assert {str(size) for size in WarehouseSize} == set(WAREHOUSE_CLUSTERS)
    assert {str(size) for size in ServingSize} == set(SERVING_UNITS)
    assert {one.driver for one in WAREHOUSE_CLUSTERS.values()} | {WAREHOUSE_WORKER} <= PRICES.lists[
        "vm"
    ].prices.keys()


def test_a_total_above_the_budget_is_warned_of() -> None:
    sheet = sheet_of("prod")
    (warning,) = sheet.warnings("westeurope", 100, TODAY)
    assert warning == (
        f"cost sheet: {sheet.total:,.0f} USD a month is above budget.monthly_amount 100; make the platform smaller, "
        "or raise the budget"
    )


def test_old_prices_say_how_old_they_are() -> None:
    day = date(2027, 12, 1)
    (warning,) = sheet_of("dev").warnings("westeurope", 4000, day)
    assert warning == (
        "cost sheet: prices were checked on 2026-11-01, 395 days ago; check them: python -m infra.cost.renew"
    )
    last = date.fromordinal(PRICES.oldest().toordinal() + OLD_AFTER_DAYS)
    assert list(sheet_of("dev").warnings("westeurope", 4000, last)) == []


def test_prices_of_another_region_are_told() -> None:
    (warning,) = sheet_of("dev").warnings("swedencentral", 4000, TODAY)
    assert warning == (
        "cost sheet: prices are those of westeurope, and the stack is in swedencentral; read those of swedencentral: "
        "python -m infra.cost.renew --region swedencentral"
    )


def test_every_list_says_its_unit_and_the_page_to_check_it_against() -> None:
    for kind, prices in PRICES.lists.items():
        assert prices.unit, kind
        assert "azure.microsoft.com pricing/details/" in prices.source, kind
        assert prices.prices, kind


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("spot: {}", "spot"),
        (
            "lists: {vm: {unit: hour, source: x, as_of: 2026-11-01, prices: {a: -1}}}",
            "greater than or equal to 0",
        ),
        ("lists: {vm: {unit: hour, source: x, as_of: 2026-11-01, prices: {a: .nan}}}", "finite number"),
    ],
)
def test_a_price_file_with_what_is_no_price_is_refused(tmp_path: Path, change: str, message: str) -> None:
    path = tmp_path / "prices.yaml"
    head = PRICE_FILE.read_text(encoding="utf-8").partition("lists:")[0]
    path.write_text(
        f"{head}\n{change if 'lists' in change else f'{change}{chr(10)}lists: {{}}'}\n", encoding="utf-8"
    )
    # pydantic's and the reader's refusals are both ValueError
    with pytest.raises(ValueError, match=message):
        load_prices(path)


def test_the_preview_says_the_sheet_and_warns_by_the_stack_s_own_budget_region_and_day() -> None:
    assert monthly_cost(settings_of("dev")).warnings == ()
    assert monthly_cost(settings_of("dev")).text == sheet_of("dev").render("dev", 4000)
    poor = patched_settings({"budget": {"monthly_amount": 10}, "azure": {"location": "northeurope"}})
    assert [warning.partition(" ")[2][:10] for warning in monthly_cost(poor).warnings] == [
        "sheet: pri",
        f"sheet: {cost_sheet(poor).total:,.0f}"[:10],
    ]


PRIVATE = {
    "network": {
        "mode": "private",
        "allowed_ip_ranges": None,
        "address_space": "10.60.0.0/20",
        "egress": "firewall",
        "hub": {
            "virtual_network_id": "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub"
            "/providers/Microsoft.Network/virtualNetworks/vnet-hub",
            "address_space": ["10.0.0.0/16"],
            "peering_back": "to-forecast-test",
        },
    },
    "ml": {
        "housekeeping": {"registry_purge": None},
        "workspace": {"container_registry": {"sku": "Premium"}, "image_build_cluster": "cpu"},
    },
    "databricks": {"link_ml_workspace": False, "package_index": "https://packages.example.com/simple"},
    "monitoring": {"retraining": None},
    "serving": {"router": {"internal": None}},
    "cost": {"firewall_gb": 100},
}


def test_a_firewall_costs_its_hours_and_what_it_looks_at() -> None:
    lines = lines_of(PRIVATE)
    assert "NAT gateway" not in lines
    assert lines["firewall"].amount == pytest.approx(
        730 * (price("firewall", "Standard") + price("network", "public_ip"))
        + 100 * price("firewall", "gigabyte")
    )


def test_the_hubs_firewall_is_its_owners_to_pay() -> None:
    network = {**PRIVATE["network"], "firewall": {"address": "10.0.1.4"}}
    lines = lines_of({**PRIVATE, "network": network})
    assert "firewall" not in lines
    assert "NAT gateway" not in lines
