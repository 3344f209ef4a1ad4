"""`auditIfNotExists` and `deployIfNotExists`: whether the related resource is in the stack.

Sources: `azure_facts.azure_policy.AUDIT_IF_NOT_EXISTS_SOURCE` and `DEPLOY_IF_NOT_EXISTS_SOURCE`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from azure_facts.azure_policy import ALWAYS_THERE, EXTENSION_TYPES
from rehearsal.azure_policy.arguments import lower_keys
from rehearsal.azure_policy.assignments import AssignedPolicy
from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.compiler import compile_condition
from rehearsal.azure_policy.conditions import Condition
from rehearsal.azure_policy.expressions import compiled
from rehearsal.azure_policy.situation import Situation
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import Doubt, DoubtError, PolicyError, Verdict, all_of, any_of
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.values import UNKNOWN

_ASKED = ("type", "name", "existencescope", "resourcegroupname")
"""Of the details, by their names in lower case, those that say which resource is meant."""

_EXTENSIONS = frozenset(name.lower() for name in EXTENSION_TYPES)
_ALWAYS_THERE = frozenset(name.lower() for name in ALWAYS_THERE)


class Existence:
    """The related resources of one policy. Raises `PolicyError` where its details cannot be read."""

    def __init__(self, policy: AssignedPolicy) -> None:
        details = policy.definition.details
        found = lower_keys(details)
        if not isinstance(found.get("type"), str):
            raise PolicyError("its details have no type")
        self._details = details
        self._names_one = "name" in found
        self._expressions = {key: compiled(found.get(key, "")) for key in _ASKED}
        condition = found.get("existencecondition")
        self._condition: Condition | None = compile_condition(condition) if condition is not None else None

    def type_for(self, situation: Situation) -> str:
        """The type of the related resource. Raises `DoubtError` where it is unknown."""
        return self._text("type", situation)

    def exists(self, situation: Situation, by_type: Mapping[str, Sequence[Subject]]) -> Verdict:
        """Whether a resource of the stack satisfies the policy. What the stack does not declare is decided only where
        the stack makes the resource around it too, and no service makes it by itself."""
        try:
            related = self.type_for(situation)
            wanted = related.lower()
            name = self._text("name", situation)
            named = {one: _is_named(one, name) for one in by_type.get(wanted, ())}
            near = [one for one in named if named[one] is not False and self._is_near(one, situation, wanted)]
            found = any_of(all_of((named[one], self._satisfies(one, situation))) for one in near)
            if found is not False:
                return found
            if near and (self._names_one or _lies_in(wanted, situation.subject)):
                return False
            return self._absent(related, situation)
        except DoubtError as error:
            return error.doubt

    def will_deploy(self, related: str) -> list[str]:
        """The types of what a deployment of the policy holds, without the related one."""
        others = (related.lower(), "microsoft.resources/deployments")
        return [name for name in self._deployed if name.lower() not in others]

    @cached_property
    def _deployed(self) -> list[str]:
        return sorted(_resource_types(self._details))

    def _absent(self, related: str, situation: Situation) -> Verdict:
        if not _lies_in(related.lower(), situation.subject):
            return Doubt(f"the stack declares no {related} that satisfies it; another stack may")
        by_service = related.lower() in _ALWAYS_THERE
        if by_service or (related.lower() not in _EXTENSIONS and self._names_one):
            return Doubt(f"the stack declares no {related}; the service may make one by itself")
        return False

    def _satisfies(self, one: Subject, situation: Situation) -> Verdict:
        if self._condition is None:
            return True
        return self._condition.verdict(replace(situation, subject=one, pins={}, counted=()))

    def _is_near(self, one: Subject, situation: Situation, wanted: str) -> bool:
        subject = situation.subject
        if wanted in _EXTENSIONS:
            return one.id.startswith(f"{subject.id}/providers/{wanted}/")
        if _lies_in(wanted, subject):
            return one.id.startswith(f"{subject.id}/")
        if one.id == subject.id or self._text("existencescope", situation).lower() == "subscription":
            return True
        group = self._text("resourcegroupname", situation).lower()
        where = subject.id if subject.id.count("/") <= 4 else subject.group_id
        if group:
            where = f"{'/'.join(subject.id.split('/')[:3])}/resourcegroups/{group}"
        return one.group_id == where or one.id == where

    def _text(self, key: str, situation: Situation) -> str:
        value = self._expressions[key](situation)
        if value is UNKNOWN:
            raise DoubtError(f"the {key} of the related resource is known only after the deployment")
        return text_of(value)


def _lies_in(wanted: str, subject: Subject) -> bool:
    """Whether resources of the type are looked for inside the evaluated one."""
    return wanted.startswith(f"{subject.type.lower()}/") or wanted in _EXTENSIONS


def _is_named(one: Subject, name: str) -> Verdict:
    """Azure takes the last name alone, or all of them, with `?` for any last name."""
    if not name:
        return True
    full, wanted = one.full_name.lower().split("/"), name.lower().split("/")
    given = full[-len(wanted) :]
    if len(given) != len(wanted):
        return False
    return all_of(_is_part(*pair) for pair in zip(given, wanted, strict=True))


def _is_part(given: str, wanted: str) -> Verdict:
    if wanted in (given, "?"):
        return True
    return Doubt(f"the name {given} is known only after the deployment") if holds_unknown(given) else False


def by_type(subjects: Sequence[Subject]) -> Mapping[str, Sequence[Subject]]:
    """The resources of the stack by type in lower case."""
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(subject.type.lower(), []).append(subject)
    return found


def _resource_types(value: object) -> set[str]:
    if isinstance(value, list):
        return {name for item in value for name in _resource_types(item)}
    if not isinstance(value, Mapping):
        return set()
    found = {name for key, item in value.items() if key != "parameters" for name in _resource_types(item)}
    name = value.get("type")
    if isinstance(name, str) and "apiVersion" in value and name.startswith("Microsoft."):
        found.add(name)
    return found
