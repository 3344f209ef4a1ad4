"""A policy installs five hundred libraries at most."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MOST = 500


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    count = len(resource.items("libraries"))
    if count > _MOST:
        yield Violation("libraries", f"{count} libraries; keep {_MOST} or fewer")


def _case(count: int) -> Case:
    libraries = [{"pypi": {"package": f"package-{index}==1.0.0"}} for index in range(count)]
    return Case((declare(tokens.CLUSTER_POLICY, {"libraries": libraries}),))


RULE = Rule(
    id="DBX207",
    service="Databricks cluster policy",
    title="at most 500 libraries",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="databricks-sdk-js clusterpolicies CreatePolicyRequest, libraries (the maximum number of libraries is 500)",
    check=_check,
    trips=_case(501),
    passes=_case(500),
)
