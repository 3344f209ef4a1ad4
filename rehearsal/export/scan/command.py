"""`python -m rehearsal attribute`: a scanner's results on an export, at the lines of the program."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rehearsal.export.scan.exported import read_exported
from rehearsal.export.scan.results import Result, Scan, read_scans, sarif_run
from rehearsal.formats.sarif import sarif_document
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode
from rehearsal.model.printable import one_line
from rehearsal.model.urns import logical_name, qualified_type, short_type
from rehearsal.program.project import read_project
from rehearsal.program_arguments import add_project_argument


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `attribute`."""
    parser.add_argument(
        "results", nargs="+", type=Path, metavar="SARIF", help="what a scanner wrote about the export"
    )
    parser.add_argument("--export", type=Path, required=True, metavar="DIR", help="folder of the export")
    add_project_argument(parser)
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write SARIF with the program's lines there"
    )


def main(chosen: argparse.Namespace) -> int:
    """Prints each result at its line; the results decide no exit code, they are the scanner's."""
    try:
        project, exported = read_project(chosen.project), read_exported(chosen.export)
        scans = [scan for file in chosen.results for scan in read_scans(file, exported, project)]
        if chosen.output:
            write_atomically(chosen.output, sarif_document([sarif_run(scan, exported) for scan in scans]))
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return ExitCode.FAILED
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return ExitCode.FAILED
    for scan in scans:
        for line in _lines(scan):
            print(line)
    return ExitCode.CLEAN


def _lines(scan: Scan) -> Iterator[str]:
    by_place: dict[str, list[Result]] = {}
    for result in scan.results:
        by_place.setdefault(_place(result), []).append(result)
    for place, results in sorted(by_place.items()):
        yield place
        yield from (f"    {one_line(each)}" for each in sorted({_said(result) for result in results}))
    yield _counted(scan.scanner, scan.results)


def _place(result: Result) -> str:
    declared = result.declared
    if declared is None:
        return "no resource of the export"
    kind = short_type(qualified_type(declared.urn).rpartition("$")[2])
    at = f"{declared.position}: " if declared.position else ""
    return one_line(f"{at}{logical_name(declared.urn)} ({kind})")


def _said(result: Result) -> str:
    return f"{result.rule}: {result.message}"


def _counted(scanner: str, results: Iterable[Result]) -> str:
    rules = Counter(result.rule for result in results)
    resources = {result.declared.urn for result in results if result.declared}
    return f"{scanner}: {rules.total()} results of {len(rules)} rules on {len(resources)} resources"
