"""Every operator, field and function of Azure Policy: a resource that violates, one that complies, one undecided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from azure_facts.azure_policy import FUNCTIONS_OF_POLICY
from rehearsal.azure_policy.comparison import OPERATORS
from rehearsal.azure_policy.expressions import FUNCTION_NAMES
from rehearsal.model.azure_policy import PolicyOutcome
from tests.rehearsal.azure_policy.catalogue import (
    CONDITIONS,
    DATA,
    GROUPS,
    Entry,
    arm_resource,
    entries,
    evaluated,
    of_entry,
)

ALL = [entry for file in CONDITIONS for entry in entries(file)]
OUTCOMES = {
    "violates": PolicyOutcome.DENIED,
    "complies": None,
    "undecided": PolicyOutcome.UNDECIDED,
}


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.id)
def test_each_resource_is_judged_as_its_case_says(entry: Entry, tmp_path: Path) -> None:
    for case, outcome in OUTCOMES.items():
        for raw in entry.cases[case]:
            found = evaluated(tmp_path, of_entry(entry), [arm_resource(raw)]).summary
            told = {name for name in found.outcomes if name != PolicyOutcome.PASSED}
            assert told == ({outcome} if outcome else set()), (case, raw, found.undecided)


def test_a_group_of_the_stack_is_no_case_of_its_own() -> None:
    assert all(entry.cases["complies"] for entry in ALL if not entry.cases["violates"])
    assert {group.name for group in GROUPS} == {"rg-main", "rg-bare"}


def test_the_catalogue_has_every_operator_and_function() -> None:
    text = " ".join((DATA / f"{file}.json").read_text(encoding="utf-8") for file in CONDITIONS)
    keys = {name.lower() for name in re.findall(r'"(\w+)":', text)}
    assert OPERATORS.keys() <= keys
    called = {name.lower() for name in re.findall(r"(\w+)\(", text)}
    assert called >= FUNCTION_NAMES
    assert {name.lower() for name in FUNCTIONS_OF_POLICY} <= FUNCTION_NAMES
    assert len(ALL) >= 80
