"""What a lake may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

ACCOUNT = (
    "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared"
    "/providers/Microsoft.Storage/storageAccounts/dlsshared"
)


@pytest.mark.parametrize(
    ("lake", "key", "message"),
    [
        ({"zones": {"Raw": {}}}, "lake.zones.Raw", "give small letters and digits, joined by single hyphens"),
        ({"zones": {"raw--in": {"holds": "raw"}}}, "lake.zones.raw--in", "joined by single hyphens"),
        ({"zones": {"in": {"holds": "raw"}}}, "lake.zones.in", "at least 3 characters"),
        ({"zones": {"x" * 64: {"holds": "raw"}}}, f"lake.zones.{'x' * 64}", "give at most 63 characters"),
        ({"zones": {}}, "lake.zones", "give at least 1"),
        (
            {"zones": {"bronze": {}}},
            "lake.zones.bronze.holds",
            "is missing, and 'bronze' says it not; give one of raw, curated, features, predictions",
        ),
        (
            {"zones": {"raw": {"holds": "landing"}}},
            "lake.zones.raw.holds",
            "is 'landing'; give 'raw', 'curated'",
        ),
        (
            {"zones": {"curated": {"delete_landing_after_days": 30}}},
            "lake.zones.curated.landing_folders",
            "is empty, and tables are never cleared up by age; name the landing folders",
        ),
        (
            {
                "zones": {
                    "raw": {
                        "landing_folders": ["landing"],
                        "cool_landing_after_days": 30,
                        "delete_landing_after_days": 30,
                    }
                }
            },
            "lake.zones.raw.cool_landing_after_days",
            "is 30, and files are deleted after 30; give fewer",
        ),
        (
            {
                "zones": {
                    "raw": {
                        "landing_folders": ["landing"],
                        "delete_landing_after_days": 30,
                        "immutable_days": 90,
                    }
                }
            },
            "lake.zones.raw.delete_landing_after_days",
            "is 30, and immutable_days 90 forbids deleting earlier; give at least that",
        ),
        (
            {"zones": {"curated": {"immutable_days": 90}}},
            "lake.zones.curated.immutable_days",
            "is given on a zone that holds curated, whose Delta tables could not be written; only a raw zone",
        ),
        (
            {"zones": {"silver": {"holds": "curated", "immutable_days": 90}}},
            "lake.zones.silver.immutable_days",
            "whose Delta tables could not be written",
        ),
        (
            {"zones": {"raw": {"landing_folders": ["/landing"]}}},
            "lake.zones.raw.landing_folders[0]",
            "is '/landing'",
        ),
        ({"table_history_days": 1}, "lake.table_history_days", "is 1; give at least 7"),
        (
            {"existing_resource_id": ACCOUNT, "zones": {"raw": {}}},
            "lake.redundancy",
            "is given together with existing_resource_id",
        ),
        (
            {"existing_resource_id": ACCOUNT, "zones": {"raw": {"landing_folders": ["landing"]}}},
            "lake.zones.raw",
            "of an existing account is configured by its owner; give nothing but holds",
        ),
    ],
)
def test_a_lake_is_refused(refusals: Refusals, lake: Areas, key: str, message: str) -> None:
    def edit(areas: Areas) -> None:
        areas["lake"] = {"redundancy": "Standard_LRS", **lake}

    assert message in refusals(edit)[key]


def test_a_region_without_zones_has_no_zone_redundant_lake(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["azure"]["location"] = "westus"
        areas["lake"] = {}

    assert "needs availability zones, which westus does not have" in refusals(edit)["lake.redundancy"]


@pytest.mark.parametrize(
    ("location", "key", "message"),
    [
        (
            {"zone": "gold"},
            "gold.zone",
            "'gold' is not in lake.zones (there: catalog, curated, features, predictions, raw)",
        ),
        (
            {},
            "gold.zone",
            "is missing; give the key of one of lake.zones, or storage_account_id and container",
        ),
        (
            {"zone": "raw", "container": "raw"},
            "gold.zone",
            "is given together with an account or a container; give one of the two",
        ),
    ],
)
def test_an_external_location_in_no_zone_is_refused(
    refusals: Refusals, location: Areas, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["unity_catalog"] = {"external_locations": {"gold": location}}

    assert message in refusals(edit)[f"databricks.unity_catalog.external_locations.{key}"]


def test_a_datastore_does_not_write_where_nothing_may_change(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["lake"]["zones"]["raw"]["immutable_days"] = 30
        areas["ml"]["datastores"]["raw"] = {"zone": "raw", "access": "write"}

    message = refusals(edit)["ml.datastores.raw.access"]
    assert message == "is write, and files of 'raw' cannot be changed for immutable_days 30; give read"


CATALOG = "databricks.unity_catalog"


@pytest.mark.parametrize(
    ("zone", "landing", "who"),
    [
        ("predictions", "demand", "synapse.views.demand_forecast keeps Delta tables in 'demand/forecast'"),
        ("predictions", "demand/forecast/_delta_log", "synapse.views.demand_forecast"),
        (
            "predictions",
            "demand/model_quality",
            f"{CATALOG}.catalogs.lake.schemas.predictions.tables.model-quality keeps",
        ),
        ("catalog", "unity-catalog", f"{CATALOG}.catalogs.lake keeps Delta tables in 'unity-catalog'"),
        ("catalog", "unity-catalog/tmp", f"{CATALOG}.catalogs.lake"),
        ("features", "gold/in", f"{CATALOG}.external_locations.features keeps Delta tables in 'gold'"),
    ],
)
def test_age_clears_up_no_table(refusals: Refusals, zone: str, landing: str, who: str) -> None:
    def edit(areas: Areas) -> None:
        areas["lake"]["zones"][zone] = {"landing_folders": [landing], "delete_landing_after_days": 30}
        if zone == "features":
            areas["databricks"]["unity_catalog"]["external_locations"]["features"]["path"] = "gold"

    message = refusals(edit)[f"lake.zones.{zone}.landing_folders[0]"]
    assert f"'{landing}' is cleared up by age, and " in message
    assert who in message
    assert message.endswith("; name a folder apart")


def test_a_folder_beside_a_table_is_no_table(refusals: Refusals) -> None:
    """`demand/forecast-in` begins like `demand/forecast` and is another folder."""

    def edit(areas: Areas) -> None:
        areas["lake"]["zones"]["predictions"] = {
            "landing_folders": ["demand/forecast-in", "demand"],
            "delete_landing_after_days": 30,
        }

    assert set(refusals(edit)) == {"lake.zones.predictions.landing_folders[1]"}


@pytest.mark.parametrize(
    ("location", "key", "message"),
    [
        (
            {"zone": "raw", "jobs_may": ["READ_FILES"]},
            "read_only",
            "is false, and files of 'raw' cannot be changed for immutable_days 30; set it to true",
        ),
        (
            {"zone": "raw", "read_only": True, "jobs_may": ["READ_FILES", "CREATE_EXTERNAL_VOLUME"]},
            "jobs_may",
            "has CREATE_EXTERNAL_VOLUME, and files of 'raw' cannot be changed for immutable_days 30; give READ_FILES",
        ),
        (
            {"zone": "raw", "read_only": True, "grants": {"data_engineer": ["CREATE_EXTERNAL_TABLE"]}},
            "grants.data_engineer",
            "has CREATE_EXTERNAL_TABLE, and files of 'raw' cannot be changed",
        ),
    ],
)
def test_unity_catalog_writes_in_no_immutable_zone(
    refusals: Refusals, location: dict[str, Any], key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["lake"]["zones"]["raw"] = {"immutable_days": 30}
        areas["databricks"]["unity_catalog"]["external_locations"]["raw"] = location

    assert message in refusals(edit)[f"{CATALOG}.external_locations.raw.{key}"]
