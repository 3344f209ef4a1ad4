"""A file is written whole, and what is no file is not replaced by one. `rehearsal` and `infra` have a writer each."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import infra.files
import rehearsal.inventory

Write = Callable[[Path, str], None]


@pytest.fixture(params=[rehearsal.inventory.write_atomically, infra.files.write_atomically])
def write(request: pytest.FixtureRequest) -> Write:
    return request.param


def test_a_pipe_gets_the_text_and_stays_a_pipe(write: Write, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR)  # open at both ends, so that nobody waits
    try:
        write(pipe, "text\n")
        assert os.read(reader, 100) == b"text\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


def test_a_link_stays_a_link(write: Write, tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    link.symlink_to(file)
    write(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_folder_is_no_file(write: Write, tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write(tmp_path, "text")
