"""A policy pack's folder, and the configuration given with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.files import read_text
from rehearsal.model.errors import RehearsalError, refused_files

_LEVELS = ("advisory", "mandatory", "remediate", "disabled")


@dataclass(frozen=True)
class PolicyPack:
    """`python` runs it: its own virtual environment's where PulumiPolicy.yaml names one, else this process's.
    `configuration` is by policy name: a level, or a map with `enforcementLevel` and properties; `all` means every
    policy."""

    directory: Path
    python: Path
    version: str = ""
    configuration: Mapping[str, object] = field(default_factory=dict)


def read_pack(directory: Path, configuration_file: Path | None = None) -> PolicyPack:
    """Reads PulumiPolicy.yaml and the configuration (JSON, as for `pulumi preview --policy-pack-config`).

    Raises `RehearsalError`: no pack there, not a Python one, no such environment, a corrupt configuration.
    """
    directory = directory.resolve()
    path = directory / "PulumiPolicy.yaml"
    if not path.is_file():
        raise RehearsalError(
            f"no PulumiPolicy.yaml in {directory}: not a policy pack (--policy-pack names the folder)"
        )
    with refused_files():
        content = read_mapping(path)
    runtime = content.get("runtime")
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        raise RehearsalError(f"{path}:1: runtime is {language!r}; only Python policy packs can be rehearsed")
    options = runtime.get("options") if isinstance(runtime, dict) else None
    environment = options.get("virtualenv") if isinstance(options, dict) else None
    python = Path(sys.executable)
    if isinstance(environment, str):
        folder = "Scripts" if sys.platform == "win32" else "bin"
        python = directory / environment / folder / "python"
        if not python.exists():
            raise RehearsalError(f"{path}: its virtual environment {environment!r} is not there: {python}")
    return PolicyPack(
        directory=directory,
        python=python,
        version=str(content.get("version", "")),
        configuration=_read_configuration(configuration_file),
    )


def _read_configuration(path: Path | None) -> Mapping[str, object]:
    if path is None:
        return {}
    try:
        with refused_files():
            content = json.loads(read_text(path))
    except ValueError as error:
        raise RehearsalError(f"{path}: not JSON: {error}") from error
    if not isinstance(content, dict):
        raise RehearsalError(f"{path}: must be a map from policy name to its configuration")
    for name, value in content.items():
        level = value.get("enforcementLevel", "advisory") if isinstance(value, dict) else value
        if level not in _LEVELS:
            raise RehearsalError(f"{path}: {name}: level {level!r} is none of {', '.join(_LEVELS)}")
    return content
