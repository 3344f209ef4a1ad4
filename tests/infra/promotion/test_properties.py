"""What holds of the gate for any metric and any numbers."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from infra.conventions.model_metrics import METRICS
from infra.promotion.evidence import Evidence, Registration
from infra.promotion.gate import Verdict, decide
from infra.settings.promotion import Gate
from tests.infra.promotion.registrant import CONTENT, REGISTRANT

TAGS = {"partition_key": "all", "data_version": "41", "code_version": "1a2b3c4"}
NUMBERS = st.floats(min_value=-1e6, max_value=1e6)


def evidence(metric: str, value: float) -> Evidence:
    by = Registration(REGISTRANT.object_id, "Application", "2026-11-21")
    return Evidence("demand", "8", {metric: value, "test_rows": 5000.0}, TAGS, by, CONTENT, CONTENT)


def judge(gate: Gate, candidate: Evidence, production: Evidence | None) -> Verdict:
    return decide(gate, candidate, production, REGISTRANT)


@given(st.sampled_from(sorted(METRICS)), NUMBERS, NUMBERS, NUMBERS)
def test_what_is_accepted_is_in_range_better_than_the_threshold_and_than_production(
    metric: str, threshold: float, new: float, old: float
) -> None:
    gate = Gate(metric=metric, threshold=threshold)
    if judge(gate, evidence(metric, new), evidence(metric, old)).accepted:
        sign = 1 if METRICS[metric].higher_is_better else -1
        assert METRICS[metric].lowest <= new <= METRICS[metric].highest
        assert sign * new > sign * threshold
        assert sign * new > sign * old


@given(st.sampled_from(sorted(METRICS)), NUMBERS, NUMBERS)
def test_of_two_models_at_most_one_may_replace_the_other(metric: str, one: float, two: float) -> None:
    gate = Gate(metric=metric)
    there = judge(gate, evidence(metric, one), evidence(metric, two))
    back = judge(gate, evidence(metric, two), evidence(metric, one))
    assert not (there.accepted and back.accepted)


@given(st.sampled_from(sorted(METRICS)), st.sampled_from([math.nan, math.inf, -math.inf]), NUMBERS)
def test_what_is_no_number_never_passes(metric: str, strange: float, other: float) -> None:
    gate = Gate(metric=metric)
    assert not judge(gate, evidence(metric, strange), None).accepted
    assert not judge(gate, evidence(metric, other), evidence(metric, strange)).accepted


@given(st.sampled_from(sorted(METRICS)), NUMBERS, NUMBERS)
def test_a_refusal_says_why(metric: str, new: float, old: float) -> None:
    verdict = judge(Gate(metric=metric), evidence(metric, new), evidence(metric, old))
    assert verdict.accepted or all(reason.strip() for reason in verdict.reasons)
    assert str(verdict).startswith("accepted: " if verdict.accepted else "refused:\n  ")
