"""Files that would never end, or never begin: refused at once, with their place."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.files import MOST_BYTES
from pulumi_stack_files.stack_file import read_stack_file


def refusal(path: Path) -> str:
    with pytest.raises(StackFileError) as refused:
        read_stack_file(path, "sample")
    return str(refused.value).removeprefix(str(path))


def written(folder: Path, content: str) -> Path:
    path = folder / "Pulumi.dev.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "Pulumi.dev.yaml")
    assert refusal(tmp_path / "Pulumi.dev.yaml") == ":1: is a pipe, no regular file"


@pytest.mark.parametrize(("target", "kind"), [("/dev/zero", "a device"), (".", "a folder")])
def test_a_link_is_followed_to_regular_files_only(target: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.dev.yaml").symlink_to(target)
    assert refusal(tmp_path / "Pulumi.dev.yaml") == f":1: is {kind}, no regular file"
    (tmp_path / "Pulumi.prod.yaml").symlink_to(written(tmp_path / "..", "config: {size: 1}"))
    assert read_stack_file(tmp_path / "Pulumi.prod.yaml", "sample") == {"sample:size": 1}


def test_a_socket_cannot_be_read(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s").startswith(":1: cannot be read: ")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "config: {}")
    os.truncate(path, 2**40)  # a hole: takes no space
    assert refusal(path) == f":1: is larger than {MOST_BYTES:,} bytes, which no file of settings is"


def test_merge_keys_without_end_are_refused(tmp_path: Path) -> None:
    """Pulumi: "document contains excessive aliasing"."""
    lines = [f"    a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], k{i}: 1}}" for i in range(1, 26)]
    path = written(tmp_path, "\n".join(["config:", "  sample:a:", "    a0: &a0 {k0: 1}", *lines]))
    assert "excessive aliasing" in refusal(path)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("!!binary aGVsbG8=", "a tag (!name) does not belong"),
        ("!!set {a}", "a tag (!name) does not belong"),
        ("!!python/object/apply:os.system [ls]", "a tag (!name) does not belong"),
        ("!mine x", "a tag (!name) does not belong"),
        ("&a [*a]", "the alias *a contains itself"),
        ("[" * 101 + "]" * 101, "is nested deeper than 100 levels"),
        (f"&a [{'1,' * 1_000}]\n  sample:b: [{'*a,' * 100}]", "has more than 100,000 values"),
    ],
)
def test_a_value_is_refused_with_its_line(value: str, told: str, tmp_path: Path) -> None:
    line, _, problem = (
        refusal(written(tmp_path, f"config:\n  sample:key: {value}\n")).removeprefix(":").partition(": ")
    )
    assert line in ("2", "3")
    assert problem.startswith(told)


def test_dates_of_other_files_stay_as_written(tmp_path: Path) -> None:
    path = written(tmp_path, "expires: 2027-03-31\ncount: 4_000\nodd: 2026-02-30\n")
    assert read_mapping(path) == {"expires": "2027-03-31", "count": 4000, "odd": "2026-02-30"}
