"""A scanner's results on an export, as SARIF whose places are the program's lines.

Every scanner that writes SARIF names the file and the line of a template (docs.oasis-open.org/sarif/sarif/v2.1.0,
physicalLocation): checkov, KICS, Trivy. Its own place stays as a related location.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.export.scan.exported import Declared, Exported
from rehearsal.formats.places import place_in
from rehearsal.formats.sarif import URI_BASES, fingerprints, location
from rehearsal.model.errors import RehearsalError
from rehearsal.model.json_reader import WrongJsonError, parse_json
from rehearsal.model.json_values import object_at, objects_at, text_at
from rehearsal.model.printable import one_line
from rehearsal.model.values import JsonObject
from rehearsal.program.project import Project


@dataclass(frozen=True)
class Result:
    """`declared`: None where the scanner named no resource of the export. `row`: the result in SARIF."""

    rule: str
    message: str
    declared: Declared | None
    row: Mapping[str, object]


@dataclass(frozen=True)
class Scan:
    """What one run of a scanner found. `run`: the run in SARIF, without its results."""

    scanner: str
    run: JsonObject
    results: tuple[Result, ...]


def read_scans(file: Path, exported: Exported, project: Project) -> tuple[Scan, ...]:
    """The runs of a SARIF file. Raises `RehearsalError`, which names the file."""
    try:
        document = parse_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RehearsalError(f"{file}: {error.strerror}") from error
    except (WrongJsonError, UnicodeDecodeError) as error:
        raise RehearsalError(f"{file}: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("runs"), list):
        raise RehearsalError(f"{file}: is no SARIF: it has no list of runs")
    return tuple(_scan(run, exported, project) for run in objects_at(document, "runs"))


def sarif_run(scan: Scan, exported: Exported) -> Mapping[str, object]:
    """The run with the program's places."""
    name = scan.scanner.lower()
    return {
        **scan.run,
        "automationDetails": {"id": f"{name}/{one_line(exported.project)}/{one_line(exported.stack)}/"},
        "originalUriBaseIds": URI_BASES,
        "results": [result.row for result in scan.results],
    }


def _scan(run: JsonObject, exported: Exported, project: Project) -> Scan:
    scanner = text_at(run, "tool.driver.name") or "scanner"
    results = tuple(_result(one, scanner, exported, project) for one in objects_at(run, "results"))
    return Scan(scanner, {key: value for key, value in run.items() if key != "results"}, results)


def _result(row: JsonObject, scanner: str, exported: Exported, project: Project) -> Result:
    rule, message = text_at(row, "ruleId"), text_at(row, "message.text")
    declared, own = None, objects_at(row, "locations")
    for named in own:
        declared = declared or _declared(object_at(named, "physicalLocation"), exported)
    place = place_in(project.directory, declared.position if declared else None, project.program)
    told = {
        **row,
        "locations": [location(place, declared.urn if declared else "")],
        "relatedLocations": list(_related(own)),
        "partialFingerprints": fingerprints(scanner, rule, declared.urn if declared else message),
    }
    return Result(rule, message, declared, told)


def _declared(physical: JsonObject, exported: Exported) -> Declared | None:
    template = exported.template_of(text_at(physical, "artifactLocation.uri"))
    region = object_at(physical, "region")
    first, last = region.get("startLine"), region.get("endLine")
    if not template or not isinstance(first, int):
        return None
    return exported.resource(template, first, last if isinstance(last, int) else first)


def _related(locations: list[JsonObject]) -> Iterator[Mapping[str, object]]:
    """The places in the templates, without their texts: the alert shows the program's."""
    for number, named in enumerate(locations, start=1):
        physical = object_at(named, "physicalLocation")
        region = {key: value for key, value in object_at(physical, "region").items() if key != "snippet"}
        yield {
            "id": number,
            "message": {"text": "in the export"},
            "physicalLocation": {**physical, "region": region},
        }
