"""Cases as one base and one change each."""

from __future__ import annotations

import pytest

from policies.frame.cases import REMOVED, changed, changed_sample
from policies.frame.rule import Sample

BASE = {"sku": {"name": "Basic"}, "rules": [{"access": "Allow"}]}


def test_a_value_is_changed_added_or_left_out_and_the_base_stays() -> None:
    assert changed(BASE, {"rules[0].access": "Deny", "sku.tier": "Free"}) == {
        "sku": {"name": "Basic", "tier": "Free"},
        "rules": [{"access": "Deny"}],
    }
    assert changed(BASE, {"sku": REMOVED, "rules[0]": {}}) == {"rules": [{}]}
    assert BASE == {"sku": {"name": "Basic"}, "rules": [{"access": "Allow"}]}


@pytest.mark.parametrize(
    ("path", "error"),
    [("network.mode", KeyError), ("rules[1].access", IndexError), ("sku.name.first", TypeError)],
)
def test_a_path_without_a_place_in_the_base_is_refused(path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        changed(BASE, {path: 1})


def test_a_sample_keeps_the_rest() -> None:
    sample = Sample("t", {"a": 1}, name="n", protect=True)
    assert changed_sample(sample, {"a": 2}) == Sample("t", {"a": 2}, name="n", protect=True)
