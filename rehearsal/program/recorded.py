"""What a program's process sends back: data, and nothing that could run in ours."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pickle import dumps

from rehearsal.model.errors import ProgramError
from rehearsal.model.finding import Finding
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN


@dataclass(frozen=True)
class Recorded:
    """What the program registered and logged until its end, or until it failed (`error`). `findings` are the engine's
    own refusals; `generic_types` and `generic_functions` count what the simulated cloud does not know."""

    resources: tuple[Resource, ...] = ()
    stack_outputs: Mapping[str, object] = field(default_factory=dict)
    component_outputs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    generic_types: Mapping[str, int] = field(default_factory=dict)
    generic_functions: Mapping[str, int] = field(default_factory=dict)
    looked_up_groups: frozenset[str] = frozenset()
    log: tuple[str, ...] = ()
    error: ProgramError | None = None

    def to_bytes(self) -> bytes:
        """For the pipe."""
        return dumps(self, protocol=5)


class _DataUnpickler(pickle.Unpickler):
    """Makes our own values and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module == __name__ or module.startswith("rehearsal.model.")) and name.isidentifier():
            found = super().find_class(module, name)
            if found is UNKNOWN or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data of a rehearsal")


def read_recorded(content: bytes) -> Recorded:
    """The inverse of `to_bytes`. Raises `ValueError` for anything else."""
    try:
        found = _DataUnpickler(io.BytesIO(content)).load()
    except Exception as error:
        raise ValueError(f"not what a program's process sends: {error}") from error
    if not isinstance(found, Recorded):
        raise ValueError(f"not what a program's process sends: a {type(found).__name__}")
    return found
