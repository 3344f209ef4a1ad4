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
    family, own = resource.text("policyFamilyId"), resource.text("definition")
    overrides = resource.text("policyFamilyDefinitionOverrides")
    if family and own:
        yield Violation("definition", "not together with policyFamilyId; use policyFamilyDefinitionOverrides")
    elif overrides and own:
        yield Violation("policyFamilyDefinitionOverrides", "not together with definition; put them into it")
    elif overrides and not family and not resource.is_unknown("policyFamilyId"):
        yield Violation(
            "policyFamilyDefinitionOverrides", "needs the family that it overrides; set policyFamilyId"
        )


_OVERRIDES = json.dumps({"autotermination_minutes": {"type": "range", "maxValue": 60}})

RULE = Rule(
    id="DBX043",
    service="Databricks cluster policy",
    title="a definition or a policy family",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="databricks/cli acceptance/bundle/resources/cluster_policies/definition_and_family_conflict; "
    "terraform-provider-databricks policies/resource_cluster_policy.go (ConflictsWith, RequiredWith)",
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
