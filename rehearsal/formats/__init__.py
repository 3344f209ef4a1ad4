"""Findings in the forms that other tools read."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How a preview says what it found. Its value is that of `--format`."""

    TEXT = "text"
    JSON = "json"
    """What the text says, for programs."""
    SARIF = "sarif"
    JUNIT = "junit"
