"""The changelog's form, the version, and the last release's baseline."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Migrations"}
"""Of keepachangelog.com 1.1.0, and what somebody who deployed the last release has to do."""


def releases() -> list[str]:
    return re.findall(r"^## \[([^\]]+)\]", CHANGELOG, re.MULTILINE)


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_the_changelog_has_the_common_form() -> None:
    assert CHANGELOG.startswith("# Changelog\n")
    first, *others = releases()
    assert first == "Unreleased"
    assert others == sorted(others, key=numbers, reverse=True)
    dated = re.findall(r"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$", CHANGELOG, re.MULTILINE)
    assert len(dated) == len(others)
    assert set(re.findall(r"^### (.*)$", CHANGELOG, re.MULTILINE)) <= KINDS


def test_the_version_is_semantic_and_has_its_section_and_baseline() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert VERSION in releases()
    newest = max((path.name for path in (ROOT / "releases").iterdir() if path.is_dir()), key=numbers)
    assert numbers(newest) <= numbers(VERSION)
    assert newest in releases()


def test_every_migration_has_its_steps_in_the_changelog() -> None:
    listed = yaml.safe_load((ROOT / "releases/migrations.yaml").read_text(encoding="utf-8"))
    for entry in listed:
        assert set(entry) == {"since", "resource", "what", "why"}
        section = CHANGELOG.partition(f"## [{entry['since']}]")[2].partition("\n## ")[0]
        assert "### Migrations" in section, entry
