"""What was found, as people, programs and pipelines read it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from infra.verify.outcome import Outcome, Verdict, elsewhere, failed, passed
from infra.verify.outcome import Step as Tried
from infra.verify.render import Report, as_json, junit, text
from infra.verify.run import Run

SAYS = "analysts from internet: read blobs on curated"
RESOLVED = passed("name", "st is 20.1.1.1")
OUTCOMES = (
    Outcome(
        "broken",
        SAYS,
        "lake.zones",
        (RESOLVED, failed("call", "403 \x1b[31m<no>", "deploy")),
    ),
    Outcome("kept", SAYS, "lake.zones", (RESOLVED, passed("call", "one entry: answered"))),
    Outcome("of-jobs", SAYS, "lake.zones", (elsewhere("who", "it is asked by jobs", "run it as jobs"),)),
    Outcome("late", SAYS, "lake.zones", (Tried("run", Verdict.UNASKED, "the time is up"),)),
)
REPORT = Report(
    "prod", "a-1", "hub, as --from says", Run(OUTCOMES, "the time is up", "give --time-limit more seconds")
)


def test_people_read_what_failed_last_and_what_to_do_below_it() -> None:
    assert text(REPORT) == (
        "prod: asked as a-1, from hub, as --from says\n"
        "passed: kept: st is 20.1.1.1; one entry: answered\n"
        "not checkable from here: of-jobs: who: it is asked by jobs\n"
        "    run it as jobs\n"
        "not asked: late: run: the time is up\n"
        "failed: broken: call: 403 \x1b[31m<no> (name passed)\n"
        "    deploy\n"
        "4 promises: 1 passed, 1 not checkable from here, 1 not asked, 1 failed\n"
        "not everything was asked: the time is up\n"
        "    give --time-limit more seconds\n"
    )


def test_programs_read_every_step() -> None:
    read = json.loads(as_json(REPORT))
    assert (read["form"], read["stack"], read["as"], read["ended"]) == (1, "prod", "a-1", "the time is up")
    assert [one["verdict"] for one in read["promises"]] == [
        "failed",
        "passed",
        "not checkable from here",
        "not asked",
    ]
    assert read["promises"][0]["steps"][1] == {
        "name": "call",
        "verdict": "failed",
        "found": "403 \x1b[31m<no>",
        "to_do": "deploy",
    }


def test_pipelines_read_junit() -> None:
    (suite,) = ElementTree.fromstring(junit(REPORT).partition("\n")[2])
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    kinds = {case.get("name"): [child.tag for child in case] for case in suite}
    assert kinds == {
        "broken": ["failure", "system-out"],
        "kept": ["system-out"],
        "of-jobs": ["skipped", "system-out"],
        "late": ["error", "system-out"],
    }
    (failure,) = suite.iter("failure")
    assert failure.get("message") == "call: 403 �[31m<no>"
    assert failure.text == "deploy"


@pytest.mark.parametrize("write", [text, as_json, junit])
def test_a_stack_without_promises_is_told_too(write: object) -> None:
    assert callable(write)
    assert "prod" in str(write(Report("prod", "a-1", "internet", Run(()))))
