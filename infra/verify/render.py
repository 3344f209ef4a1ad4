"""What was found, as text, JSON and JUnit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from xml.etree import ElementTree

from infra.verify.outcome import Outcome, Verdict
from infra.verify.run import Run

_ORDER = (Verdict.PASSED, Verdict.ELSEWHERE, Verdict.UNASKED, Verdict.FAILED)
"""What failed comes last, where a terminal shows it."""


@dataclass(frozen=True)
class Report:
    """`who` and `here`: by whom and from where it was asked."""

    stack: str
    who: str
    here: str
    run: Run


def text(report: Report) -> str:
    """A line for each promise, what to do below it; then the counts."""
    lines = [f"{report.stack}: asked as {report.who}, from {report.here}"]
    for outcome in sorted(report.run.outcomes, key=lambda one: _ORDER.index(one.verdict)):
        lines.append(f"{outcome.verdict}: {outcome.promise}: {_found(outcome)}")
        step = outcome.telling
        if step and step.to_do:
            lines.append(f"    {step.to_do}")
    lines.append(_counts(report))
    if report.run.ended:
        lines.append(f"not everything was asked: {report.run.ended}")
        lines.append(f"    {report.run.to_do}")
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """The same for programs, in the order of the promises, with every step."""
    promises = [
        {
            "promise": outcome.promise,
            "says": outcome.says,
            "setting": outcome.setting,
            "verdict": outcome.verdict,
            "seconds": round(outcome.seconds, 3),
            "steps": [asdict(step) for step in outcome.steps],
        }
        for outcome in report.run.outcomes
    ]
    told = {
        "form": 1,
        "stack": report.stack,
        "as": report.who,
        "from": report.here,
        "ended": report.run.ended,
        "promises": promises,
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def junit(report: Report) -> str:
    """A test case for each promise: a broken one is a failure, one that was not asked an error, one that is checkable
    elsewhere is skipped."""
    counts = Counter(outcome.verdict for outcome in report.run.outcomes)
    suite = ElementTree.Element(
        "testsuite",
        name=f"verify {report.stack}",
        tests=str(len(report.run.outcomes)),
        failures=str(counts[Verdict.FAILED]),
        errors=str(counts[Verdict.UNASKED]),
        skipped=str(counts[Verdict.ELSEWHERE]),
        time=f"{sum(outcome.seconds for outcome in report.run.outcomes):.3f}",
    )
    for outcome in report.run.outcomes:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"verify.{report.stack}",
            name=outcome.promise,
            time=f"{outcome.seconds:.3f}",
        )
        step = outcome.telling
        element = _ELEMENTS.get(outcome.verdict)
        if step and element:
            message = f"{step.name}: {step.found}"
            ElementTree.SubElement(case, element, message=_printable(message)).text = _printable(step.to_do)
        said = "\n".join(f"{one.name}: {one.verdict}: {one.found}" for one in outcome.steps)
        ElementTree.SubElement(case, "system-out").text = _printable(f"{outcome.says}\n{said}")
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"
    )


_ELEMENTS: Mapping[Verdict, str] = {
    Verdict.FAILED: "failure",
    Verdict.UNASKED: "error",
    Verdict.ELSEWHERE: "skipped",
}

FORMATS: Mapping[str, Callable[[Report], str]] = {"text": text, "json": as_json, "junit": junit}
"""By the word of `--format`."""


def _found(outcome: Outcome) -> str:
    step = outcome.telling
    if step is None:
        return "; ".join(one.found for one in outcome.steps)
    before = [one.name for one in outcome.steps if one.verdict is Verdict.PASSED]
    held = f" ({', '.join(before)} passed)" if before else ""
    return f"{step.name}: {step.found}{held}"


def _counts(report: Report) -> str:
    counts = Counter(outcome.verdict for outcome in report.run.outcomes)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in _ORDER if counts[verdict])
    return f"{len(report.run.outcomes)} promises: {told or 'none'}"


def _printable(text: str) -> str:
    """XML takes no control characters; answers of services may hold some."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in text)
