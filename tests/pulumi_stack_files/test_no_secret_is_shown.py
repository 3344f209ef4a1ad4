"""A file that cannot be read is refused by its line, and the line is never shown: it may hold a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.stack_file import read_stack_file

SECRET = "hunter2secret"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"config:\n  a:token: {SECRET}: x\n", 2),
        (f'config:\n  a:token: "{SECRET}\n', 3),
        (f"config:\n  {SECRET}\n  a: b\n", 3),
        (f"config:\n  a:token: [{SECRET}\n  b: c\n", 3),
        (f"config:\n  a:token: @{SECRET}\n", 2),
        (f"config:\n  a:token: `{SECRET}\n", 2),
        (f"config:\n  a:token: '{SECRET}' {SECRET}\n", 2),
        (f"config:\n  a:token: !!int {SECRET}\n", 2),
        (f"config:\n  a:token: !{SECRET}\n", 2),
        (f"config:\n  a:token: !!{SECRET} x\n", 2),
        (f"config:\n  a:token: *{SECRET}\n", 2),
        (f'config:\n  a:token: "\\Uffffffff {SECRET}"\n', 2),
        (f"config:\n  a:token: {SECRET}\x01\n", 2),
        (f"{SECRET}\n", 1),
        (f"- {SECRET}\n", 1),
        (f"config: {SECRET}\n", 1),
    ],
)
def test_a_refusal_names_the_line_and_not_what_is_in_it(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StackFileError) as refused:
        read_stack_file(path, "a")
    assert refused.value.line == line
    assert SECRET not in str(refused.value)


def test_a_folder_in_place_of_a_stack_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.mkdir()
    with pytest.raises(StackFileError, match=r"Pulumi\.dev\.yaml:1: is a folder, no regular file"):
        read_stack_file(path, "a")
