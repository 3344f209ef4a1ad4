"""A policy of a family overrides its definition, and has none of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("policyFamilyId") and resource.text("definition"):
        yield Violation("definition", "not together with policyFamilyId; use policyFamilyDefinitionOverrides")


_OVERRIDES = json.dumps({"autotermination_minutes": {"type": "range", "maxValue": 60}})

RULE = Rule(
    id="DBX043",
    service="Databricks cluster policy",
    title="a definition or a policy family",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/cluster_policy.md (policy_family_id)",
    check=_check,
    trips=Case((declare(tokens.CLUSTER_POLICY, {"policyFamilyId": "personal-vm"}),)),
    passes=Case(
        (
            declare(
                tokens.CLUSTER_POLICY,
                {
                    "policyFamilyId": "personal-vm",
                    "definition": REMOVE,
                    "policyFamilyDefinitionOverrides": _OVERRIDES,
                },
            ),
        )
    ),
)
