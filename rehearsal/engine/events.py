"""What the engine says while it runs, kept as plain values (engine events of the Automation API)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pulumi.automation import EngineEvent

from rehearsal.model.paths import strings
from rehearsal.model.urns import STACK_TYPE, is_urn, logical_name, qualified_type, short_type
from rehearsal.model.values import masked_text
from rehearsal.model.wire import UNKNOWN_SENTINEL

_COLOUR = re.compile(r"<\{%[^%]*%\}>|\x1b\[[0-9;]*m")

UNCHANGED = frozenset({"same", "refresh", "read", "discard", "read-discard", "remove-pending-replace"})
"""Steps in which nothing happens to the resource (pulumi sdk apitype `OpType`). A refresh that finds a difference
comes as an update beside."""


@dataclass(frozen=True)
class Step:
    """What the engine does, or would do, with one resource. `differences` tells per property `add`, `update`,
    `delete`, each with `-replace` where it forces a replacement; `replaces` names what does; `unknown` are the inputs
    that a preview cannot show yet."""

    urn: str
    type: str
    operation: str
    differences: Mapping[str, str] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class PolicyViolation:
    """A finding of a policy pack."""

    pack: str
    policy: str
    level: str
    urn: str
    message: str


@dataclass
class EngineLog:
    """Takes events from any thread. `counts` are the engine's own, from its summary, and `packs` the policy packs
    that it ran."""

    steps: dict[tuple[str, str], Step] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    policies: list[PolicyViolation] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    packs: tuple[str, ...] = ()
    seconds: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, event: EngineEvent) -> None:
        """Keeps what a reader wants to know."""
        with self._lock:
            self._take_steps(event)
            if event.diagnostic_event is not None:
                said = _named(event.diagnostic_event.urn or "", _plain(event.diagnostic_event.message))
                kept = {"error": self.errors, "warning": self.warnings}.get(event.diagnostic_event.severity)
                if kept is not None and said and said not in kept:
                    kept.append(said)
            if event.policy_event is not None:
                policy = event.policy_event
                self.policies.append(
                    PolicyViolation(
                        policy.policy_pack_name,
                        policy.policy_name,
                        policy.enforcement_level,
                        policy.resource_urn or "",
                        _plain(policy.message),
                    )
                )
            if event.summary_event is not None:
                self.seconds = event.summary_event.duration_seconds
                # A local pack is called "name|local|folder" here (pulumi pkg/engine/update.go `NameForEvents`).
                self.packs = tuple(
                    sorted(name.partition("|")[0] for name in event.summary_event.policy_packs or ())
                )
                self.counts = {
                    str(getattr(name, "value", name)): count
                    for name, count in (event.summary_event.resource_changes or {}).items()
                }

    def _take_steps(self, event: EngineEvent) -> None:
        found = event.resource_pre_event or event.res_outputs_event
        if found is None:
            return
        step = found.metadata
        operation = str(getattr(step.op, "value", step.op))
        if event.res_outputs_event is not None and (step.urn, operation) in self.steps:
            return  # what the step was is said before it; its end has no differences
        self.steps[step.urn, operation] = Step(
            urn=step.urn,
            type=step.type,
            operation=operation,
            differences={
                path: str(getattr(difference.diff_kind, "value", difference.diff_kind))
                for path, difference in sorted((step.detailed_diff or {}).items())
            },
            replaces=tuple(step.keys or ()),
            unknown=tuple(_unknown(step.new.inputs)) if step.new and step.new.inputs else (),
        )

    @property
    def changes(self) -> tuple[Step, ...]:
        """The steps that change something, by URN."""
        found = [step for step in self.steps.values() if step.operation not in UNCHANGED]
        return tuple(sorted(found, key=lambda step: (step.urn, step.operation)))

    @property
    def mandatory(self) -> tuple[PolicyViolation, ...]:
        """Policy violations that stop a deployment."""
        return tuple(sorted(policy for policy in self.policies if policy.level == "mandatory"))


def label(urn: str) -> str:
    """`storage.StorageAccount lake`."""
    return f"{short_type(qualified_type(urn).rpartition('$')[2])} {logical_name(urn)}" if is_urn(urn) else ""


def with_faults(error: str, struck: Iterable[str]) -> str:
    """The error's lines; one that names a resource says which injected faults struck it (`conflict: create URN`)."""
    faults: dict[str, list[str]] = {}
    for fault in struck:
        what, _, urn = fault.partition(" urn:")
        faults.setdefault(label(f"urn:{urn}"), []).append(what)
    told = ((line, faults.get(line.partition(": ")[0])) for line in error.split("\n"))
    return "\n".join(f"{line} (fault: {', '.join(found)})" if found else line for line, found in told)


def _named(urn: str, message: str) -> str:
    """A message with the resource that it is about, which the engine tells beside it."""
    resource = label(urn)
    if not message or not resource or qualified_type(urn) == STACK_TYPE:
        return message
    return f"{resource}: {message}"


def _unknown(inputs: Mapping[str, object]) -> Iterator[str]:
    for path, text, _ in strings(dict(inputs)):
        if text == UNKNOWN_SENTINEL:
            yield path


def _plain(message: str) -> str:
    return masked_text(_COLOUR.sub("", message)).strip()
