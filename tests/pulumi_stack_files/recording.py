"""What Pulumi's own reader made of stack files: `tests/data/pulumi_stack_files/scalars.json`.

A row has the scalar as `written`, with Pulumi's answer where it stands at the top of `config:` and where it is `nested`
in a map; or the `content` of a whole `file`. `refused_here` says why this project's reader refuses what Pulumi takes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[1] / "data/pulumi_stack_files/scalars.json"


@dataclass(frozen=True)
class Form:
    """A stack file of the project `sample`, and Pulumi's answer: `values` by full key as a program gets them, `secret`
    keys, or refused. `reason` is why it is refused here alone."""

    name: str
    content: bytes
    values: dict[str, str]
    secret: list[str]
    refused: bool
    reason: str


def recorded_forms() -> tuple[Form, ...]:
    """Every form."""
    return tuple(_forms(json.loads(_FILE.read_text(encoding="utf-8"))["rows"]))


def _forms(rows: list[dict[str, Any]]) -> Iterator[Form]:
    for row in rows:
        reason = row.get("refused_here", "")
        if "written" in row:
            written = row["written"]
            yield _form(
                f"top {written!r}", f"config:\n  sample:key: {written}\n".encode(), row["pulumi"], reason
            )
            nested = f"config:\n  sample:key:\n    inner: {written}\n"
            yield _form(f"nested {written!r}", nested.encode(), row["nested"], reason)
        else:
            content = row["content"].encode() if "content" in row else base64.b64decode(row["base64"])
            yield _form(row["file"], content, row["pulumi"], reason)


def _form(name: str, content: bytes, answer: dict[str, Any], reason: str) -> Form:
    return Form(
        name,
        content,
        answer.get("values", {}),
        answer.get("secure", []),
        "error" in answer or bool(reason),
        reason,
    )
