"""One fault as a person writes it: `kind:key=value,…`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from rehearsal.faults.kinds import FAULT_KINDS, RESENDS, FaultKind
from rehearsal.model.errors import RehearsalError

METHODS = ("create", "update", "delete", "read")
SERVER_ERRORS = (500, 502, 503, 504)


@dataclass(frozen=True)
class Fault:
    """Where a fault strikes. `type_pattern` and `urn_pattern` use `*`; `nth` counts the calls that match, from 1;
    `times` is how many requests in a row fail from then on, those that the client sends again included.

    With `share` above 0, `nth` does not count: every matching resource is struck or spared by the seed, whatever the
    order of the calls.
    """

    kind: FaultKind
    method: str = "create"
    type_pattern: str = "*"
    urn_pattern: str = "*"
    nth: int = 1
    times: int = 1
    share: float = 0.0
    status: int | None = None
    retry_after: int = 17

    def matches(self, method: str, resource_type: str, urn: str) -> bool:
        """Whether a call can be meant."""
        return (
            method == self.method
            and any(fnmatchcase(resource_type, pattern) for pattern in self.kind.types)
            and fnmatchcase(resource_type, self.type_pattern)
            and fnmatchcase(urn, self.urn_pattern)
        )


def parse_fault(text: str) -> Fault:
    """Reads `throttled:type=azure-native:storage:*,nth=2,times=5`. Raises `RehearsalError`: what is wrong, and what
    would be right."""
    name, _, rest = text.partition(":")
    kind = FAULT_KINDS.get(name)
    if kind is None:
        raise RehearsalError(f"--fault {text}: no fault {name!r}; there are {', '.join(FAULT_KINDS)}")
    values: dict[str, object] = {"status": kind.status, "method": kind.methods[0]}
    for item in filter(None, rest.split(",")):
        key, equals, value = item.partition("=")
        if key not in _KEYS or not equals:
            raise RehearsalError(
                f"--fault {text}: {item!r} is none of {', '.join(f'{key}=…' for key in _KEYS)}"
            )
        field, read = _KEYS[key]
        try:
            values[field] = read(value)
        except ValueError as error:
            raise RehearsalError(f"--fault {text}: {key}={value}: {error}") from None
    fault = Fault(kind, **values)  # pyright: ignore[reportArgumentType] - the table gives each key its own type
    if fault.method not in kind.methods:
        raise RehearsalError(
            f"--fault {text}: {name} does not strike {fault.method}; it strikes {', '.join(kind.methods)}"
        )
    if name != "server-error" and fault.status != kind.status:
        raise RehearsalError(f"--fault {text}: only server-error takes a status")
    if name == "lost" and fault.times > RESENDS:
        raise RehearsalError(
            f"--fault {text}: after {RESENDS} lost answers the client gives up, and nothing tells the engine what "
            "exists: only a person with `import_` can; choose fewer, or timeout"
        )
    concrete = fault.type_pattern.replace("*", "x")
    if fault.type_pattern != "*" and not any(
        fnmatchcase(concrete, pattern) or fnmatchcase(pattern.replace("*", "x"), fault.type_pattern)
        for pattern in kind.types
    ):
        raise RehearsalError(
            f"--fault {text}: {name} strikes {', '.join(kind.types)} only, never {fault.type_pattern}"
        )
    return fault


def _method(value: str) -> str:
    if value not in METHODS:
        raise ValueError(f"must be one of {', '.join(METHODS)}")
    return value


def _whole(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("must be a whole number from 1")
    return int(value)


def _status(value: str) -> int:
    if not value.isdecimal() or int(value) not in SERVER_ERRORS:
        raise ValueError(f"must be one of {', '.join(map(str, SERVER_ERRORS))}")
    return int(value)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise ValueError("must be above 0 and at most 1")
    return share


_KEYS: dict[str, tuple[str, Callable[[str], object]]] = {
    "type": ("type_pattern", str),
    "urn": ("urn_pattern", str),
    "method": ("method", _method),
    "nth": ("nth", _whole),
    "times": ("times", _whole),
    "share": ("share", _share),
    "status": ("status", _status),
    "retry-after": ("retry_after", _whole),
}
