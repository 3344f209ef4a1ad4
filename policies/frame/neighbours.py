"""Who is a persona in environments of both kinds, by the stack files that lie in one folder.

A pack sees one stack at a time. Where the other stacks' files are elsewhere, nothing is known of them, and nothing is
said.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policies.frame.rule import Kind
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.stack_file import read_stack_file

PROJECT = "mlplatform"


def shared_people(folder: Path, kind: Kind, access: Mapping[str, object]) -> Mapping[str, str]:
    """Object ids of the personas of `access` that a stack of the other kind in `folder` has as personas too, with the
    name of that stack. A stack file that cannot be read is told when it is loaded, not here."""
    mine = _personas(access)
    found: dict[str, str] = {}
    for path in sorted(folder.glob("Pulumi.*.yaml")):
        try:
            config = read_stack_file(path, PROJECT)
        except StackFileError:
            continue
        if _kind(config.get(f"{PROJECT}:environment")) is kind:
            continue
        other = path.name.removeprefix("Pulumi.").removesuffix(".yaml")
        found |= dict.fromkeys(mine & _personas(config.get(f"{PROJECT}:access")), other)
    return found


def _kind(environment: object) -> Kind:
    """A stack that says no kind is judged as production."""
    said = environment.get("kind") if isinstance(environment, Mapping) else None
    return Kind.NONPROD if said == Kind.NONPROD else Kind.PROD


def _personas(access: object) -> frozenset[str]:
    personas = access.get("personas") if isinstance(access, Mapping) else None
    if not isinstance(personas, Mapping):
        return frozenset()
    ids = (one.get("object_id") for one in personas.values() if isinstance(one, Mapping))
    return frozenset(one.lower() for one in ids if isinstance(one, str))
