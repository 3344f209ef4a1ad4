"""The stack files are in the form that Pulumi writes: `pulumi stack init` and `config set` then change one line.

Pulumi reads the file into nodes of yaml.v3, changes those that differ, and writes all of them back with two spaces of
indentation and lines of any length (sdk/go/common/util/yamlutil edit.go and encode.go, read 2026-11-30). Comments and
styles of scalars and collections stay. Blank lines go, a plain scalar with a `:` inside braces or brackets is quoted,
and a number is written in its shortest form. PyYAML's emitter comes from the same libyaml and has the same rules for
scalars.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from yaml.emitter import Emitter

REFERENCE = Path(__file__).parent / "data" / "reference_platform"
STACK_FILES = sorted(REFERENCE.glob("Pulumi.*.yaml"))

_FLOAT = re.compile(r"[-+]?[0-9]*\.[0-9]+")


class _Emitter(Emitter):
    """Sequences inside mappings are indented, as yaml.v3 does."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def written_back(text: str) -> list[str]:
    """The lines without comments, as Pulumi writes them."""
    written = io.StringIO()
    emitter = _Emitter(written, width=1_000_000, allow_unicode=True, indent=2)
    for event in yaml.parse(text):
        if isinstance(event, yaml.ScalarEvent):
            event.implicit = (True, True)
            if event.style is None and _FLOAT.fullmatch(event.value):
                event.value = repr(float(event.value))
        emitter.emit(event)
    return written.getvalue().splitlines()


def content(text: str) -> Iterator[str]:
    """The lines without comments."""
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            yield re.sub(r" #.*$", "", line)


def differences(text: str) -> list[str]:
    """What Pulumi would write otherwise."""
    written = set(written_back(text))
    return [line for line in content(text) if line not in written]


@pytest.mark.parametrize("path", STACK_FILES, ids=lambda path: path.name)
def test_writing_a_stack_file_back_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert differences(text) == []
    assert list(content(text)) == written_back(text)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("config:\n\n  a:b: 1\n", ""),
        ("config:\n  a:b: {c: env:NAME}\n", "  a:b: {c: env:NAME}"),
        ("config:\n  a:b: {c: 0.80}\n", "  a:b: {c: 0.80}"),
        ("config:\n  a:b:\n  - 1\n", "  - 1"),
        ("config:\n    a:b: 1\n", "    a:b: 1"),
        ("config:\n  a:b: { c: 1 }\n", "  a:b: { c: 1 }"),
        ("config:\n  a:b: [1,\n    2]\n", "  a:b: [1,"),
    ],
)
def test_another_form_would_be_changed(text: str, changed: str) -> None:
    assert changed in differences(text)


@pytest.mark.parametrize(
    "text", ['config:\n  a:b: {c: "env:NAME", d: 0.8}\n  # why\n  e:f: env:NAME # here\n  g:\n    - 1\n']
)
def test_comments_and_quotes_stay(text: str) -> None:
    assert list(content(text)) == written_back(text)
