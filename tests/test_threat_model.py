"""Every cell of the threat model has a control, and every control is held by something that exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.threat_model_controls import CONTROLS
from docs.threat_model_matrix import ACTORS, MATRIX, TARGETS
from policies.frame.registry import all_rules

ROOT = Path(__file__).parents[1]
RULES = {rule.id for rule in all_rules()}


def test_every_actor_has_a_cell_for_each_target_with_known_controls() -> None:
    assert list(MATRIX) == list(ACTORS)
    for actor, cells in MATRIX.items():
        assert len(cells) == len(TARGETS), actor
        assert all(cells), actor
        assert {key for cell in cells for key in cell} <= CONTROLS.keys(), actor


def test_every_control_is_somewhere_in_the_table() -> None:
    assert {key for cells in MATRIX.values() for cell in cells for key in cell} == CONTROLS.keys()


@pytest.mark.parametrize("key", CONTROLS)
def test_a_control_is_held_or_signed_and_its_place_exists(key: str) -> None:
    control = CONTROLS[key]
    assert bool(control.held_by) is not bool(control.signed_by)
    assert (ROOT / control.place).exists()
    assert [held for held in control.held_by if not exists(held)] == []


def test_what_does_not_exist_holds_nothing() -> None:
    assert not exists("AMLP-AC-999")
    assert not exists("tests/test_threat_model.py::test_that_is_not_there")
    assert not exists("tests/absent.py")


def exists(held: str) -> bool:
    """A policy of the pack, or a file of tests with the test that is named."""
    if held.startswith("AMLP-"):
        return held in RULES
    path, _, name = held.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return name in tests if name else any(test.startswith("test_") for test in tests)
