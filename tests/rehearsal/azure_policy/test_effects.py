"""Every effect and mode of Azure Policy, and what is told of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from azure_facts.azure_policy import EFFECTS, RESOURCE_MANAGER_MODES
from rehearsal.azure_policy.table import TOLD_OF_AZURE_POLICY
from rehearsal.model.azure_policy import PolicyOutcome
from rehearsal.model.values import JsonObject
from tests.rehearsal.azure_policy.catalogue import (
    DATA,
    Entry,
    entries,
    evaluated,
    of_entry,
    stack_of,
    without_tags,
)

EFFECT_POLICIES = entries("effects")


def told(entry: Entry, raw: JsonObject, folder: Path) -> tuple[set[str], set[str]]:
    """The findings' rules, and the outcomes that are more than passing."""
    found = evaluated(folder, of_entry(entry), stack_of(raw), untagged=without_tags(raw))
    return {one.rule for one in found.findings}, set(found.summary.outcomes) - {PolicyOutcome.PASSED.value}


@pytest.mark.parametrize("entry", EFFECT_POLICIES, ids=lambda entry: entry.id)
def test_each_effect_tells_what_it_does(entry: Entry, tmp_path: Path) -> None:
    for raw in entry.cases["violates"]:
        assert told(entry, raw, tmp_path)[0] == {entry.rule}, raw
    for raw in entry.cases["complies"]:
        assert told(entry, raw, tmp_path) == (set(), set()), raw
    for raw in entry.cases["undecided"]:
        rules, outcomes = told(entry, raw, tmp_path)
        assert outcomes == {PolicyOutcome.UNDECIDED}, raw
        assert rules == ({"AZP309"} if entry.rule == "AZP300" else set()), raw


def test_the_catalogue_has_every_effect_and_mode() -> None:
    text = (DATA / "effects.json").read_text(encoding="utf-8").lower()
    assert [name for name in EFFECTS if f'"{name.lower()}"' not in text] == []
    assert [mode for mode in RESOURCE_MANAGER_MODES if f'"mode": "{mode}"' not in text] == []
    assert {"microsoft.kubernetes.data", "microsoft.keyvault.data", "microsoft.network.data"} <= set(
        text.split('"')
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("effects-pods-inside-a-cluster", "a resource provider judges mode microsoft.kubernetes.data"),
        ("effects-images-of-pods-mutated", "a resource provider judges mode microsoft.kubernetes.data"),
        ("effects-members-of-a-network-group", "a resource provider judges mode microsoft.network.data"),
        ("effects-attested-by-people", "no request to create or change a resource meets effect manual"),
    ],
)
def test_what_no_request_meets_is_said_to_be_not_evaluated(name: str, reason: str, tmp_path: Path) -> None:
    entry = next(one for one in EFFECT_POLICIES if one.id == name)
    found = evaluated(tmp_path, of_entry(entry), stack_of(entry.cases["complies"][0]))
    assert [one.reason for one in found.summary.unevaluated] == [reason]
    assert found.findings == ()


def test_every_finding_of_azure_policy_is_in_the_table() -> None:
    ids = [check.id for check in TOLD_OF_AZURE_POLICY]
    assert len(set(ids)) == len(ids)
    assert {entry.rule for entry in EFFECT_POLICIES} - {""} <= set(ids)
