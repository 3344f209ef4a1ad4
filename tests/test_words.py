"""Texts are plain English: the phrases that we wrote too often, and that readers had to guess at, do not come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

RIDDLES = {
    r"whoever": "name the person or the identity: the deployer, every reader, the caller",
    r"warned of": "a warning about it, or: it is a warning",
    r"what (?:it|this|that) comes to": "name the result",
    r"(?:the )?gravest counts": "the worst decides",
    r"what is left out": "name the settings, or give the default",
    r"stands? (?:in(?! for\b)|on|at|below|beside|under|inside|outside|behind|there|alone|for|twice)": "is, means",
}
"""Pattern of a phrase to what to write instead."""

TEXTS = ("*.md", "*.py", "Makefile")
OTHERS = ("tests", "releases", "templates")
"""Tests quote messages of services, a released baseline stays as it was, and templates become somebody else's."""

PATTERNS = {
    riddle: re.compile(rf"\b{riddle}\b".replace(" ", r"\s+(?:# )?"), re.IGNORECASE) for riddle in RIDDLES
}


def texts() -> Iterator[Path]:
    """Pages, messages, docstrings and comments; not the stack files and lists that users change."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."]
    for pattern in TEXTS:
        yield from ROOT.glob(pattern)
        for folder in folders:
            if folder.name not in OTHERS:
                yield from folder.rglob(pattern)


def riddles_in(text: str) -> list[tuple[int, str, str]]:
    """Line, phrase and what to write instead."""
    return sorted(
        (text.count("\n", 0, found.start()) + 1, found[0], RIDDLES[riddle])
        for riddle, pattern in PATTERNS.items()
        for found in pattern.finditer(text)
    )


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Whoever deploys reads it.", ["Whoever"]),
        ("A key that\nstands\nthere twice is warned of.", ["stands\nthere", "warned of"]),
        ("    # The record stands\n    # in the zone.", ["stands\n    # in"]),
        ("Texts stand in for outputs, as stand-ins; the gravest finding comes first.", []),
    ],
)
def test_riddles_are_found(text: str, phrases: list[str]) -> None:
    assert [phrase for _, phrase, _ in riddles_in(text)] == phrases


def test_texts_say_it_plainly() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: '{phrase}': {instead}"
        for path in texts()
        for line, phrase, instead in riddles_in(path.read_text(encoding="utf-8"))
    ]
    assert sorted(found) == []
