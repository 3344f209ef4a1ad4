"""`rehearsal explain`: each rule and check by its id."""

from __future__ import annotations

import pytest

from rehearsal.cli import main
from rehearsal.explain.check_examples import EXAMPLES
from rehearsal.explain.rules import explain, names
from rehearsal.told import TOLD


def test_a_rule_is_explained_with_its_source_and_two_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "st001"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("ST001: TLS 1.2 or later\n")
    for part in ("source: learn.microsoft.com", "refused:\n    subject:", "right:\n    subject:"):
        assert part in text


def test_everything_that_a_report_names_is_explained() -> None:
    assert all(explain(name).startswith(f"{name}: ") for name in names())


def test_a_name_that_nobody_knows_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SDK0021"]) == 1
    assert "nothing is called 'SDK0021'; did you mean" in capsys.readouterr().err


def test_every_example_is_of_a_check() -> None:
    assert set(EXAMPLES) <= {check.id for check in TOLD}
