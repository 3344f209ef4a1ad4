"""Every rule: its two cases as programs, and its form."""

import re
from pathlib import Path

import pytest

from rehearsal.model.finding import Severity
from rehearsal.rules import all_rules
from rehearsal.rules.rule import Rule
from rehearsal.run import Rehearsal, rehearse
from rehearsal.told import TOLD

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "rehearsal"
PROGRAM = DATA / "rule_case"
RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]


SAYS_WHAT_TO_CHANGE = re.compile(
    r"\b(?:add|adopt|allow|assign|attach|autoscale|choose|correct|create|declare|give|grant|"
    r"chain|drop|keep|leave|list|make|merge|move|must|name|need|needs|purge|put|raise|reads|register|remove|replace|"
    r"required|set|start with|use|wrap|fewer|one of)\b"
)
"""A message without any of these words only complains."""


def run_case(rule: Rule, case: str) -> Rehearsal:
    chosen = rule.trips if case == "trips" else rule.passes
    result = rehearse(
        PROGRAM,
        "test",
        today=chosen.today,
        config_overrides={"rule": rule.id, "case": case},
        subscription=chosen.subscription,
    )
    assert result.error is None, result.error
    return result


@pytest.mark.parametrize("rule", RULES)
def test_the_case_that_breaks_it_is_refused_by_this_rule_alone(rule: Rule) -> None:
    result = run_case(rule, "trips")
    found = [finding for finding in (*result.refusals, *result.warnings) if finding.rule == rule.id]
    assert found
    assert {finding.severity for finding in found} == {rule.severity}
    assert {finding.rule for finding in result.refusals} <= {rule.id}, result.refusals
    for finding in found:
        assert finding.urn in result.world.by_urn
        assert SAYS_WHAT_TO_CHANGE.search(finding.message), finding.message
        assert finding.source == rule.source


@pytest.mark.parametrize("rule", RULES)
def test_the_correct_case_is_not_refused_by_any_rule(rule: Rule) -> None:
    result = run_case(rule, "passes")
    assert result.refusals == ()
    assert rule.id not in {finding.rule for finding in result.warnings}


def test_ids_are_unique_and_of_one_form() -> None:
    ids = [rule.id for rule in all_rules()] + [check.id for check in TOLD]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Z]{2,3}\d{3}", rule_id) for rule_id in ids)


def test_ids_are_permanent() -> None:
    """People and pipelines name rules by id: append a new one to the file; never take one away or give it again."""
    recorded = (DATA / "rule_ids.txt").read_text(encoding="utf-8").split()
    assert sorted({rule.id for rule in all_rules()} | {check.id for check in TOLD}) == sorted(recorded)


def test_every_id_that_the_code_gives_is_in_the_table_of_checks_or_a_rule() -> None:
    given = {
        found
        for path in ROOT.glob("rehearsal/**/*.py")
        if "rules" not in path.parts
        for found in re.findall(r'"([A-Z]{2,3}\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert given == {check.id for check in TOLD}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_states_what_a_reader_needs(rule: Rule) -> None:
    assert all((rule.title, rule.service, rule.source))
    assert rule.applies_to
    assert rule.severity is Severity.WARNING or rule.status >= 400
    assert rule.trips != rule.passes
