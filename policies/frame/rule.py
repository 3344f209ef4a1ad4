"""What a rule is: one demand on one resource, or on the stack as a whole, with its reasons and its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from policies.frame.judged import Judged, Stack, ThresholdValue

UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine sends in place of a text that only the service could say (`pulumi_policy.proxy`)."""

SHARED_PERSONA = "5a8ed000-0000-4000-8000-000000000001"
"""In cases of rules: the object id of somebody who is a persona in environments of both kinds."""

OTHER_TYPE = "azure-native:network:ApplicationSecurityGroup"
"""A type that no rule about one service speaks of."""


class Severity(StrEnum):
    """How bad a violation is: critical = anyone may get in or data is lost; high = one mistake away from it;
    medium = weakens a defence or costs money; low = untidy."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(StrEnum):
    """What a violation does: mandatory stops the deployment, advisory is shown, remediate lets the pack change the
    resource, disabled switches the rule off."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"
    DISABLED = "disabled"


class Kind(StrEnum):
    """The two kinds of environment, as in the stack's settings."""

    NONPROD = "nonprod"
    PROD = "prod"


BOTH = frozenset(Kind)
PROD_ONLY = frozenset({Kind.PROD})


class Outcome(StrEnum):
    """Three-valued, and a fourth for a rule that is broken itself."""

    PASSED = "passed"
    VIOLATED = "violated"
    NOT_EVALUATED = "not evaluated"
    FAILED = "failed"


@dataclass(frozen=True)
class Anchors:
    """Who else asks for the same. `benchmark`: controls of the Microsoft cloud security benchmark
    (`policies/frame/benchmark.py`);
    `azure_policy`: GUIDs of built-in definitions (`policies/frame/azure_policies.py`); `psrule`: rules of
    PSRule.Rules.Azure; `checkov`: ids of checkov's ARM checks; `source`: a page that says why, where none of these
    asks for it."""

    benchmark: tuple[str, ...] = ()
    azure_policy: tuple[str, ...] = ()
    psrule: tuple[str, ...] = ()
    checkov: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Threshold:
    """A number or a list of words that a configuration may set. The default is production's."""

    name: str
    default: ThresholdValue
    meaning: str
    minimum: int | None = None
    maximum: int | None = None


Properties: TypeAlias = Mapping[str, object]
Check: TypeAlias = Callable[[Judged], Iterator[str]]
Remedy: TypeAlias = Callable[[Judged], Properties]


@dataclass(frozen=True)
class Cases:
    """What the rule must say to example inputs. `omitted` lacks what the rule looks at; `unknown` has a value there
    that only the service could say (`UNKNOWN_STRING`)."""

    allowed: tuple[Properties, ...]
    denied: tuple[Properties, ...]
    omitted: Properties
    unknown: Properties
    omitted_is: Outcome = Outcome.VIOLATED
    other_type: str = OTHER_TYPE
    name: str = "subject"


@dataclass(frozen=True)
class Rule:
    """A demand on one resource's inputs. `check` yields what is wrong, each as one sentence."""

    id: str
    title: str
    severity: Severity
    types: tuple[str, ...]
    check: Check
    why: str
    fix: str
    cases: Cases
    anchors: Anchors
    level: Level = Level.MANDATORY
    kinds: frozenset[Kind] = BOTH
    thresholds: tuple[Threshold, ...] = ()
    remedy: Remedy | None = None

    def applies_to(self, type_: str) -> bool:
        """Whether the rule looks at resources of this type; a type that ends in `*` is a prefix."""
        return any(
            type_.startswith(name[:-1]) if name.endswith("*") else type_ == name for name in self.types
        )


@dataclass(frozen=True)
class Sample:
    """One resource of a stack rule's case."""

    type: str
    props: Properties = field(default_factory=dict)
    name: str = "subject"
    dependencies: tuple[str, ...] = ()
    protect: bool = False


@dataclass(frozen=True)
class StackCases:
    """Small stacks: what the rule must say to each. `other_type` holds none of the types that the rule looks at."""

    allowed: tuple[Sample, ...]
    denied: tuple[Sample, ...]
    omitted: tuple[Sample, ...]
    unknown: tuple[Sample, ...]
    omitted_is: Outcome = Outcome.VIOLATED
    other_type: tuple[Sample, ...] = (Sample(OTHER_TYPE),)


@dataclass(frozen=True)
class StackFinding:
    """What is wrong, and with which resource; no resource where the stack lacks something."""

    message: str
    urn: str = ""


StackCheck: TypeAlias = Callable[[Stack], Iterator[StackFinding]]


@dataclass(frozen=True)
class StackRule:
    """A demand on what spans resources. Sees inputs and outputs of all of them, after registration."""

    id: str
    title: str
    severity: Severity
    check: StackCheck
    why: str
    fix: str
    cases: StackCases
    anchors: Anchors
    level: Level = Level.MANDATORY
    kinds: frozenset[Kind] = BOTH
    thresholds: tuple[Threshold, ...] = ()


AnyRule: TypeAlias = Rule | StackRule
