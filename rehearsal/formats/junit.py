"""Findings as JUnit XML, which pipelines show as tests: one test for each resource, failed where it is refused."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from rehearsal.formats.places import place_of
from rehearsal.model.finding import Finding
from rehearsal.model.printable import one_line
from rehearsal.model.urns import short_type
from rehearsal.run import Rehearsal


def junit_suite(rehearsal: Rehearsal) -> ElementTree.Element:
    """One stack as a suite. What belongs to no resource is a test of its own, named by the finding's rule."""
    refused = _by_urn((*rehearsal.refusals, *rehearsal.broken_promises))
    warned = _by_urn(rehearsal.warnings)
    accepted = _by_urn(finding for finding, _ in rehearsal.accepted)
    suite = ElementTree.Element("testsuite", name=one_line(f"{rehearsal.project}/{rehearsal.stack}"))
    cases = [
        (resource.urn, short_type(resource.type), resource.name)
        for resource in rehearsal.world.resources
        if resource.custom
    ]
    known = {urn for urn, _, _ in cases}
    cases += [(urn, "stack", urn) for urn in sorted({*refused, *warned} - known)]
    for urn, class_name, name in cases:
        case = ElementTree.SubElement(
            suite, "testcase", classname=one_line(class_name), name=one_line(name), time="0"
        )
        found = [*refused.get(urn, ()), *warned.get(urn, ()), *accepted.get(urn, ())]
        if found:
            place = place_of(found[0], rehearsal)
            case.set("file", place.uri)
            case.set("line", str(place.line))
        if urn in refused:
            failure = ElementTree.SubElement(
                case, "failure", message=_text(refused[urn][0]), type=refused[urn][0].rule
            )
            failure.text = "\n".join(map(_text, refused[urn]))
        told = [*warned.get(urn, ()), *accepted.get(urn, ())]
        if told:
            ElementTree.SubElement(case, "system-out").text = "\n".join(map(_text, told))
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(urn in refused for urn, _, _ in cases)))
    suite.set("errors", "0")
    suite.set("skipped", "0")
    return suite


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


def _by_urn(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.urn, []).append(finding)
    return found


def _text(finding: Finding) -> str:
    answer = " ".join(filter(None, (str(finding.status or ""), finding.code)))
    place = f"{finding.position}: " if finding.position else ""
    path = f" {finding.path}" if finding.path else ""
    return one_line(f"{place}{finding.rule}{path}: {f'{answer}: ' if answer else ''}{finding.message}")
