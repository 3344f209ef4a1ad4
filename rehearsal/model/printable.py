"""Texts of others as they may be shown: a name must neither move a terminal's cursor nor give a pipeline an order."""

from __future__ import annotations

import re

_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters but for the tab and the line's end, marks of a text's direction, and what has no width."""

_COMMANDS = re.compile(r"##(?=vso\[|\[)|^(?P<blank>\s*)::", re.IGNORECASE | re.MULTILINE)
"""Azure Pipelines takes `##vso[…]` and `##[…]` anywhere in a line, GitHub Actions `::…::` at its beginning
(learn.microsoft.com azure/devops/pipelines/scripts/logging-commands; docs.github.com
actions/reference/workflows-and-actions/workflow-commands)."""


def printable(text: str) -> str:
    """The text with everything escaped that is no text; its lines stay."""
    shown = _NOT_SHOWN.sub(lambda found: _escape(found[0]), text)
    return _COMMANDS.sub(
        lambda found: f"{found['blank']}\\::" if found["blank"] is not None else "#\\#", shown
    )


def one_line(text: str) -> str:
    """As `printable`, in one line whatever the text holds."""
    return printable(text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t"))


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
