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
