"""Which policy packs an engine run is judged by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rehearsal.model.errors import RehearsalError
from rehearsal.policy_pack.pack import read_pack
from rehearsal.program.project import Project

STANDARD_FOLDER = "policies"
"""A pack beside Pulumi.yaml, as pipelines name it (`--policy-pack policies`)."""

ENVIRONMENTS = "environments.json"
"""Beside Pulumi.yaml, optional: what pipelines read too. A list of maps; of each, `name` (the stack) and
`policy_pack_config` (a file, from the project's folder) count here."""


@dataclass(frozen=True)
class ChosenPack:
    """A pack's folder and the configuration given with it, both absolute."""

    directory: Path
    configuration: Path | None = None


def standard_packs(project: Project, stack: str) -> tuple[ChosenPack, ...]:
    """The project's own pack, configured for this stack; nothing where it has none.

    Raises `RehearsalError`: what lies there cannot be run.
    """
    directory = project.directory / STANDARD_FOLDER
    if not (directory / "PulumiPolicy.yaml").is_file():
        return ()
    configured = _configuration_of(project.directory / ENVIRONMENTS, stack)
    return (ChosenPack(directory, project.directory / configured if configured else None),)


def check_packs(packs: tuple[ChosenPack, ...]) -> None:
    """Raises `RehearsalError` where the engine would start a pack in vain: no pack there, not a Python one, no such
    environment, a corrupt configuration."""
    for pack in packs:
        read_pack(pack.directory, pack.configuration)


def _configuration_of(path: Path, stack: str) -> str:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise RehearsalError(f"{path}: {error}") from error
    for item in content if isinstance(content, list) else ():
        if isinstance(item, dict) and item.get("name") == stack:
            return str(item.get("policy_pack_config") or "")
    return ""
