"""Findings as JUnit XML, which pipelines show as tests: one test for each resource, failed where it is refused."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from rehearsal.formats.places import place_of
from rehearsal.model.finding import Finding
from rehearsal.model.printable import one_line
from rehearsal.model.urns import short_type
from rehearsal.promises.answers import Kind
from rehearsal.run import Rehearsal


def junit_suite(rehearsal: Rehearsal) -> ElementTree.Element:
    """One stack as a suite: a test for each resource, then one for each promise of the program. What belongs to
    neither is a test of its own, named by what it is about or by the finding's rule."""
    refused = _by_test((*rehearsal.refusals, *rehearsal.broken_promises))
    warned = _by_test(rehearsal.warnings)
    accepted = _by_test(finding for finding, _ in rehearsal.accepted)
    suite = ElementTree.Element("testsuite", name=one_line(f"{rehearsal.project}/{rehearsal.stack}"))
    cases = [
        (resource.urn, short_type(resource.type), resource.name)
        for resource in rehearsal.world.resources
        if resource.custom
    ]
    cases += [
        (f"promises.{one.name}", "promise", one.name) for one in rehearsal.promises.of_kind(Kind.PROMISE)
    ]
    known = {key for key, _, _ in cases}
    cases += [(key, "stack", key) for key in sorted({*refused, *warned} - known)]
    for key, class_name, name in cases:
        case = ElementTree.SubElement(
            suite, "testcase", classname=one_line(class_name), name=one_line(name), time="0"
        )
        _fill(case, refused.get(key, []), [*warned.get(key, ()), *accepted.get(key, ())], rehearsal)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(key in refused for key, _, _ in cases)))
    suite.set("errors", "0")
    suite.set("skipped", "0")
    return suite


def _fill(
    case: ElementTree.Element, refused: list[Finding], told: list[Finding], rehearsal: Rehearsal
) -> None:
    for first in (*refused, *told)[:1]:
        place = place_of(first, rehearsal)
        case.set("file", place.uri)
        case.set("line", str(place.line))
    for first in refused[:1]:
        failure = ElementTree.SubElement(case, "failure", message=_text(first), type=first.rule)
        failure.text = "\n".join(map(_text, refused))
    if told:
        ElementTree.SubElement(case, "system-out").text = "\n".join(map(_text, told))


def junit_document(suites: Sequence[ElementTree.Element]) -> str:
    """The suites as one document."""
    root = ElementTree.Element("testsuites", name="rehearsal")
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.extend(suites)
    ElementTree.indent(root)
    text = io.BytesIO()
    ElementTree.ElementTree(root).write(text, encoding="utf-8", xml_declaration=True)
    return text.getvalue().decode() + "\n"


def _by_test(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.urn or finding.path or finding.rule, []).append(finding)
    return found


def _text(finding: Finding) -> str:
    answer = " ".join(filter(None, (str(finding.status or ""), finding.code)))
    place = f"{finding.position}: " if finding.position else ""
    path = f" {finding.path}" if finding.path else ""
    return one_line(f"{place}{finding.rule}{path}: {f'{answer}: ' if answer else ''}{finding.message}")
