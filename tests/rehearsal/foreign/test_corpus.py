"""Every program of the corpus is told what it expects, at the lines at which it expects it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rehearsal.foreign.corpus import SDKS, Program, problems_of, read_programs, run

PROGRAMS = read_programs()
_RESOURCE = re.compile(r"\s*(?:\w+ = |return )?\w+\.[A-Z]\w+\(")
"""A line that declares a resource."""


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_is_told_what_is_wrong_with_it_and_nothing_else(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(SDKS)
    assert problems_of(program, run(program, tmp_path / "project")) == []


@pytest.mark.parametrize("program", [one for one in PROGRAMS if one.kinds], ids=lambda program: program.name)
def test_a_reported_kind_is_named_by_its_rules_and_right_in_the_same_program(program: Program) -> None:
    assert len(program.kinds) == len(program.header["kind"])
    expected = {rule for _, _, rule in program.expected}
    assert {rule for rules, _ in program.kinds for rule in rules} <= expected
    declared = sum(1 for line in program.text.splitlines() if _RESOURCE.match(line))
    assert declared > len({line for line, _, _ in program.expected})


def test_there_are_sixty_programs_at_least() -> None:
    assert len(PROGRAMS) >= 60
    assert sum(len(program.kinds) for program in PROGRAMS) >= 27
    assert {program.verdict for program in PROGRAMS} == {
        "clean",
        "warned",
        "refused",
        "ended with one message",
    }
