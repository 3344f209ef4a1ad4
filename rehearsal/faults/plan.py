"""Which call meets which fault: counted, or decided by the seed; safe for calls side by side."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence

from rehearsal.faults.kinds import FAULT_KINDS, Moment
from rehearsal.faults.specification import Fault, parse_fault


class FaultPlan:
    """Answers for each request that a provider sends whether a fault strikes it; `struck` says which did."""

    def __init__(self, faults: Sequence[Fault] = (), seed: int = 0) -> None:
        self._faults = tuple(faults)
        self._seed = seed
        self._lock = threading.Lock()
        self._calls = [0] * len(self._faults)
        self._chosen: list[set[str]] = [set() for _ in self._faults]
        self._left: dict[tuple[int, str], int] = {}
        self.struck: list[str] = []

    def begin(self, method: str, resource_type: str, urn: str) -> None:
        """A provider call starts: counts it, and decides which of its requests will fail."""
        with self._lock:
            for index, fault in enumerate(self._faults):
                if fault.matches(method, resource_type, urn):
                    self._calls[index] += 1
                    if self._strikes(index, fault, urn):
                        self._chosen[index].add(urn)
                        self._left[index, urn] = fault.times

    def next(self, method: str, resource_type: str, urn: str, *, done: bool = False) -> Fault | None:
        """The fault that the next request of this call meets, None where it goes through. What is `done` already
        cannot be refused any more: only its answer can fail to arrive."""
        with self._lock:
            for index, fault in enumerate(self._faults):
                left = self._left.get((index, urn), 0)
                if done and fault.kind.moment is Moment.BEFORE:
                    continue
                if left and fault.matches(method, resource_type, urn):
                    self._left[index, urn] = left - 1
                    self.struck.append(f"{fault.kind.name}: {method} {urn}")
                    return fault
        return None

    def _strikes(self, index: int, fault: Fault, urn: str) -> bool:
        """Once per resource: a call that the engine repeats meets what is left of `times`, not a new fault."""
        if urn in self._chosen[index]:
            return False
        if fault.share:
            return _fraction(self._seed, fault, urn) < fault.share
        return self._calls[index] == fault.nth and not self._chosen[index]


def random_faults(seed: int, share: float = 0.1) -> tuple[Fault, ...]:
    """Every kind at once, each striking this share of the resources that can meet it."""
    return tuple(
        Fault(kind, method=kind.methods[0], share=share, status=kind.status, times=1 + _pick(seed, kind.name))
        for kind in FAULT_KINDS.values()
    )


def _pick(seed: int, name: str) -> int:
    return hashlib.sha256(f"{seed}|{name}".encode()).digest()[0] % 2


def _fraction(seed: int, fault: Fault, urn: str) -> float:
    """A number from 0 up to 1, the same for the same seed, fault and resource on every machine."""
    digest = hashlib.sha256(f"{seed}|{fault.kind.name}|{fault.method}|{urn}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def read_faults(texts: Sequence[str], seed: int) -> tuple[Fault, ...]:
    """The faults of a command line; `all` and `all:share=0.2` mean every kind, by the seed.

    Raises `RehearsalError`.
    """
    found: list[Fault] = []
    for text in texts:
        name, _, rest = text.partition(":")
        if name != "all":
            found.append(parse_fault(text))
            continue
        # Read through a kind that takes any type, so that a wrong share is refused in the same words.
        share = parse_fault(f"throttled:{rest}").share if rest else 0.1
        found += random_faults(seed, share or 0.1)
    return tuple(found)
