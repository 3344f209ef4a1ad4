"""Least privilege both ways: no act lacks a right, and no right lacks an act."""

from __future__ import annotations

import pytest
import yaml

from docs.generate_lifecycle import PAGE, lifecycle_page
from rehearsal.authorisation.acts_file import acts_path, read_acts
from rehearsal.lifecycle.acts import play
from rehearsal.lifecycle.program import sent_by
from rehearsal.lifecycle.rights import Right, needed_rights, rights_of
from tests.infra.platforms import rehearsed
from tests.reference_platform import stack_file

RIGHTS = [
    pytest.param(stack, right, id=f"{stack}-{right.identity}-{right}")
    for stack in ("dev", "prod")
    for right in rights_of(read_acts(acts_path(stack_file(stack))))
]


@pytest.mark.parametrize(("stack", "right"), RIGHTS)
def test_without_any_one_right_a_named_act_fails(stack: str, right: Right) -> None:
    played = play(right.without, sent_by(rehearsed(stack).world))
    failed = {one.act.name: one.refused for one in played if one.refused}
    assert failed, f"{right.identity} needs {right} for no act"
    assert {one.act.by for one in played if one.refused} == {right.identity}
    assert all(denial.remedy for refused in failed.values() for denial in refused)


def test_the_operations_that_preflight_asks_for_are_those_that_acts_need_of_other_teams_in_prod() -> None:
    path = acts_path(stack_file("prod"))
    lifecycle, document = read_acts(path), yaml.safe_load(path.read_text(encoding="utf-8"))
    lent = [
        (right, held)
        for right in rights_of(lifecycle)
        for held in document["identities"][right.identity]["azure"]
        if held["source"] in ("docs/network.md", "docs/recovery.md")
        and (held["role"], held["scope"]) == (right.what, right.where)
    ]
    assert len(lent) == 8
    for right, held in lent:
        played = play(right.without, sent_by(rehearsed("prod").world))
        missing = {denial.right.partition(" ")[0] for one in played for denial in one.refused}
        assert missing == set(held["needs"]), right


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_right_that_nothing_needs_is_told(stack: str) -> None:
    lifecycle = read_acts(acts_path(stack_file(stack)))
    plan = lifecycle.identities["plan"]
    more = lifecycle.with_roles("plan", (*plan.azure, lifecycle.identities["deploy"].azure[0]))
    needed = needed_rights(more, sent_by(rehearsed(stack).world))
    assert [(one.right.identity, one.right.what) for one in needed if not one.acts] == [
        ("plan", "Reader"),
        ("plan", "Contributor"),
    ]


def test_the_page_is_fresh() -> None:
    worlds = {stack: rehearsed(stack).world for stack in ("dev", "prod")}
    assert PAGE.read_text(encoding="utf-8") == lifecycle_page(worlds)
