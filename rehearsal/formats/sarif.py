"""Findings as SARIF 2.1.0, which code scanning shows at a pull request's lines.

The form is that of docs.oasis-open.org/sarif/sarif/v2.1.0; GitHub's own wishes: docs.github.com
code-security/reference/code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from rehearsal.formats.places import Place, place_of
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.printable import one_line
from rehearsal.rules import all_rules
from rehearsal.run import Rehearsal
from rehearsal.suppressions import Suppression
from rehearsal.told import TOLD

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_ROOT = "SRCROOT"
URI_BASES = {_ROOT: {"description": {"text": "the root of the repository"}}}

_LEVELS = {Severity.REFUSAL: "error", Severity.WARNING: "warning"}


def sarif_run(rehearsal: Rehearsal, version: str) -> Mapping[str, object]:
    """One stack's findings as a run of the tool in this `version`."""
    told = (*rehearsal.refusals, *rehearsal.broken_promises, *rehearsal.warnings)
    findings = [*((one, None) for one in told), *rehearsal.accepted]
    ids = sorted({finding.rule for finding, _ in findings})
    titles = _titles()
    return {
        "tool": {
            "driver": {
                "name": "rehearsal",
                "semanticVersion": version,
                "rules": [_rule(each, *titles.get(each, ("", ""))) for each in ids],
            }
        },
        "automationDetails": {"id": f"rehearsal/{one_line(rehearsal.project)}/{one_line(rehearsal.stack)}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": URI_BASES,
        "results": [
            _result(finding, suppression, ids.index(finding.rule), place_of(finding, rehearsal))
            for finding, suppression in findings
        ],
    }


def sarif_document(runs: Sequence[Mapping[str, object]]) -> str:
    """The runs as one document."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _titles() -> dict[str, tuple[str, str]]:
    checks = {check.id: (check.what, check.source) for check in TOLD}
    return checks | {rule.id: (rule.title, rule.source) for rule in all_rules()}


def _rule(name: str, title: str, source: str) -> Mapping[str, object]:
    said = title or name
    help_text = f"{said}. Source: {source}. `rehearsal explain {name}` shows more." if source else said
    return {
        "id": name,
        "shortDescription": {"text": said},
        "fullDescription": {"text": said},
        "help": {"text": help_text},
        "properties": {"tags": ["azure"]},
    }


def _result(
    finding: Finding, suppression: Suppression | None, index: int, place: Place
) -> Mapping[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [
            location(place, finding.urn),
        ],
        "partialFingerprints": fingerprints(finding.rule, finding.urn, finding.path),
    }
    if suppression is not None:
        result["suppressions"] = [{"kind": "external", "justification": one_line(suppression.described())}]
    return result


def _text(finding: Finding) -> str:
    answer = " ".join(filter(None, (str(finding.status or ""), finding.code)))
    name = finding.urn.rpartition("::")[2]
    place = " ".join(filter(None, (name, finding.path)))
    return one_line(f"{place}: {finding.message}{f' ({answer})' if answer else ''}")


def location(place: Place, urn: str = "") -> dict[str, object]:
    """A line of the program, and the resource that it declares."""
    found: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": place.uri, "uriBaseId": _ROOT},
            "region": {"startLine": place.line},
        }
    }
    if urn:
        found["logicalLocations"] = [{"fullyQualifiedName": one_line(urn), "kind": "resource"}]
    return found


def fingerprints(*parts: str) -> Mapping[str, str]:
    """By which code scanning knows a result again, wherever its line has moved to."""
    return {"rehearsal/v1": hashlib.sha256("|".join(parts).encode()).hexdigest()}
