"""What other stacks give (`--stack-outputs FILE`): their outputs by name, for a program's stack references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulumi_stack_files.document import read_mapping
from rehearsal.model.errors import RehearsalError, refused_files
from rehearsal.model.values import MASK, STAND_IN, Secret


def read_stack_outputs(path: Path) -> dict[str, Mapping[str, object]]:
    """Reads a YAML or JSON file: the stack's name as the program writes it, and below it what `pulumi stack output
    --json` prints. An output that reads "[secret]" is a secret.

    Raises `RehearsalError` for a file that cannot be read or is no map of maps.
    """
    with refused_files():
        content = read_mapping(path)
    found: dict[str, Mapping[str, object]] = {}
    for stack, outputs in content.items():
        if not isinstance(outputs, dict):
            raise RehearsalError(f"{path}: '{stack}' must be a map of the stack's outputs")
        found[str(stack)] = {
            str(name): _revealed(value, f"{stack}.{name}") for name, value in outputs.items()
        }
    return found


def _revealed(value: object, name: str) -> object:
    if value == MASK:
        return Secret(f"{STAND_IN}{name.replace('/', '-')}")
    if isinstance(value, dict):
        return {str(key): _revealed(item, f"{name}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [_revealed(item, f"{name}.{index}") for index, item in enumerate(value)]
    return value
