"""How pip and conda write a package with its version."""

from __future__ import annotations

import datetime
import re

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
PIP = Source("packaging.python.org specifications/dependency-specifiers", _READ)
CONDA = Source("docs.conda.io conda-build/resources/package-spec (package match specifications)", _READ)

_PIP_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_PIP_CLAUSE = r"(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9][A-Za-z0-9.*+!_-]*"
_PIP_VERSIONS = rf"{_PIP_CLAUSE}(?:\s*,\s*{_PIP_CLAUSE})*"
_PIP = re.compile(
    rf"{_PIP_NAME}\s*(?:\[[A-Za-z0-9._,\s-]*\])?\s*"
    rf"(?:(?:{_PIP_VERSIONS}|\(\s*{_PIP_VERSIONS}\s*\))?\s*(?:;.+)?|@\s*\S+(?:\s+;.+)?)"
)

_CONDA_VERSION = r"[A-Za-z0-9*][A-Za-z0-9.*+!_]*"
_CONDA_CLAUSE = rf"(?:==|=|~=|!=|<=|>=|<|>)?\s*{_CONDA_VERSION}"
_CONDA = re.compile(
    rf"(?:[\w./:-]+::)?[A-Za-z0-9_*][A-Za-z0-9._*-]*"
    rf"(?:\s*(?:==|=|~=|!=|<=|>=|<|>)\s*{_CONDA_VERSION}(?:\s*[,|]\s*{_CONDA_CLAUSE})*(?:[= ][\w.*]+)?"
    rf"|\s+[\d*][\w.*+!]*(?:\s*[,|]\s*{_CONDA_CLAUSE})*(?:[= ][\w.*]+)?)?(?:\[.+\])?"
)


def pip_problem(text: str) -> str | None:
    """What is wrong with a line of pip's requirements, or None; options and addresses are pip's own business."""
    if text.startswith(("-", ".", "/")) or "://" in text or _PIP.fullmatch(text):
        return None
    return f"'{text}' is no requirement of pip; give a name and a version, such as pandas==2.3.3"


def conda_problem(text: str) -> str | None:
    """What is wrong with a dependency of a conda environment, or None."""
    if _CONDA.fullmatch(text):
        return None
    return f"'{text}' is no package of conda; give a name and a version, such as pandas=2.3.3"
