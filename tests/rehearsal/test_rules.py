"""Every rule: its two cases as programs, and its form."""

import re
from pathlib import Path

import pytest

from rehearsal.findings import Severity
from rehearsal.rules import all_rules
from rehearsal.rules.rule import Rule
from rehearsal.run import Rehearsal, rehearse

PROGRAM = Path(__file__).parents[1] / "data" / "rehearsal" / "rule_case"
RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]


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
        assert finding.message
        assert finding.source == rule.source


@pytest.mark.parametrize("rule", RULES)
def test_the_correct_case_is_not_refused_by_any_rule(rule: Rule) -> None:
    result = run_case(rule, "passes")
    assert result.refusals == ()
    assert rule.id not in {finding.rule for finding in result.warnings}


def test_ids_are_unique_and_of_one_form() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Z]{2,3}\d{3}", rule_id) for rule_id in ids)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_states_what_a_reader_needs(rule: Rule) -> None:
    assert all((rule.title, rule.service, rule.source))
    assert rule.applies_to
    assert rule.severity is Severity.WARNING or rule.status >= 400
