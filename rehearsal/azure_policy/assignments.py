"""What is assigned: each definition of each assignment with its parameters, effect and scope.

Sources: `azure_facts.azure_policy.ASSIGNMENT_SOURCE`; learn.microsoft.com
azure/governance/policy/concepts/initiative-definition-structure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.definitions import (
    Definition,
    check_depth,
    compile_definition,
    display_name,
    effect_name,
    one_line,
    parameters_of,
)
from rehearsal.azure_policy.expressions import compiled
from rehearsal.azure_policy.overrides import parts_of
from rehearsal.azure_policy.policy_file import PolicyFile
from rehearsal.azure_policy.scopes import Selection, scope_of, selections_of
from rehearsal.azure_policy.situation import PolicyIds, Situation, Surroundings
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import DoubtError, PolicyError
from rehearsal.azure_policy.versions import of_version
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.json_values import object_at, objects_at, text_at, texts_at
from rehearsal.model.values import JsonObject


@dataclass(frozen=True, eq=False)
class AssignedPolicy:
    """One definition as one assignment uses it. `scope` and `not_scopes` are ids in lower case; `only` narrows it to
    what overrides by location leave to it; `in_doubt` says why its effect is not certain there.
    `message` is the assignment's own for who violates it."""

    definition: Definition
    ids: PolicyIds
    assignment_name: str
    initiative_name: str
    parameters: Mapping[str, object]
    effect: str
    enforced: bool
    scope: str
    not_scopes: tuple[str, ...]
    selections: tuple[Selection, ...]
    message: str
    only: Selection = ()
    in_doubt: str = ""

    @property
    def described(self) -> str:
        """Which policy, by whose assignment; for messages."""
        return described(self.definition.name, self.assignment_name, self.initiative_name)


@dataclass(frozen=True, order=True)
class NotEvaluated:
    """A policy or assignment that is not evaluated, and why. Not `wrong` where that is as it should be: a mode that a
    resource provider judges."""

    policy: str
    reason: str
    wrong: bool = True


@dataclass(frozen=True, eq=False)
class Assigned:
    """Everything of a file: what can be evaluated, and what cannot."""

    policies: tuple[AssignedPolicy, ...]
    not_evaluated: tuple[NotEvaluated, ...]


def described(policy: str, assignment: str, initiative: str = "") -> str:
    """A policy by the names that people know."""
    of_initiative = f" of initiative {initiative!r}" if initiative else ""
    return f"policy {policy!r}{of_initiative} (assignment {assignment!r})"


def assigned(file: PolicyFile, surroundings: Surroundings) -> Assigned:
    """All assignments of the file, in the order of their ids."""
    reader = _Reader(file, surroundings)
    policies = [policy for raw in file.assignments for policy in reader.assignment(raw)]
    return Assigned(tuple(policies), tuple(sorted(set(reader.problems))))


@dataclass(frozen=True)
class _Member:
    """One definition that an assignment or initiative names, with what it passes on."""

    definition_id: str
    reference: str
    version: str
    values: JsonObject


class _Reader:
    """Collects what cannot be evaluated, and says each once."""

    def __init__(self, file: PolicyFile, surroundings: Surroundings) -> None:
        self.problems: list[NotEvaluated] = []
        self._file = file
        self._surroundings = surroundings
        self._compiled: dict[str, Definition | PolicyError] = {}

    def assignment(self, raw: JsonObject) -> Iterator[AssignedPolicy]:
        name, target = display_name(raw), text_at(raw, "properties.policyDefinitionId")
        version = text_at(raw, "properties.definitionVersion")
        try:
            check_depth(raw)
            initiative = of_version(self._file.initiatives, target, version)
            self._check_enforcement(raw)
            given = _values(object_at(raw, "properties.parameters"))
            check_depth(initiative)
            if initiative is None:
                member = _Member(target, "", version, object_at(raw, "properties.parameters"))
                yield from self._policies(raw, member, None, {})
                return
            parameters = self._completed(initiative, given, display_name(initiative))
        except PolicyError as error:
            self._say(f"assignment {name!r}", error)
            return
        for member in map(_member, objects_at(initiative, "properties.policyDefinitions")):
            yield from self._policies(raw, member, initiative, parameters)

    def _check_enforcement(self, raw: JsonObject) -> None:
        mode = text_at(raw, "properties.enforcementMode") or "Default"
        if mode.lower() not in ("default", "donotenforce"):
            raise PolicyError(f"its enforcement mode {mode!r} is not evaluated")

    def _policies(
        self,
        raw: JsonObject,
        member: _Member,
        initiative: JsonObject | None,
        outer: Mapping[str, object],
    ) -> Iterator[AssignedPolicy]:
        """The policy, twice where an override changes its effect for some locations."""
        latest = self._file.definitions.get(member.definition_id.lower())
        policy_name = display_name(latest) if latest else member.definition_id
        initiative_name = display_name(initiative) if initiative else ""
        name = described(policy_name, display_name(raw), initiative_name)
        try:
            definition = self._definition(member)
            passed = self._passed(member, initiative, outer)
            parameters = self._completed_of(definition, passed)
            policy = AssignedPolicy(
                definition=definition,
                ids=PolicyIds(
                    text_at(raw, "id"),
                    definition.id,
                    text_at(initiative, "id") if initiative else "",
                    member.reference,
                ),
                assignment_name=display_name(raw),
                initiative_name=initiative_name,
                parameters=parameters,
                effect=self._effect(definition, parameters),
                enforced=text_at(raw, "properties.enforcementMode").lower() != "donotenforce",
                scope=scope_of(raw),
                not_scopes=tuple(each.lower() for each in texts_at(raw, "properties.notScopes")),
                selections=selections_of(raw),
                message=_message(raw, member.reference),
            )
            overrides = objects_at(raw, "properties.overrides")
            for part in parts_of(overrides, member.reference, policy.effect):
                yield replace(policy, effect=part.effect, only=part.only, in_doubt=part.in_doubt)
        except PolicyError as error:
            self._say(name, error)

    def _definition(self, member: _Member) -> Definition:
        raw = of_version(self._file.definitions, member.definition_id, member.version)
        if raw is None:
            raise PolicyError("the file has no such definition")
        key = text_at(raw, "id").lower()
        if key not in self._compiled:
            try:
                self._compiled[key] = compile_definition(raw)
            except PolicyError as error:
                self._compiled[key] = error
        found = self._compiled[key]
        if isinstance(found, PolicyError):
            raise found
        return found

    def _passed(
        self, member: _Member, initiative: JsonObject | None, outer: Mapping[str, object]
    ) -> Mapping[str, object]:
        values = _values(member.values)
        if initiative is None:
            return values
        situation = self._without_resource(outer)
        try:
            return {name: compiled(value)(situation) for name, value in values.items()}
        except DoubtError as error:
            raise PolicyError(f"a parameter that its initiative passes: {error.doubt.reason}") from error

    def _completed(self, raw: JsonObject, given: Mapping[str, object], name: str) -> Mapping[str, object]:
        defaults, asked = parameters_of(raw)
        if missing := sorted(asked - given.keys()):
            raise PolicyError(f"parameter {missing[0]!r} of initiative {name!r} has no value")
        return {**defaults, **given}

    def _completed_of(self, definition: Definition, given: Mapping[str, object]) -> Mapping[str, object]:
        if missing := sorted(definition.asked - given.keys()):
            raise PolicyError(f"its parameter {missing[0]!r} has no value")
        return {**definition.defaults, **given}

    def _effect(self, definition: Definition, parameters: Mapping[str, object]) -> str:
        try:
            found = definition.effect(self._without_resource(parameters))
            # Resource providers have effects of their own.
            return effect_name(found) if definition.is_resource_manager else text_of(found)
        except DoubtError as error:
            raise PolicyError(f"its effect: {error.doubt.reason}") from error

    def _without_resource(self, parameters: Mapping[str, object]) -> Situation:
        return Situation(self._surroundings, _NOTHING, _NOTHING, parameters, PolicyIds())

    def _say(self, policy: str, error: PolicyError) -> None:
        self.problems.append(NotEvaluated(policy, str(error)))


_NOTHING = Subject(ArmResource(urn="", id="", type="", name="", api_version="", scope="", body={}))


def _member(raw: JsonObject) -> _Member:
    return _Member(
        text_at(raw, "policyDefinitionId"),
        text_at(raw, "policyDefinitionReferenceId"),
        text_at(raw, "definitionVersion"),
        object_at(raw, "parameters"),
    )


def _values(raw: JsonObject) -> Mapping[str, object]:
    """Parameters as they are given: `{"name": {"value": …}}`."""
    return {
        name.lower(): one["value"] for name, one in raw.items() if isinstance(one, dict) and "value" in one
    }


def _message(raw: JsonObject, reference: str) -> str:
    """The assignment's message for this very policy, else the one for all of its policies."""
    messages = objects_at(raw, "properties.nonComplianceMessages")
    by_reference = {
        text_at(one, "policyDefinitionReferenceId").lower(): text_at(one, "message") for one in messages
    }
    return one_line(by_reference.get(reference.lower()) or by_reference.get("", ""))
