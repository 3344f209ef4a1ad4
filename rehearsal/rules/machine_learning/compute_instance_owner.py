"""A compute instance that a deployment creates belongs to the deployer until somebody is assigned."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE
from rehearsal.rules.machine_learning.compute_instances import COMPUTE_INSTANCE, instance
from rehearsal.rules.rule import Case, Rule, Violation

_USER = "properties.properties.personalComputeInstanceSettings.assignedUser"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.computeType") != COMPUTE_INSTANCE:
        return
    for key in ("objectId", "tenantId"):
        if resource.value(f"{_USER}.{key}") is None and not resource.is_unknown(f"{_USER}.{key}"):
            yield Violation(
                f"{_USER}.{key}",
                "missing: created by a service principal, the instance belongs to that principal and "
                "nobody can open it; "
                "assign the person by object id and tenant id",
            )


RULE = Rule(
    id="AML007",
    service="Azure ML compute",
    title="a compute instance is assigned to a person",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="Azure REST spec machinelearningservices 2025-12-01, PersonalComputeInstanceSettings",
    check=_check,
    trips=Case((instance({_USER: REMOVE}),)),
    passes=Case((instance(),)),
    severity=Severity.WARNING,
)
