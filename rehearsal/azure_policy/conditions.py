"""Conditions of a policy rule, evaluated for each resource: logical operators, fields and values.

Source: `azure_facts.azure_policy.RULE_SOURCE`; of `[*]`, `ARRAYS_SOURCE`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rehearsal.azure_policy.aliases import Steps
from rehearsal.azure_policy.comparison import OPERATORS, text_of
from rehearsal.azure_policy.expressions import Expression
from rehearsal.azure_policy.fields import normal, select
from rehearsal.azure_policy.situation import Situation
from rehearsal.azure_policy.verdict import (
    Doubt,
    DoubtError,
    Verdict,
    all_of,
    any_of,
    negated,
)
from rehearsal.model.values import UNKNOWN


@dataclass(frozen=True)
class Reason:
    """One comparison that a verdict rests on. `steps` lead to the property in the body, where it is one; `target` is
    what the policy compares it with."""

    field: str
    steps: Steps
    operator: str
    target: object
    holds: bool
    value: object = None


class Condition(Protocol):
    """One node of the `if` block."""

    def verdict(self, situation: Situation) -> Verdict:
        """Whether it holds for the resource."""
        ...

    def of_type(self, situation: Situation) -> bool | None:
        """What the type of the resource alone decides; None for nothing. Expressions may use parameters only."""
        ...

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """The comparisons by which it holds, or does not."""
        ...


class Comparison(ABC):
    """A condition that compares values: one that it cannot decide is a doubt."""

    def verdict(self, situation: Situation) -> Verdict:
        """Whether it holds for the resource."""
        try:
            return self._verdict(situation)
        except DoubtError as error:
            return error.doubt

    @abstractmethod
    def _verdict(self, situation: Situation) -> Verdict:
        """Raises `DoubtError`."""


@dataclass(frozen=True, eq=False)
class AllOf:
    """Every part."""

    parts: tuple[Condition, ...]

    def verdict(self, situation: Situation) -> Verdict:
        """One part that does not hold decides."""
        return all_of(part.verdict(situation) for part in self.parts)

    def of_type(self, situation: Situation) -> bool | None:
        """By the parts."""
        found = [part.of_type(situation) for part in self.parts]
        return False if False in found else (None if None in found else True)

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """All parts where it holds, else the first that does not."""
        if holds:
            for part in self.parts:
                yield from part.reasons(situation, holds=True)
            return
        first = next((part for part in self.parts if part.verdict(situation) is False), None)
        yield from first.reasons(situation, holds=False) if first else ()


@dataclass(frozen=True, eq=False)
class AnyOf:
    """At least one part."""

    parts: tuple[Condition, ...]

    def verdict(self, situation: Situation) -> Verdict:
        """One part that holds decides."""
        return any_of(part.verdict(situation) for part in self.parts)

    def of_type(self, situation: Situation) -> bool | None:
        """By the parts."""
        found = [part.of_type(situation) for part in self.parts]
        return True if True in found else (None if None in found else False)

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """The first part that holds, or all where none does."""
        if not holds:
            for part in self.parts:
                yield from part.reasons(situation, holds=False)
            return
        first = next((part for part in self.parts if part.verdict(situation) is True), None)
        yield from first.reasons(situation, holds=True) if first else ()


@dataclass(frozen=True, eq=False)
class Not:
    """The opposite."""

    part: Condition

    def verdict(self, situation: Situation) -> Verdict:
        """A doubt stays one."""
        return negated(self.part.verdict(situation))

    def of_type(self, situation: Situation) -> bool | None:
        """The opposite of what the type decides."""
        found = self.part.of_type(situation)
        return None if found is None else not found

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """Those of the part for the opposite."""
        return self.part.reasons(situation, holds=not holds)


@dataclass(frozen=True, eq=False)
class FieldCondition(Comparison):
    """A property compared; of a collection every value. `constant` is the field as written, in lower case."""

    field: Expression
    operator: str
    target: Expression
    constant: str

    def _verdict(self, situation: Situation) -> Verdict:
        name = text_of(self.field(situation))
        selected = select(name, situation, situation.subject)
        target = normal(name, self.target(situation))
        if selected.collection and not selected.values and self.operator == "exists":
            raise DoubtError(
                f"{name} is empty, and Azure's documentation does not say whether it exists then"
            )
        return all_of(compare_values(value, self.operator, target, name) for value in selected.values)

    def of_type(self, situation: Situation) -> bool | None:
        """Decided where the field is the type."""
        if self.constant != "type":
            return None
        verdict = self.verdict(situation)
        return None if isinstance(verdict, Doubt) else verdict

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """Itself, unless it is about the type."""
        if self.constant == "type":
            return
        name = text_of(self.field(situation))
        selected = select(name, situation, situation.subject)
        target = normal(name, self.target(situation))
        value = selected.values if selected.collection else selected.values[0]
        yield Reason(name, selected.steps, self.operator, target, holds, value)


def compare_values(value: object, operator: str, target: object, name: str) -> Verdict:
    """Whether a value compares so; a doubt where either side is unknown, or Azure says nothing of the case."""
    if target is UNKNOWN:
        return Doubt("what the policy compares with is known only after the deployment")
    if value is UNKNOWN:
        if operator == "exists":
            return text_of(target).casefold() == "true"
        return Doubt(f"{name} is known only after the deployment")
    if value is None and operator in _TEXT_EQUALITY and _names_nothing(target):
        return Doubt(
            f"{name} is missing, and Azure's documentation does not say whether that equals an empty text"
        )
    try:
        return OPERATORS[operator](value, target)
    except DoubtError as error:
        return Doubt(f"{name}: {error.doubt.reason}", error.doubt.kind)


_TEXT_EQUALITY = frozenset({"equals", "notequals", "in", "notin"})


def _names_nothing(target: object) -> bool:
    return "" in target if isinstance(target, list) else target == ""


@dataclass(frozen=True, eq=False)
class ValueCondition(Comparison):
    """An expression or a literal compared. `told` is the value as written."""

    value: Expression
    operator: str
    target: Expression
    told: str

    def _verdict(self, situation: Situation) -> Verdict:
        return compare_values(self._value(situation), self.operator, self.target(situation), "a value")

    def _value(self, situation: Situation) -> object:
        value = self.value(situation)
        if value is UNKNOWN:
            raise DoubtError(f"{self.told} is known only after the deployment")
        return "" if value is None and self.operator != "exists" else value

    def of_type(self, situation: Situation) -> bool | None:  # noqa: ARG002 - as every condition
        """Nothing: an expression may look at anything."""
        return None

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """Itself."""
        value = self._value(situation)
        yield Reason(self.told, (), self.operator, self.target(situation), holds, value)
