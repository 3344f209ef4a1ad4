"""Every program of the corpus is told what it expects, at the lines at which it expects it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rehearsal.foreign.corpus import SDKS, Program, problems_of, read_programs, run

PROGRAMS = read_programs()


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_is_told_what_is_wrong_with_it_and_nothing_else(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(SDKS)
    assert problems_of(program, run(program, tmp_path / "project")) == []


def test_there_are_sixty_programs_at_least() -> None:
    assert len(PROGRAMS) >= 60
    assert {program.verdict for program in PROGRAMS} == {
        "clean",
        "warned",
        "refused",
        "ended with one message",
    }
