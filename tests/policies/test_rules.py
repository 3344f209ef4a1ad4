"""Every rule says to its own cases what it promises, through the engine's unknown-checking proxy."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.frame.azure_policies import AZURE_POLICIES
from policies.frame.benchmark import CONTROLS
from policies.frame.evaluation import Result, evaluate, evaluate_stack, judged
from policies.frame.judged import About, Stack
from policies.frame.registry import all_rules, resource_rules, stack_rules
from policies.frame.rule import SHARED_PERSONA, AnyRule, Outcome, Properties, Rule, Sample, StackRule
from policies.rules import __path__ as folders
from rehearsal.sdk import ProblemKind, check_inputs

FOLDER = Path(__file__).parent
PSRULE = set((FOLDER / "psrule.txt").read_text(encoding="utf-8").split())
CHECKOV = set((FOLDER / "checkov.txt").read_text(encoding="utf-8").split())

PROD = About("prod", "prod", datetime.date(2026, 11, 21), shared_people={SHARED_PERSONA: "dev"})

RESOURCE_RULES = pytest.mark.parametrize("rule", resource_rules(), ids=lambda rule: rule.id)
STACK_RULES = pytest.mark.parametrize("rule", stack_rules(), ids=lambda rule: rule.id)
ALL_RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)


def type_of(rule: Rule) -> str:
    first = rule.types[0]
    return "azure-native:resources:ResourceGroup" if first == "*" else first.replace("*", "any:Type")


def said(rule: Rule, props: Properties, type_: str = "") -> Result:
    return evaluate(rule, judged(type_ or type_of(rule), props, PROD, name=rule.cases.name))


def said_of(rule: StackRule, samples: tuple[Sample, ...]) -> Result:
    resources = tuple(
        judged(
            sample.type,
            sample.props,
            PROD,
            name=sample.name,
            urn=sample.name,
            protect=sample.protect,
            dependencies=sample.dependencies,
        )
        for sample in samples
    )
    return evaluate_stack(rule, Stack(resources, PROD))


@RESOURCE_RULES
def test_a_rule_keeps_its_promises(rule: Rule) -> None:
    cases = rule.cases
    for props in cases.allowed:
        assert said(rule, props).outcome is Outcome.PASSED, said(rule, props)
    for props in cases.denied:
        result = said(rule, props)
        assert result.outcome is Outcome.VIOLATED, (props, result)
        assert all(len(finding.message) > 10 for finding in result.findings)
    assert said(rule, cases.omitted).outcome is cases.omitted_is, said(rule, cases.omitted)
    unknown = said(rule, cases.unknown)
    assert unknown.outcome is Outcome.NOT_EVALUATED, unknown
    assert "can't be known during preview" in unknown.reason
    if rule.types != ("*",):
        for props in cases.denied:
            assert said(rule, props, cases.other_type).outcome is Outcome.PASSED


@STACK_RULES
def test_a_stack_rule_keeps_its_promises(rule: StackRule) -> None:
    cases = rule.cases
    assert said_of(rule, cases.allowed).outcome is Outcome.PASSED, said_of(rule, cases.allowed)
    assert said_of(rule, cases.denied).outcome is Outcome.VIOLATED
    assert said_of(rule, cases.omitted).outcome is cases.omitted_is, said_of(rule, cases.omitted)
    unknown = said_of(rule, cases.unknown)
    assert unknown.outcome is Outcome.NOT_EVALUATED, unknown
    assert unknown.reason
    assert said_of(rule, cases.other_type).outcome is not Outcome.FAILED


def examples(rule: AnyRule) -> Iterator[tuple[str, Properties]]:
    if isinstance(rule, Rule):
        yield from ((type_of(rule), props) for props in (*rule.cases.allowed, *rule.cases.denied))
    else:
        yield from ((sample.type, sample.props) for sample in (*rule.cases.allowed, *rule.cases.denied))


@pytest.mark.xdist_group("platforms")  # where the providers' modules are loaded already
@ALL_RULES
def test_cases_speak_of_properties_that_exist(rule: AnyRule) -> None:
    wrong = [
        problem
        for type_, props in examples(rule)
        if not type_.startswith(("mlplatform:", "pulumi:")) and getattr(rule, "types", ()) != ("*",)
        for problem in check_inputs(type_, props)
        if problem.kind is ProblemKind.UNKNOWN_PROPERTY
    ]
    assert not wrong, wrong[0]


def test_ids_are_unique_and_well_formed() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(set(ids)) == len(ids)
    assert [rule_id for rule_id in ids if not re.fullmatch(r"AMLP-[A-Z]{2}-\d{3}", rule_id)] == []


@ALL_RULES
def test_a_rule_explains_itself_and_cites_what_exists(rule: AnyRule) -> None:
    assert 15 <= len(rule.title) <= 90
    assert not rule.title.endswith(".")
    assert len(rule.why) >= 30
    assert len(rule.fix) >= 10
    anchors = rule.anchors
    assert anchors.benchmark or anchors.source
    assert anchors.azure_policy or anchors.psrule or anchors.checkov or anchors.source
    assert set(anchors.psrule) <= PSRULE
    assert set(anchors.checkov) <= CHECKOV
    assert set(anchors.azure_policy) <= set(AZURE_POLICIES)
    assert set(anchors.benchmark) <= CONTROLS


def test_one_rule_is_one_file() -> None:
    files = [path for folder in folders for path in Path(folder).rglob("*.py") if path.name != "__init__.py"]
    assert len(files) == len(all_rules())
