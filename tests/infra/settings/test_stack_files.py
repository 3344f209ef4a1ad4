"""Stack files that are none, or odd ones: refused by line by both readers, or read as they are meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infra.settings.load import SettingsError, load_from_stack_file
from rehearsal.model.errors import RehearsalError
from rehearsal.program.yaml_files import read_yaml_mapping
from tests.reference_platform import stack_file

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)


def committed() -> str:
    return stack_file("dev").read_text(encoding="utf-8")


def within(old: str, new: str) -> bytes:
    assert old in committed()
    return committed().replace(old, new, 1).encode()


BOMB = "    b0: &b0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"    b{level}: &b{level} [{', '.join([f'*b{level - 1}'] * 10)}]\n" for level in range(1, 30)
)
REGION = "    location: westeurope"
FILES: dict[str, tuple[bytes, str, str]] = {
    "no YAML": (within("config:", "config: ["), r"is not YAML: .* line \d+", r":\d+: expected ',' or ']'"),
    "a tab": (within(REGION, "\tlocation: x"), r"is not YAML: .* line \d+", r":\d+: "),
    "a key twice": (
        within(REGION, f"{REGION}\n{REGION}"),
        "key 'location' stands there twice",
        r":\d+: mapping key 'location' already defined",
    ),
    "an area twice": (
        committed().encode() + b"\n  mlplatform:azure: {}\n",
        "key 'mlplatform:azure' stands there twice",
        r":\d+: mapping key 'mlplatform:azure' already defined",
    ),
    "an unknown alias": (within(REGION, "    location: *x"), "undefined alias 'x'", "undefined alias 'x'"),
    "a circle": (within("tags:\n", "tags: &t\n    again: *t\n"), "tags: holds itself", "contains itself"),
    "a bomb of aliases": (
        within("tags:\n", f"tags:\n{BOMB}"),
        "without YAML aliases",
        "its aliases .* stand for",
    ),
    "Latin-1": (
        within("# The dev", "# Für dev").decode().encode("latin-1"),
        "'utf-8' codec",
        ":2: not UTF-8",
    ),
    "UTF-16": (committed().encode("utf-16"), "'utf-8' codec", ":1: not UTF-8"),
    "a NUL": (within("westeurope", "west\0europe"), "unacceptable character", "unacceptable character"),
    "a Python object": (
        within(REGION, "    location: !!python/object/apply:os.system [ls]"),
        "could not determine a constructor",
        r":\d+: could not determine a constructor",
    ),
    "more digits than a number has": (within("4000", "9" * 5_000), "is not YAML: .* digits", ":1: .* digits"),
    "a list as a key": (
        within(REGION, "    ? [a]\n    : 1"),
        "unhashable key",
        r":\d+: found unhashable key",
    ),
    "two documents": (committed().encode() + b"\n---\nconfig: {}\n", "another document", "another document"),
    "a list": (b"- config", "config: is missing", "expected a mapping"),
    "brackets without end": (b"config: " + b"[" * 3_000, "is not YAML", ":1: "),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_stack_file_is_refused_by_line(name: str, tmp_path: Path) -> None:
    content, loader, rehearsal = FILES[name]
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=loader) as refused:
        load_from_stack_file(path, today=TODAY)
    # One line for each problem, and one before them.
    assert len(str(refused.value).splitlines()) == len(refused.value.problems) + 1
    with pytest.raises(RehearsalError, match=rehearsal):
        read_yaml_mapping(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + committed().encode(),
        committed().replace("\n", "\r\n").encode(),
        within(REGION, "    <<: {location: westeurope}"),
    ],
    ids=["byte order mark", "Windows line ends", "merge key"],
)
def test_what_an_editor_may_write_is_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_bytes(content)
    assert (
        load_from_stack_file(path, today=TODAY).settings
        == load_from_stack_file(stack_file("dev"), today=TODAY).settings
    )
    assert read_yaml_mapping(path) == read_yaml_mapping(stack_file("dev"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Pulumi\.qa\.yaml: cannot be read: No such file"):
        load_from_stack_file(tmp_path / "Pulumi.qa.yaml")
