"""The gate: what is accepted, and every reason why something is not."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from infra.conventions.model_tags import MODEL_TAGS
from infra.promotion.evidence import Evidence, Registration
from infra.promotion.gate import Verdict, decide, main
from infra.settings.promotion import Gate
from tests.infra.promotion.registrant import BY_DEVS_JOBS, CONTENT, REGISTRANT
from tests.reference_platform import FOLDER

GATE = Gate(metric="accuracy", threshold=0.80, minimum_test_rows=1000)
TAGS = {"partition_key": "all", "data_version": "41", "code_version": "1a2b3c4"}
REGISTERED = Registration(REGISTRANT.application_id, "Application", "2026-11-21")
SAYS = f"; registered by {REGISTERED}, files {CONTENT[:12]}"


def model(
    accuracy: float | None = 0.9,
    *,
    rows: float | None = 5000,
    tags: Mapping[str, str] = TAGS,
    version: str = "8",
) -> Evidence:
    given = {"accuracy": accuracy, "test_rows": rows}
    metrics = {name: value for name, value in given.items() if value is not None}
    return Evidence("demand", version, metrics, tags, REGISTERED, CONTENT, CONTENT)


def judge(gate: Gate, candidate: Evidence, production: Evidence | None) -> Verdict:
    """Versions of dev's jobs may pass."""
    return decide(gate, candidate, production, REGISTRANT)


def test_a_better_model_on_enough_data_is_accepted() -> None:
    verdict = judge(GATE, model(0.91), model(0.88, version="7"))
    assert verdict.accepted
    assert str(verdict) == f"accepted: accuracy 0.91 against 0.8; production has 0.88{SAYS}"


def test_the_first_model_has_nothing_to_beat() -> None:
    verdict = judge(GATE, model(0.81), None)
    assert str(verdict) == f"accepted: accuracy 0.81 against 0.8; nothing serves yet{SAYS}"


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
            model(0.9),
            model(7, version="7"),
            "accuracy of production's version 7 is 7, which it cannot be (0 to 1), so nothing can be compared with it, "
            "and a version's properties never change; set promotion.gate.must_beat_production to false once",
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
    verdict = judge(GATE, candidate, production)
    assert not verdict.accepted
    assert any(reason in text for text in verdict.reasons), verdict.reasons


def test_every_reason_is_told_at_once() -> None:
    verdict = judge(GATE, model(0.5, rows=10, tags={}), model(0.9, version="7"))
    assert len(verdict.reasons) == len(MODEL_TAGS) + 1 + 1 + 2


def test_a_small_gain_may_be_too_small() -> None:
    gate = GATE.model_copy(update={"minimum_improvement": 0.01})
    (reason,) = judge(gate, model(0.885), model(0.88)).reasons
    assert reason == "accuracy is 0.885, better than 0.88 of production by less than 0.01"
    assert judge(gate, model(0.895), model(0.88)).accepted


@pytest.mark.parametrize(
    ("new", "old", "by"), [(0.83, 0.80, 0.03), (0.9, 0.8, 0.1), (0.3, 0.2, 0.1), (0.87, 0.86, 0.01)]
)
def test_a_gain_of_just_what_is_asked_is_enough(new: float, old: float, by: float) -> None:
    gate = Gate(threshold=0.1, minimum_improvement=by)
    assert judge(gate, model(new), model(old)).reasons == ()
    assert "by less than" in judge(gate, model(new - 1e-9), model(old)).reasons[0]


def test_of_an_error_less_is_better() -> None:
    gate = Gate(metric="root_mean_squared_error", threshold=12)

    def error(value: float) -> Evidence:
        metrics = {"root_mean_squared_error": value, "test_rows": 5000}
        return replace(model(version="1"), metrics=metrics)

    assert judge(gate, error(10), error(11)).accepted
    assert judge(gate, error(13), None).reasons == ("root_mean_squared_error is 13; below 12 is asked",)
    assert "worse than 9" in judge(gate, error(10), error(9)).reasons[0]


def test_production_need_not_be_beaten_where_settings_say_so() -> None:
    gate = GATE.model_copy(update={"must_beat_production": False})
    assert judge(gate, model(0.85), model(0.9)).accepted


def document(accuracy: object) -> dict[str, object]:
    return {
        "name": "demand",
        "version": "8",
        "properties": {
            "metric.accuracy": accuracy,
            "metric.test_rows": "5000",
            "content.sha256": CONTENT,
            "other": "x",
        },
        "tags": TAGS,
        "creation_context": BY_DEVS_JOBS,
        "content": CONTENT,
    }


@pytest.mark.parametrize(
    ("accuracy", "code", "text"),
    [
        ("0.93", 0, "demand version 8 accepted: accuracy 0.93 against 0.8; nothing serves yet"),
        ("0.6", 1, "demand version 8 refused:\n  accuracy is 0.6; above 0.8 is asked"),
        ("NaN", 1, "accuracy is nan: no number"),
        ("good", 1, "accuracy is nan: no number"),
        ("0.8_6", 1, "accuracy is nan: no number"),
        ("\u0660.\u0669", 1, "accuracy is nan: no number"),  # Arabic digits
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
    monkeypatch.chdir(FOLDER)
    assert main(["--stack", "prod", "--candidate", str(candidate)]) == code
    assert text in capsys.readouterr().out


def test_rows_that_only_python_reads_are_no_number() -> None:
    found = Evidence.of({"properties": {"metric.test_rows": "120_000"}}).metrics["test_rows"]
    assert math.isnan(found)


UNREADABLE = [
    (b"", "cannot be read as JSON: Expecting value"),
    (b"{", "cannot be read as JSON: Expecting property name"),
    # What PowerShell's `>` writes.
    ("{}".encode("utf-16"), "cannot be read as JSON: 'utf-8' codec can't decode byte 0xff"),
    (b"[" * 100_000, "cannot be read as JSON: maximum recursion depth exceeded"),
    (b"[]", "is no model; give what az ml model show --output json prints"),
    (b'{"properties": ["x"]}', "properties and tags must be mappings, as az ml model show prints them"),
    (None, "cannot be read as JSON: [Errno 2] No such file"),
]


@pytest.mark.parametrize("unreadable", ["candidate", "production"])
@pytest.mark.parametrize(("written", "text"), UNREADABLE)
def test_unreadable_input_is_no_verdict(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    unreadable: str,
    written: bytes | None,
    text: str,
) -> None:
    files = {name: tmp_path / f"{name}.json" for name in ("candidate", "production")}
    for path in files.values():
        path.write_text(json.dumps(document("0.9")), encoding="utf-8")
    if written is None:
        files[unreadable].unlink()
    else:
        files[unreadable].write_bytes(written)
    monkeypatch.chdir(FOLDER)
    given = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    assert main(["--stack", "prod", *given]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"{files[unreadable]}: {text}")
    assert said.out == ""


def test_a_stack_that_is_not_there_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--stack", "staging", "--candidate", "candidate.json"]) == 2
    assert "Pulumi.staging.yaml:1: cannot be read: No such file" in capsys.readouterr().err


def test_a_model_that_says_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    candidate = tmp_path / "candidate.json"
    candidate.write_text('{"properties": []}', encoding="utf-8")
    monkeypatch.chdir(FOLDER)
    assert main(["--stack", "prod", "--candidate", str(candidate)]) == 1
    assert "metric.accuracy is missing (there: none)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("registration", "said"),
    [
        (None, "was registered by nobody that the service names; only versions of the jobs' principal"),
        (
            Registration("Ada Example", "User", "2026-11-21"),
            "was registered by Ada Example (User) on 2026-11-21",
        ),
        # Whoever may choose his own name may choose an id for one.
        (
            Registration(REGISTRANT.application_id, "User", "2026-11-21"),
            "(User) on 2026-11-21; only versions",
        ),
        (Registration("c0000000-0000-4000-8000-000000000002", "Application", ""), "(Application) on no date"),
        (Registration("", "", ""), "nobody (of no type) on no date"),
    ],
)
def test_only_what_the_jobs_registered_is_promoted(registration: Registration | None, said: str) -> None:
    (reason,) = judge(GATE, replace(model(), registration=registration), None).reasons
    assert said in reason
    assert reason.endswith("are promoted: let the training job register it")


def test_the_jobs_principal_is_known_by_either_id() -> None:
    for by in (REGISTRANT.application_id.upper(), REGISTRANT.object_id):
        candidate = replace(model(), registration=Registration(by, "Application", "2026-11-21"))
        assert judge(GATE, candidate, None).accepted


def test_a_stack_that_names_no_registrant_promotes_nothing() -> None:
    (reason,) = decide(GATE, model(), None, None).reasons
    assert reason.startswith("promotion.registered_by is missing in the stack file")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"content": None}, "its files were not read, so nobody knows what would be copied"),
        ({"registered_content": None}, "property content.sha256 is missing: nobody can tell"),
        (
            {"content": "ee" * 32},
            f"its files are {'ee' * 32}, and {CONTENT} was registered: somebody changed",
        ),
    ],
)
def test_files_are_those_that_were_registered(changes: dict[str, str | None], said: str) -> None:
    (reason,) = judge(GATE, replace(model(), **changes), None).reasons
    assert reason.startswith(said)


def test_a_catalog_keeps_files_itself_so_no_digest_is_asked_of_the_job() -> None:
    candidate = replace(model(), name="forecast_lake_dev.gold.demand", registered_content=None)
    assert judge(GATE, candidate, None).accepted
    (reason,) = judge(GATE, replace(candidate, registered_content="ee" * 32), None).reasons
    assert "somebody changed them since" in reason
