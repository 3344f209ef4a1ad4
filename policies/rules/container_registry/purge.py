"""Purge tasks spare what may be running."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_PATH = "step.encodedTaskContent"
_EVERYTHING = re.compile(r"--filter\s+['\"]?\.[*+]:")
_KEEP = re.compile(r"--keep[\s=]+[1-9]")


def _check(judged: Judged) -> Iterator[str]:
    text = judged.value(_PATH)
    if not isinstance(text, str):
        return
    try:
        task = base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return
    for command in re.findall(r"acr purge[^\n]*", task):
        if "--dry-run" in command:
            continue
        if _EVERYTHING.search(command):
            yield f"{_PATH} purges every repository, those of running deployments too: name repositories, or --dry-run"
        elif not _KEEP.search(command):
            yield f"{_PATH} purges without --keep: the newest tag goes too"


def _task(command: str) -> dict[str, object]:
    task = f"version: v1.1.0\nsteps:\n  - cmd: {command}\n"
    return {"step": {"type": "EncodedTask", "encodedTaskContent": base64.b64encode(task.encode()).decode()}}


RULE = Rule(
    id="AMLP-CR-020",
    title="Purge tasks spare what may be running",
    severity=Severity.HIGH,
    types=("azure-native:containerregistry:Task",),
    check=_check,
    why="A registry does not know which images run; a deployment that scales out pulls its image again.",
    fix="Name the repositories that nothing runs from, keep the newest tag, or give --dry-run",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com container-registry/container-registry-auto-purge"
    ),
    cases=Cases(
        allowed=(
            _task("acr purge --filter '.*:.*' --ago 30d --keep 3 --untagged --dry-run"),
            _task("acr purge --filter 'cache:.*' --ago 30d --keep 1"),
        ),
        denied=(
            _task("acr purge --filter '.*:.*' --ago 30d --keep 3 --untagged"),
            _task("acr purge --filter 'cache:.*' --ago 30d --untagged"),
        ),
        omitted={},
        unknown={"step": {"encodedTaskContent": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
