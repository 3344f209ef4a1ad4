"""A policy limits what clusters have, and says all that a limit needs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from azure_facts.cluster_policies.attributes import ATTRIBUTES_SOURCE, path_problem
from azure_facts.cluster_policies.elements import read_definition
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for name in ("definition", "policyFamilyDefinitionOverrides"):
        text = resource.text(name)
        if not text:
            continue
        definition = read_definition(text)
        for path in definition.elements:
            problem = path_problem(path)
            if problem:
                yield Violation(name, f"'{path}' {problem}")
        yield from (Violation(name, lack) for lack in definition.incomplete)


def _case(path: str) -> Case:
    definition = json.dumps({path: {"type": "range", "maxValue": 4, "isOptional": True}})
    return Case((declare(tokens.CLUSTER_POLICY, {"definition": definition}),))


RULE = Rule(
    id="DBX202",
    service="Databricks cluster policy",
    title="a policy limits attributes that clusters have",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=0,
    code="",
    source=f"{ATTRIBUTES_SOURCE.page}; terraform-provider-databricks issue 1596",
    check=_check,
    trips=_case("autoscale.maxWorkers"),
    passes=_case("autoscale.max_workers"),
    severity=Severity.WARNING,
)
