"""Texts of others, shown so that they move no cursor and give no pipeline an order."""

from __future__ import annotations

import io

import pytest

from rehearsal.model.printable import one_line, printable
from rehearsal.terminal import PrintableStream


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("a##vso[task.setvariable]b", "a#\\#vso[task.setvariable]b"),
        ("##[error]x", "#\\#[error]x"),
        ("first\n  ::error::x", "first\n  \\::error::x"),
        ("urn:pulumi:dev::sample", "urn:pulumi:dev::sample"),
        ("right\u202eleft", "right\\u202eleft"),
        ("# a heading ## and [a link]", "# a heading ## and [a link]"),
    ],
)
def test_what_is_no_text_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_name_of_two_lines_is_shown_in_one() -> None:
    assert one_line("a\n::error::b") == "a\\n::error::b"


def test_a_stream_knows_where_a_line_begins() -> None:
    written = io.StringIO()
    stream = PrintableStream(written)
    for text in ("name ", "::no order", "\n", "::error::x\n", "\x1b[32mclean\x1b[0m"):
        stream.write(text)
    assert written.getvalue() == "name ::no order\n\\::error::x\n\x1b[32mclean\x1b[0m"
