"""The gate: what is accepted, and every reason why something is not."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from infra.conventions.model_tags import MODEL_TAGS
from infra.promotion.evidence import Evidence
from infra.promotion.gate import decide, main
from infra.settings.promotion import Gate
from tests.infra.platforms import ROOT

GATE = Gate(metric="accuracy", threshold=0.80, minimum_test_rows=1000)
TAGS = {"partition_key": "all", "data_version": "41", "code_version": "1a2b3c4"}


def model(
    accuracy: float | None = 0.9,
    *,
    rows: float | None = 5000,
    tags: Mapping[str, str] = TAGS,
    version: str = "8",
) -> Evidence:
    given = {"accuracy": accuracy, "test_rows": rows}
    metrics = {name: value for name, value in given.items() if value is not None}
    return Evidence("demand", version, metrics, tags)


def test_a_better_model_on_enough_data_is_accepted() -> None:
    verdict = decide(GATE, model(0.91), model(0.88, version="7"))
    assert verdict.accepted
    assert str(verdict) == "accepted: accuracy 0.91 against 0.8; production has 0.88"


def test_the_first_model_has_nothing_to_beat() -> None:
    verdict = decide(GATE, model(0.81), None)
    assert str(verdict) == "accepted: accuracy 0.81 against 0.8; nothing serves yet"


@pytest.mark.parametrize(
    ("candidate", "production", "reason"),
    [
        (model(0.79), None, "accuracy is 0.79; above 0.8 is asked"),
        (model(0.80), None, "accuracy is 0.8; above 0.8 is asked"),
        (model(None), None, "metric.accuracy is missing (there: test_rows)"),
        (model(math.nan), None, "accuracy is nan: no number, so nothing is known of the model"),
        (model(math.inf), None, "accuracy is inf: no number, so nothing is known of the model"),
        (model(1.2), None, "accuracy is 1.2, which it cannot be (0 to 1)"),
        (model(rows=999), None, "tested on 999 rows; at least 1000 are asked"),
        (model(rows=None), None, "metric.test_rows is missing: nobody knows on how much data it was tested"),
        (model(rows=math.nan), None, "metric.test_rows is nan, no number: nobody knows"),
        (model(rows=math.inf), None, "metric.test_rows is inf, no number: nobody knows"),
        (
            model(0.9),
            replace(model(0.8, version="7"), name="quotes"),
            "is another model than production's 'quotes'; compare it with the one it replaces",
        ),
        (
            model(0.88),
            model(0.88, version="7"),
            "accuracy is 0.88, the same as production's version 7: a tie is not better",
        ),
        (
            model(0.85),
            model(0.88, version="7"),
            "accuracy is 0.85, worse than 0.88 of production's version 7",
        ),
        (
            model(0.9),
            model(None, version="7"),
            "production's version 7 says nothing of accuracy, so nothing can be better",
        ),
        (
            model(0.9, tags={**TAGS, "partition_key": "b"}),
            model(0.8, version="7"),
            "is a model of partition_key 'b', and production's of 'all'",
        ),
        (
            model(tags={**TAGS, "data_version": " "}),
            None,
            "tag data_version is missing: version of the training data",
        ),
    ],
)
def test_a_model_is_refused_with_the_reason(
    candidate: Evidence, production: Evidence | None, reason: str
) -> None:
    verdict = decide(GATE, candidate, production)
    assert not verdict.accepted
    assert any(reason in text for text in verdict.reasons), verdict.reasons


def test_every_reason_is_told_at_once() -> None:
    verdict = decide(GATE, model(0.5, rows=10, tags={}), model(0.9, version="7"))
    assert len(verdict.reasons) == len(MODEL_TAGS) + 1 + 1 + 2


def test_a_small_gain_may_be_too_small() -> None:
    gate = GATE.model_copy(update={"minimum_improvement": 0.01})
    (reason,) = decide(gate, model(0.885), model(0.88)).reasons
    assert reason == "accuracy is 0.885, better than 0.88 of production by less than 0.01"
    assert decide(gate, model(0.895), model(0.88)).accepted


def test_of_an_error_less_is_better() -> None:
    gate = Gate(metric="root_mean_squared_error", threshold=12)

    def error(value: float) -> Evidence:
        return Evidence("demand", "1", {"root_mean_squared_error": value, "test_rows": 5000}, TAGS)

    assert decide(gate, error(10), error(11)).accepted
    assert decide(gate, error(13), None).reasons == ("root_mean_squared_error is 13; below 12 is asked",)
    assert "worse than 9" in decide(gate, error(10), error(9)).reasons[0]


def test_production_need_not_be_beaten_where_settings_say_so() -> None:
    gate = GATE.model_copy(update={"must_beat_production": False})
    assert decide(gate, model(0.85), model(0.9)).accepted


def document(accuracy: object) -> dict[str, object]:
    return {
        "name": "demand",
        "version": "8",
        "properties": {"metric.accuracy": accuracy, "metric.test_rows": "5000", "other": "x"},
        "tags": TAGS,
    }


@pytest.mark.parametrize(
    ("accuracy", "code", "text"),
    [
        ("0.93", 0, "demand version 8 accepted: accuracy 0.93 against 0.8; nothing serves yet"),
        ("0.6", 1, "demand version 8 refused:\n  accuracy is 0.6; above 0.8 is asked"),
        ("NaN", 1, "accuracy is nan: no number"),
        ("good", 1, "accuracy is nan: no number"),
    ],
)
def test_the_command_says_what_it_decides(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    accuracy: str,
    code: int,
    text: str,
) -> None:
    candidate = tmp_path / "candidate.json"
    candidate.write_text(json.dumps(document(accuracy)), encoding="utf-8")
    monkeypatch.chdir(ROOT)
    assert main(["--stack", "prod", "--candidate", str(candidate)]) == code
    assert text in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", '{"properties": []}', "{"])
def test_unreadable_input_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    candidate = tmp_path / "candidate.json"
    candidate.write_text(text, encoding="utf-8")
    monkeypatch.chdir(ROOT)
    code = main(["--stack", "prod", "--candidate", str(candidate)])
    # A model without anything is refused; what is no model at all cannot be judged.
    assert code == (1 if text == '{"properties": []}' else 2)
    assert capsys.readouterr()
