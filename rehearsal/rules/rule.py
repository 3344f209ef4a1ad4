"""What a rule is: one thing that one service refuses, with its source and two cases."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rehearsal.model.finding import Finding, Severity
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.values import UNKNOWN
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME


@dataclass(frozen=True)
class Violation:
    """Where a resource breaks the rule and what to change; `message` never shows a value that may be
    secret."""

    path: str
    message: str


@dataclass(frozen=True)
class Declared:
    """One resource of a case. A `Ref` in the inputs becomes that resource's id, with its dependency."""

    type: str
    inputs: Mapping[str, object]
    name: str = "subject"
    provider: str = ""
    depends_on: tuple[str, ...] = ()
    protect: bool = False
    replace_on_changes: tuple[str, ...] = ()
    deleted_with: str = ""
    ignore_changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ref:
    """The id of another resource of the same case, by its name, or one of its outputs."""

    name: str
    output: str = ""


EXAMPLE_SUBSCRIPTION = Subscription(resource_groups=(GROUP_NAME,))
"""Holds the group that the examples lie in."""


@dataclass(frozen=True)
class Case:
    """A small program, as data: what it declares in order and exports, what the subscription has and allows, and the
    day."""

    resources: tuple[Declared, ...]
    subscription: Subscription = EXAMPLE_SUBSCRIPTION
    today: datetime.date | None = None
    outputs: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[Resource, World], Iterable[Violation]]


@dataclass(frozen=True)
class Rule:
    """`status` and `code` are what the service answers with. `trips` must break this rule and no other
    refusal; `passes` must rehearse without any refusal.

    A warning marks what deploys but will not work, or not for long.
    """

    id: str
    service: str
    title: str
    applies_to: tuple[str, ...]
    status: int
    code: str
    source: str
    check: Check
    trips: Case
    passes: Case
    severity: Severity = Severity.REFUSAL

    def findings(self, world: World) -> Iterable[Finding]:
        """Every violation among the resources that the rule applies to, but for what rests on an unknown."""
        for resource in world.of_types(self.applies_to):
            if resource.external:
                continue
            looked_at = UNKNOWN.looked_at
            violations = list(self.check(resource, world))
            if UNKNOWN.looked_at > looked_at:
                continue
            for violation in violations:
                if resource.is_unknown(violation.path):
                    continue
                yield Finding(
                    urn=resource.urn,
                    rule=self.id,
                    path=violation.path,
                    message=violation.message,
                    severity=self.severity,
                    status=self.status,
                    code=self.code,
                    source=self.source,
                )
