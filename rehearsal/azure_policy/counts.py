"""`count`: how many members of a list meet a condition.

Source: `azure_facts.azure_policy.RULE_SOURCE`, Count, and `ARRAYS_SOURCE`, Count expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rehearsal.azure_policy.conditions import Comparison, Condition, Reason, compare_values
from rehearsal.azure_policy.expressions import Expression
from rehearsal.azure_policy.fields import members, select
from rehearsal.azure_policy.situation import Current, Situation
from rehearsal.azure_policy.verdict import Doubt, DoubtError, DoubtKind, Verdict
from rehearsal.model.values import UNKNOWN


@dataclass(frozen=True)
class _Met:
    """How many members certainly meet the condition, how many more may, and why that is in doubt."""

    certain: int
    doubtful: int
    doubt: Doubt | None

    def compared(self, operator: str, target: object, name: str) -> Verdict:
        """Decided where every number that is possible gives the same."""
        numbers = range(self.certain, self.certain + self.doubtful + 1)
        verdicts = {compare_values(number, operator, target, name) for number in numbers}
        if len(verdicts) == 1:
            return verdicts.pop()
        return self.doubt or Doubt(f"{name} cannot be compared")


def _meeting(where: Condition | None, each: Iterable[Situation]) -> _Met:
    certain, doubtful, doubt = 0, 0, None
    for inner in each:
        verdict = where.verdict(inner) if where else True
        if isinstance(verdict, Doubt):
            doubtful, doubt = doubtful + 1, doubt or verdict
        elif verdict:
            certain += 1
    return _Met(certain, doubtful, doubt)


@dataclass(frozen=True, eq=False)
class FieldCount(Comparison):
    """How many members of a list in the body meet a condition, compared. Each is evaluated as if it were the only
    one."""

    field: str
    where: Condition | None
    operator: str
    target: Expression

    def _verdict(self, situation: Situation) -> Verdict:
        met = _meeting(self.where, self._each(situation))
        return met.compared(self.operator, self.target(situation), f"count of {self.field}")

    def _each(self, situation: Situation) -> Iterator[Situation]:
        subject = situation.subject
        select(self.field, situation, subject)  # so that a generic body is a doubt here too
        alias = situation.surroundings.aliases.find(subject.type, subject.resource.api_version, self.field)
        for value, pins in members(alias.steps or (), situation, subject) if alias.steps else ():
            yield replace(
                situation,
                pins={**situation.pins, **pins},
                counted=(*situation.counted, Current(self.field, value, alias.steps)),
            )

    def of_type(self, situation: Situation) -> bool | None:  # noqa: ARG002 - as every condition
        """Nothing."""
        return None

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """The count, and no single member."""
        met = _meeting(self.where, self._each(situation))
        steps = select(self.field, situation, situation.subject).steps
        yield Reason(
            f"count of {self.field}", steps, self.operator, self.target(situation), holds, met.certain
        )


@dataclass(frozen=True, eq=False)
class ValueCount(Comparison):
    """How many members of a list that the policy gives meet a condition, compared. Each is `current()` in turn."""

    value: Expression
    name: str
    where: Condition | None
    operator: str
    target: Expression

    def _verdict(self, situation: Situation) -> Verdict:
        met = _meeting(self.where, self._each(situation))
        return met.compared(self.operator, self.target(situation), "a count")

    def _each(self, situation: Situation) -> Iterator[Situation]:
        values = self.value(situation)
        if values is UNKNOWN:
            raise DoubtError("what is counted is known only after the deployment")
        if not isinstance(values, list):
            raise DoubtError("count is given a value that is no list", DoubtKind.FILE)
        for value in values:
            yield replace(situation, counted=(*situation.counted, Current(self.name, value)))

    def of_type(self, situation: Situation) -> bool | None:  # noqa: ARG002 - as every condition
        """Nothing."""
        return None

    def reasons(self, situation: Situation, *, holds: bool) -> Iterator[Reason]:
        """The reasons of the first member that meets the condition; the count where none does."""
        for inner in self._each(situation):
            if self.where is not None and self.where.verdict(inner) is True:
                yield from self.where.reasons(inner, holds=True)
                return
        yield Reason("count of a list of the policy", (), self.operator, self.target(situation), holds)
