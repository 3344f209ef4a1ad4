"""How pip and conda write a package with its version."""

from __future__ import annotations

import datetime
import re

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
PIP = Source(
    "packaging.python.org specifications/dependency-specifiers; pip.pypa.io reference/requirements-file-format",
    _READ,
)
"""conda hands the list below `pip` to pip as a file of requirements."""
CONDA = Source(
    "docs.conda.io user-guide/concepts/pkg-search (package search and install specifications)", _READ
)

_PIP_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_PIP_CLAUSE = r"(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9][A-Za-z0-9.*+!_-]*"
_PIP_MARKER = r".+(?:[<>=~]|\bin\b).+"
"""A comparison at least; what else a condition may be is pip's business."""
_PIP_VERSIONS = rf"{_PIP_CLAUSE}(?:\s*,\s*{_PIP_CLAUSE})*"
_PIP = re.compile(
    rf"{_PIP_NAME}\s*(?:\[[A-Za-z0-9._,\s-]*\])?\s*"
    rf"(?:(?:{_PIP_VERSIONS}|\(\s*{_PIP_VERSIONS}\s*\))?\s*(?:;{_PIP_MARKER})?|@\s*\S+(?:\s+;{_PIP_MARKER})?)"
)

_CONDA_VERSION = r"[A-Za-z0-9*][A-Za-z0-9.*+!_]*"
_CONDA_CLAUSE = rf"(?:==|=|~=|!=|<=|>=|<|>)?\s*{_CONDA_VERSION}"
_CONDA = re.compile(
    rf"(?:[\w./:-]+::)?[A-Za-z0-9_*][A-Za-z0-9._*-]*"
    rf"(?:\s*(?:==|=|~=|!=|<=|>=|<|>)\s*{_CONDA_VERSION}(?:\s*[,|]\s*{_CONDA_CLAUSE})*(?:[= ][\w.*]+)?"
    rf"|\s+[\d*][\w.*+!]*(?:\s*[,|]\s*{_CONDA_CLAUSE})*(?:[= ][\w.*]+)?)?(?:\[.+\])?"
)


_PIP_COMMENT = re.compile(r"(^|\s)#.*$")
_PIP_OPTIONS = re.compile(r"(\s+--[a-z-]+[= ]\S+)+$")
_PIP_LONE_OPTION = re.compile(
    r"-[icref]|--(index-url|extra-index-url|constraint|requirement|editable|find-links|no-binary|only-binary"
    r"|trusted-host|use-feature)"
)
"""Options of a file of requirements that take a value, alone."""
_PIP_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")


def pip_problem(text: str) -> str | None:
    """What is wrong with a line of pip's requirements, or None; options, paths and addresses are pip's own business."""
    line = _PIP_OPTIONS.sub("", _PIP_COMMENT.sub("", text)).strip()
    if _PIP_LONE_OPTION.fullmatch(line):
        return f"'{text}' is an option of pip without its value; give both, such as -r requirements.txt"
    if line.startswith(("-", ".")) or "/" in line or _PIP.fullmatch(_PIP_VARIABLE.sub("1", line)):
        return None
    if text.strip() and not line:
        return None  # a comment alone
    return f"'{text}' is no requirement of pip; give a name and a version, such as pandas==2.3.3"


def conda_problem(text: str) -> str | None:
    """What is wrong with a dependency of a conda environment, or None; an address is that of a package file."""
    if "://" in text or _CONDA.fullmatch(text):
        return None
    return f"'{text}' is no package of conda; give a name and a version, such as pandas=2.3.3"
