"""The document that a preview prints in a format other than text, put together from its stacks' parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from rehearsal.formats import Format
from rehearsal.formats.junit import junit_document, junit_suite
from rehearsal.formats.sarif import sarif_document, sarif_run
from rehearsal.run import Rehearsal
from rehearsal.summary_document import summary_document
from rehearsal.version import installed_version


@dataclass(frozen=True)
class FormatPart:
    """One stack's part, as text: it comes from the stack's own process."""

    text: str


def format_part(format_: Format, rehearsal: Rehearsal) -> FormatPart | None:
    """The stack's part; None where the format is text."""
    if format_ is Format.JSON:
        return FormatPart(json.dumps(summary_document(rehearsal)))
    if format_ is Format.SARIF:
        return FormatPart(json.dumps(sarif_run(rehearsal, installed_version())))
    if format_ is Format.JUNIT:
        return FormatPart(ElementTree.tostring(junit_suite(rehearsal), encoding="unicode"))
    return None


def document(format_: Format, parts: Sequence[FormatPart]) -> str:
    """All parts as one document."""
    if format_ is Format.JSON:
        # ASCII: a document may hold half of a surrogate pair, which no encoding takes.
        return f"{json.dumps([json.loads(part.text) for part in parts], indent=2)}\n"
    if format_ is Format.SARIF:
        return sarif_document([json.loads(part.text) for part in parts])
    return junit_document([ElementTree.fromstring(part.text) for part in parts])  # noqa: S314 - our own text
