"""Which resources an assignment, an exemption and a selector concern.

Sources: `azure_facts.azure_policy.ASSIGNMENT_SOURCE` and `EXEMPTION_SOURCE`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from azure_facts.regions import region_name
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import Doubt, PolicyError, Verdict, all_of, any_of
from rehearsal.model.json_values import objects_at, text_at, texts_at
from rehearsal.model.values import UNKNOWN, JsonObject

_MANAGEMENT_GROUP = "/providers/microsoft.management/managementgroups/"


def scope_of(raw: JsonObject) -> str:
    """The scope of an assignment or exemption, from what it says or else from its id; in lower case."""
    said = text_at(raw, "properties.scope")
    found = said or text_at(raw, "id").lower().rpartition("/providers/microsoft.authorization/policy")[0]
    return found.lower().rstrip("/")


def covers(scope: str, resource_id: str, management_groups: Sequence[str]) -> bool:
    """Whether the scope holds the resource. A management group does where it is above the subscription; where the file
    names none, every one that the file has an assignment of."""
    if scope.startswith(_MANAGEMENT_GROUP):
        return not management_groups or scope in management_groups
    return resource_id == scope or resource_id.startswith(f"{scope}/")


_WHO = "a selector asks for an identity, which is known only to who deploys"
_UNDECIDED = {
    "userprincipalid": _WHO,
    "groupprincipalid": _WHO,
    "resourcerolloutpercentage": "a selector takes a percentage of the resources, and only Azure knows which",
}
"""Kinds of selectors that nobody can decide before the deployment, and why."""


@dataclass(frozen=True)
class Selector:
    """One condition of a resource selector. `values` are in lower case; without `inside`, none of them may be it."""

    kind: str
    values: frozenset[str]
    inside: bool = True

    def selects(self, subject: Subject) -> Verdict:
        """Whether the resource is selected."""
        if self.kind in _UNDECIDED:
            return Doubt(_UNDECIDED[self.kind])
        if self.kind == "resourcetype":
            return (subject.type.lower() in self.values) is self.inside
        if self.kind == "resourcewithoutlocation":
            return (subject.location is None and subject.id.count("/") <= 4) is self.inside
        return self._selects_location(subject.location)

    def _selects_location(self, location: object) -> Verdict:
        if isinstance(location, str):
            return (location.lower() in self.values) is self.inside
        if location is UNKNOWN:
            return Doubt("a selector asks for the location, which is known only after the deployment")
        if self.inside:
            return False
        return Doubt(
            "a selector leaves out some locations, and Azure's documentation does not say whether a resource without "
            "one is selected"
        )

    def opposite(self) -> Selector:
        """Selects what this one does not."""
        return Selector(self.kind, self.values, not self.inside)


Selection = tuple[Selector, ...]
"""All of them must select a resource."""


def selected(selections: Sequence[Selection], subject: Subject) -> Verdict:
    """Whether one of the resource selectors takes the resource; all do where there is none."""
    return not selections or any_of(all_selected(each, subject) for each in selections)


def all_selected(selection: Selection, subject: Subject) -> Verdict:
    """Whether every selector takes the resource."""
    return all_of(one.selects(subject) for one in selection)


def selections_of(raw: JsonObject) -> tuple[Selection, ...]:
    """The resource selectors of an assignment or exemption."""
    return tuple(
        selection_of(objects_at(each, "selectors"))
        for each in objects_at(raw, "properties.resourceSelectors")
    )


_KINDS = ("resourcelocation", "resourcetype", "resourcewithoutlocation", *_UNDECIDED)
"""Source: `azure_facts.azure_policy.SELECTOR_SOURCE`. One more names policies of an initiative, in overrides only."""


def selection_of(raw: Sequence[JsonObject]) -> Selection:
    """The selectors of one resource selector or override. Raises `PolicyError` for a kind that is not evaluated."""
    return tuple(map(_selector, raw))


def _selector(raw: JsonObject) -> Selector:
    kind = text_at(raw, "kind").lower()
    if kind not in _KINDS:
        raise PolicyError(f"its selector of kind {text_at(raw, 'kind')!r} is not evaluated")
    inside = "in" in raw
    values = texts_at(raw, "in") if inside else texts_at(raw, "notIn")
    plain = region_name if kind == "resourcelocation" else str.lower
    return Selector(kind, frozenset(map(plain, values)), inside)


@dataclass(frozen=True)
class Exemption:
    """`references` are the policies of an initiative that it is about, in lower case; none are all of them. `ends`:
    when, in UTC; None where it never does."""

    assignment: str
    scope: str
    references: frozenset[str]
    ends: datetime.datetime | None
    selections: tuple[Selection, ...]

    def holds(
        self, subject: Subject, assignment: str, reference: str, management_groups: Sequence[str]
    ) -> Verdict:
        """Whether it exempts the resource from the policy, as long as it has not ended."""
        return (
            self.assignment == assignment
            and (not self.references or reference in self.references)
            and covers(self.scope, subject.id, management_groups)
            and selected(self.selections, subject)
        )

    def has_ended(self, day: datetime.date) -> bool:
        """Whether it has before that day begins."""
        return self.ends is not None and self.ends <= datetime.datetime.combine(
            day, datetime.time(), datetime.UTC
        )


def exemption_of(raw: JsonObject) -> Exemption:
    """The exemption. Raises `PolicyError` for one whose selectors or end cannot be read."""
    ends = text_at(raw, "properties.expiresOn")
    try:
        moment = datetime.datetime.fromisoformat(ends) if ends else None
    except ValueError:
        raise PolicyError(f"its end {ends!r} is no date") from None
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return Exemption(
        assignment=text_at(raw, "properties.policyAssignmentId").lower(),
        scope=scope_of(raw),
        references=frozenset(
            each.lower() for each in texts_at(raw, "properties.policyDefinitionReferenceIds")
        ),
        ends=moment,
        selections=selections_of(raw),
    )
