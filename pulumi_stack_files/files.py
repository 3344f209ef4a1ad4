"""Reading a file's text without ever waiting for it."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from pulumi_stack_files.errors import StackFileError

MOST_BYTES = 1_048_576
"""A stack file of a few hundred lines has 20 thousand."""

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """The file's text, without a byte order mark. A link to a regular file is followed.

    Raises `StackFileError`: not there, no regular file, larger than `most_bytes`, not UTF-8.
    """
    try:
        # Opening a pipe waits for its writer, which may never come; reading a device may never end.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            _require_regular(path, os.fstat(descriptor), most_bytes)
            with open(descriptor, "rb", closefd=False) as file:
                # One more than allowed: the file may have grown since it was measured.
                content = file.read(most_bytes + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StackFileError(path, 1, f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        if isinstance(error, StackFileError):
            raise
        raise StackFileError(path, 1, f"cannot be read: {error}") from error  # a NUL in the name
    if len(content) > most_bytes:
        raise _too_large(path, most_bytes)
    while content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StackFileError(path, line, "not UTF-8 text") from error


def _require_regular(path: Path, found: os.stat_result, most_bytes: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for matches, name in _KINDS if matches(found.st_mode)), "something else")
        raise StackFileError(path, 1, f"is {kind}, no regular file")
    if found.st_size > most_bytes:
        raise _too_large(path, most_bytes)


def _too_large(path: Path, most_bytes: int) -> StackFileError:
    what = "no file of settings is" if most_bytes == MOST_BYTES else "no file of its kind is"
    return StackFileError(path, 1, f"is larger than {most_bytes:,} bytes, which {what}")
