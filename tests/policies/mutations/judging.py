"""Who catches a mutant: the pack's rules, as pure functions over the inventory, and else the service rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import policies
from policies.frame.configuration import RuleConfiguration, read_configuration
from policies.frame.evaluation import Result, evaluate, evaluate_stack, judged
from policies.frame.judged import About, Judged, Stack
from policies.frame.registry import all_rules, resource_rules, stack_rules
from policies.frame.rule import Kind, Level, Outcome
from rehearsal.checks.references import check_references
from rehearsal.model.finding import Finding
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import all_rules as all_service_rules
from rehearsal.sdk import ProblemKind, check_inputs
from tests.policies.mutations.mutants import Mutant, mutants_of

FOLDER = Path(policies.__file__).parent


@dataclass(frozen=True)
class Verdict:
    """A mutant and the ids of the rules that say something which they do not say of the original."""

    mutant: Mutant
    rules: tuple[str, ...]
    service_rules: tuple[str, ...] = ()

    @property
    def caught(self) -> bool:
        """Whether anyone did."""
        return bool(self.rules or self.service_rules)


@dataclass(frozen=True, eq=False)
class _Listening(Stack):
    """Remembers which types a rule asked for: a mutant of another type cannot change what the rule says."""

    heard: set[str] = field(default_factory=set)

    def of(self, *types: str) -> Iterator[Judged]:
        self.heard.update(types)
        return super().of(*types)


class Inventory:
    """The original, judged once."""

    def __init__(
        self,
        world: World,
        stack: str,
        kind: Kind,
        workload: str = "forecast",
        shared_people: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._world = world
        tags = {"workload": workload, "environment": stack}
        self._about = About(stack, kind, world.today, tags, shared_people)
        self._configuration: Mapping[str, RuleConfiguration] = read_configuration(
            FOLDER / f"{kind}.json", kind, all_rules()
        )
        self._rules = [rule for rule in resource_rules() if self._enabled(rule.id)]
        self._stack_rules = [rule for rule in stack_rules() if self._enabled(rule.id)]
        self._resources = [
            resource for resource in world.resources if resource.custom and not resource.external
        ]
        self._judged = {resource.urn: self._see(resource) for resource in self._resources}
        self._heard: dict[str, set[str]] = {}
        self._said = set(self._said_of_all())
        self._service_said: dict[str, set[Finding]] = {}
        self._references = set(check_references(world))

    def mandatory(self) -> set[tuple[str, str, str]]:
        """Rule, URN and message of all that would stop the deployment of the original."""
        return {said for said in self._said if self._configuration[said[0]].level is Level.MANDATORY}

    def mutants(self) -> Iterator[Mutant]:
        """Of every resource."""
        for resource in sorted(self._resources, key=lambda one: one.urn):
            if not resource.is_provider:
                yield from mutants_of(resource)

    def judge(self, mutant: Mutant) -> Verdict:
        """What catches it. Service rules are asked only where no rule of the pack does: they cost more."""
        original = self._world.by_urn[mutant.urn]
        changed = self._judged_with(mutant, original)
        type_ = None if mutant.inputs is None else original.type
        said = list(_ids(self._stack_results(changed.values(), type_), self._said))
        if mutant.inputs is not None:
            said += _ids(self._results(changed[mutant.urn]), self._said)
        rules = tuple(sorted(set(said)))
        return Verdict(mutant, rules, () if rules else tuple(sorted(set(self._services(mutant, original)))))

    def _enabled(self, rule: str) -> bool:
        return self._configuration[rule].level is not Level.DISABLED

    def _see(self, resource: Resource) -> Judged:
        return judged(
            resource.type,
            {**resource.plain_inputs},
            self._about,
            name=resource.name,
            urn=resource.urn,
            protect=resource.options.protect,
            dependencies=_dependencies(resource),
        )

    def _judged_with(self, mutant: Mutant, original: Resource) -> Mapping[str, Judged]:
        changed = dict(self._judged)
        if mutant.inputs is None:
            del changed[mutant.urn]
        else:
            protect = original.options.protect if mutant.protect is None else mutant.protect
            changed[mutant.urn] = judged(
                original.type,
                mutant.inputs,
                self._about,
                name=original.name,
                urn=original.urn,
                protect=protect,
                dependencies=_dependencies(original),
            )
        return changed

    def _said_of_all(self) -> Iterator[tuple[str, str, str]]:
        for asked in self._judged.values():
            yield from _keys(self._results(asked))
        yield from _keys(self._stack_results(self._judged.values()))

    def _results(self, asked: Judged) -> Iterator[Result]:
        for rule in self._rules:
            if rule.applies_to(asked.type):
                yield evaluate(rule, asked, self._configuration[rule.id].thresholds)

    def _stack_results(self, resources: Iterable[Judged], type_: str | None = None) -> Iterator[Result]:
        """Of the rules that looked at this type; of all, for None."""
        stack = _Listening(tuple(resources), self._about)
        for rule in self._stack_rules:
            if type_ is not None and type_ not in self._heard[rule.id]:
                continue
            heard: set[str] = set()
            asked = dataclasses.replace(stack, heard=heard)
            yield evaluate_stack(rule, asked, self._configuration[rule.id].thresholds)
            self._heard.setdefault(rule.id, heard).update(heard)

    def _services(self, mutant: Mutant, original: Resource) -> Iterator[str]:
        """The rehearsal's other judges: the SDK's types, references to what is no longer there, service rules."""
        if mutant.protect is not None:
            return
        if mutant.inputs is None:
            left = tuple(one for one in self._world.resources if one.urn != mutant.urn)
            new = set(check_references(dataclasses.replace(self._world, resources=left))) - self._references
            yield from (finding.rule for finding in new)
            return
        if any(
            problem.kind is not ProblemKind.BAD_ENUM_VALUE
            for problem in check_inputs(original.type, mutant.inputs)
        ):
            yield "SDK"
        other = dataclasses.replace(original, inputs=mutant.inputs)
        resources = tuple(other if one.urn == mutant.urn else one for one in self._world.resources)
        world = dataclasses.replace(self._world, resources=resources)
        for rule in all_service_rules():
            if original.type in rule.applies_to:
                if rule.id not in self._service_said:
                    self._service_said[rule.id] = set(rule.findings(self._world))
                if set(rule.findings(world)) - self._service_said[rule.id]:
                    yield rule.id


def _keys(results: Iterable[Result]) -> Iterator[tuple[str, str, str]]:
    for result in results:
        if result.outcome is Outcome.FAILED:
            raise AssertionError(f"{result.rule} failed: {result.reason}")
        for finding in result.findings:
            yield result.rule, finding.urn, finding.message


def _ids(results: Iterable[Result], before: set[tuple[str, str, str]]) -> Iterator[str]:
    return (key[0] for key in _keys(results) if key not in before)


def _dependencies(resource: Resource) -> tuple[str, ...]:
    by_property = (urn for urns in resource.property_dependencies.values() for urn in urns)
    return tuple(dict.fromkeys((*resource.dependencies, *by_property)))
