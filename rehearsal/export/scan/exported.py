"""An export as the scan reads it: which resource a line of a template belongs to, and where the program declared it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.export.folder import FORMAT, MANIFEST
from rehearsal.export.scan.template_lines import resource_lines
from rehearsal.model.errors import RehearsalError
from rehearsal.model.json_reader import JsonReader, WrongJsonError, parse_json
from rehearsal.model.position import Position


@dataclass(frozen=True)
class Declared:
    """A resource of the export. `position`: None where nothing of the program's own declared it."""

    urn: str
    position: Position | None


@dataclass(frozen=True)
class Exported:
    """One stack's export. `by_template`: the resources of each template by their index in it."""

    folder: Path
    project: str
    stack: str
    by_template: Mapping[str, Mapping[int, Declared]]
    _lines: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def template_of(self, uri: str) -> str | None:
        """The template that a scanner's path names, from wherever it ran; None for another file."""
        path = uri.replace("\\", "/")
        return next((name for name in self.by_template if f"/{path}".endswith(f"/{name}")), None)

    def resource(self, template: str, first: int, last: int) -> Declared | None:
        """Whose most of the lines are: a scanner may be some lines off. None where they belong to no resource. Raises
        `RehearsalError`."""
        if template not in self._lines:
            file = self.folder / template
            try:
                self._lines[template] = resource_lines(_text(file))
            except ValueError as error:
                raise RehearsalError(f"{file}: {error}") from error
        spans = self._lines[template]
        shared = [min(last, end) - max(first, begin) + 1 for begin, end in spans]
        most = max(shared, default=0)
        return self.by_template[template].get(shared.index(most)) if most > 0 else None


def read_exported(folder: Path) -> Exported:
    """The manifest in the folder. Raises `RehearsalError`, which names the file."""
    file = folder / MANIFEST
    try:
        document = parse_json(_text(file))
        if not isinstance(document, dict):
            raise WrongJsonError("must be an object")
        manifest = JsonReader(document)
        if manifest.whole_number("format") != FORMAT:
            raise WrongJsonError(f"has a form that this version does not read; it reads format {FORMAT}")
        by_template: dict[str, dict[int, Declared]] = {
            one.text("file"): {} for one in manifest.readers("templates")
        }
        for one in manifest.readers("resources"):
            position = None
            if not one.is_null("position"):
                place = one.reader("position")
                position = Position(place.text("path"), place.whole_number("line"))
            resources = by_template.setdefault(one.text("file"), {})
            resources[one.whole_number("symbolicIndex")] = Declared(one.text("urn"), position)
        return Exported(folder, manifest.text("project"), manifest.text("stack"), by_template)
    except WrongJsonError as error:
        raise RehearsalError(f"{file}: {error}") from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{file}: {error.strerror}; rehearsal export --format arm writes it") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{file}: is no text in UTF-8 ({error})") from error
