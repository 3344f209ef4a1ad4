"""The markers that stand beside plain JSON values."""

from __future__ import annotations

import copy

from rehearsal.model.values import UNKNOWN, Secret, Unknown


def test_there_is_one_unknown() -> None:
    assert Unknown() is UNKNOWN
    assert copy.deepcopy({"host": UNKNOWN})["host"] is UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"


def test_a_secret_hides_its_value() -> None:
    assert repr({"token": Secret("dapi-123")}) == "{'token': Secret([secret])}"
    assert f"{Secret('dapi-123')}" == "Secret([secret])"
    assert Secret("a") != Secret("b")
