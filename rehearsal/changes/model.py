"""The change model: what differs between two states of a stack, from whatever source.

Plain frozen data. Filled by `from_inventories` (two rehearsals, no cloud) and `from_engine` (a real preview); read by
the renderers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from rehearsal.model.change_kind import ChangeKind


@dataclass(frozen=True, order=True)
class PropertyChange:
    """One property path; `old` and `new` are JSON texts, None where the property is not there. Secrets are masked.

    `replaces`: for this one the resource is replaced. `tag`: the tag's name, where the path is that of a tag, in
    whatever place the type keeps its tags.
    """

    path: str
    old: str | None
    new: str | None
    replaces: bool = False
    tag: str = ""


@dataclass(frozen=True)
class ResourceChange:
    """What happens to one resource, and why.

    `component` is the name of the outermost component it belongs to, empty for none. `takes_along` are labels of
    resources that go with it because they live in it; `host` is the URN of the deleted or replaced resource that this
    one goes with. `retained`: it leaves the stack and stays in the cloud. `refusal` says why the change would fail;
    `old_urn` is where a moved resource stood before.
    """

    kind: ChangeKind
    urn: str
    type: str
    name: str
    component: str = ""
    properties: tuple[PropertyChange, ...] = ()
    deletes_first: bool = False
    takes_along: tuple[str, ...] = ()
    host: str = ""
    retained: bool = False
    refusal: str = ""
    old_urn: str = ""

    @property
    def replaces(self) -> tuple[str, ...]:
        """The property paths that force the replacement."""
        return tuple(change.path for change in self.properties if change.replaces)


@dataclass(frozen=True, order=True)
class AccessChange:
    """Who gains (or loses) which role or permission where, and what the program says it is for. Sorts by principal,
    scope, role."""

    principal: str
    principal_type: str
    scope: str
    role: str
    gains: bool
    condition: str = ""
    description: str = ""


class PromiseState(StrEnum):
    """The state of a promise compared with the base."""

    LOST = "lost"
    """It was kept and fails now."""
    BROKEN = "broken"
    """It is new and fails from the first day."""
    WITHDRAWN = "withdrawn"
    """It is promised no longer."""
    KEPT = "kept"
    """It failed and is kept now."""
    NEW = "new"


@dataclass(frozen=True, order=True)
class PromiseChange:
    """A promise, or a requirement of a resource. `question` is what is promised to whom, `missing` what keeps it from
    being kept and the setting that would give it."""

    state: PromiseState
    name: str
    question: str
    missing: str = ""


@dataclass(frozen=True, order=True)
class RoadChange:
    """A road that the change opens although nobody is promised it."""

    source: str
    target: str


class FindingState(StrEnum):
    """How a finding compares with the base."""

    NEW = "new"
    FIXED = "fixed"
    UNCHANGED = "unchanged"
    FOUND = "found"
    """By a real preview, which has no base to compare with."""


@dataclass(frozen=True, order=True)
class FindingChange:
    """A policy finding, or what the services refuse or warn of. `level` is mandatory, advisory, refused or warning;
    `subject` a label or URN."""

    state: FindingState
    level: str
    rule: str
    subject: str
    message: str


@dataclass(frozen=True, order=True)
class ComponentNode:
    """One component of the picture; `changes` counts the changed resources in it."""

    name: str
    changes: int
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriticalPath:
    """Estimated minutes of carrying the change out, along `steps` (label, minutes)."""

    minutes: float = 0.0
    steps: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class CostItem:
    """One item of a part whose amount differs; None where it was not there or has no price."""

    item: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class CostPart:
    """One part of a month's costs that differs, and its items that do."""

    part: str
    before: float
    after: float
    items: tuple[CostItem, ...]


@dataclass(frozen=True)
class CostChange:
    """A month before and after, in `currency`. `before` is None where the base does not say what it costs, or says it
    in another currency; then there are no `parts`. `without_price` are items that the total after lacks."""

    currency: str
    before: float | None
    after: float
    parts: tuple[CostPart, ...] = ()
    without_price: tuple[str, ...] = ()


@dataclass(frozen=True)
class StackChange:
    """Everything that changes in one stack. `same` counts untouched resources.

    `cascade` are labels of resources that change only because a value they use is not known before deployment;
    `unprotected` those that lose the engine's protection from deletion, which changes nothing in a cloud.
    `unjudged` counts how often a policy could not judge a resource, because a value is not known before deployment.
    `costs` are None where the program does not say what it costs. `problem` says why there is no comparison (the base
    could not be rehearsed, say), and then the rest is empty; `notice` is what a reader must know of the comparison as
    a whole.
    """

    stack: str
    changes: tuple[ResourceChange, ...] = ()
    same: int = 0
    cascade: tuple[str, ...] = ()
    access: tuple[AccessChange, ...] = ()
    promises: tuple[PromiseChange, ...] = ()
    roads: tuple[RoadChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    unjudged: int = 0
    components: tuple[ComponentNode, ...] = ()
    critical_path: CriticalPath = CriticalPath()
    unprotected: tuple[str, ...] = ()
    costs: CostChange | None = None
    problem: str = ""
    notice: str = ""

    def of(self, kind: ChangeKind) -> tuple[ResourceChange, ...]:
        """The changes of one kind, by type and name."""
        return tuple(change for change in self.changes if change.kind is kind)

    def counts(self) -> Mapping[ChangeKind, int]:
        """How many there are of each kind that occurs, gravest first."""
        return {kind: len(found) for kind in ChangeKind if (found := self.of(kind))}

    @property
    def refused(self) -> tuple[str, ...]:
        """Why the change as a whole would fail, one text each."""
        changes = (change.refusal for change in self.changes if change.refusal)
        findings = (
            finding.message
            for finding in self.findings
            if finding.level == "refused" and finding.state is not FindingState.FIXED
        )
        return (*changes, *findings)

    def to_json(self) -> Mapping[str, object]:
        """Plain data for other programs."""
        return {**asdict(self), "counts": {str(kind): count for kind, count in self.counts().items()}}


def in_order(change: ResourceChange) -> tuple[int, str, str, str]:
    """The order that a reader wants: gravest first, then by type and name."""
    return (list(ChangeKind).index(change.kind), change.type, change.name, change.urn)
