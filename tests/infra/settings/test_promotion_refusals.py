"""What a gate and a registry may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]


@pytest.mark.parametrize(
    ("gate", "key", "message"),
    [
        ({"threshold": 80}, "threshold", "is 80, outside the range of accuracy, 0 to 1; give a value in it"),
        ({"threshold": -0.1}, "threshold", "outside the range of accuracy"),
        ({"threshold": 1.0}, "threshold", "is 1, and no accuracy is better than that; nothing would pass"),
        (
            {"metric": "mean_absolute_error", "threshold": 0.0},
            "threshold",
            "is 0, and no mean_absolute_error is better than that",
        ),
        ({"metric": "r2_score", "threshold": 1.5}, "threshold", "outside the range of r2_score, -inf to 1"),
        ({"metric": "acuracy"}, "metric", "'acuracy' is not known; give one of accuracy, balanced_accuracy"),
        (
            {"minimum_improvement": 1.0},
            "minimum_improvement",
            "is 1, as much as accuracy can differ at all, so nothing would pass; give less",
        ),
        (
            {"minimum_improvement": 0.1, "must_beat_production": False},
            "minimum_improvement",
            "is 0.1, and must_beat_production is false; remove one of the two",
        ),
        ({"minimum_improvement": -0.1}, "minimum_improvement", "give at least 0"),
        ({"minimum_test_rows": 0}, "minimum_test_rows", "is 0; give at least 1"),
    ],
)
def test_a_gate_is_refused(refusals: Refusals, gate: Areas, key: str, message: str) -> None:
    def edit(areas: Areas) -> None:
        areas["promotion"]["gate"] |= gate

    assert message in refusals(edit)[f"promotion.gate.{key}"]


def test_a_registry_stands_in_its_primary_region(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["kind"] = "prod"
        del areas["data_factory"]["git"]
        areas["promotion"]["registry"] = {"regions": ["northeurope", "northeurope"]}

    message = refusals(edit)["promotion.registry.regions"]
    assert "lacks westeurope, the primary region, which is the stack's; add it" in message
    assert "names a region twice" in message


def test_a_registry_is_prod_s(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["promotion"]["registry"] = {"regions": ["westeurope"]}

    assert "prod owns the registry, others read it" in refusals(edit)["promotion.registry"]


def test_promotion_from_unity_catalog_needs_jobs_that_may_make_models(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["model_registry"] = "unity_catalog"

    message = refusals(edit)["databricks.model_registry"]
    assert (
        "no schema lets jobs make one; add CREATE_MODEL to jobs_may of a schema, or remove promotion"
        in message
    )


def test_a_registry_of_azure_ml_is_not_for_models_of_unity_catalog(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["kind"] = "prod"
        del areas["data_factory"]["git"]
        areas["promotion"]["registry"] = {"regions": ["westeurope"]}
        areas["databricks"]["model_registry"] = "unity_catalog"
        schemas = areas["databricks"]["unity_catalog"]["catalogs"]["lake"]["schemas"]
        schemas["predictions"]["jobs_may"].append("CREATE_MODEL")

    message = refusals(edit)["promotion.registry"]
    assert message.startswith(
        "is of Azure ML, and jobs register in unity_catalog (databricks.model_registry)"
    )
    assert message.endswith("remove the registry (a metastore's catalogs share models), or set it to azureml")


def test_promotion_from_azure_ml_needs_a_workspace(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        for area in ("ml", "databricks", "serving", "sources", "data_factory", "synapse", "monitoring"):
            areas.pop(area, None)

    assert refusals(edit)["promotion"] == (
        "reads models of an ML workspace, and there is no ml; add ml, or remove promotion"
    )


def prod(areas: Areas) -> None:
    areas["environment"]["kind"] = "prod"
    del areas["data_factory"]["git"]


def test_prod_names_whose_versions_it_takes(refusals: Refusals) -> None:
    message = refusals(prod)["promotion.registered_by"]
    assert message.startswith("is missing, and a model that a person registered would be promoted")


def test_what_an_environment_registers_itself_does_not_come_to_it(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        prod(areas)
        own = areas["databricks"]
        areas["promotion"]["registered_by"] = {
            "application_id": own["jobs_service_principal_application_id"],
            "object_id": own["jobs_service_principal_object_id"],
        }

    message = refusals(edit)["promotion.registered_by.application_id"]
    assert message.startswith("is this environment's own jobs' principal")


def test_a_scan_is_told_what_to_look_at(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["promotion"]["scan"] = {"command": ["scanner", "--all"]}

    assert "give {folder} as one of its words" in refusals(edit)["promotion.scan.command"]
