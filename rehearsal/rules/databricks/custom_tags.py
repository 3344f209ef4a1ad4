"""Databricks adds tags of its own to every VM, and Azure takes fifty."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import specifications
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MOST = 43


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    described = (
        specifications(resource) if resource.type != tokens.INSTANCE_POOL else [("", resource.plain_inputs)]
    )
    for path, spec in described:
        custom = spec.get("customTags")
        if isinstance(custom, dict) and len(custom) > _MOST:
            yield Violation(
                f"{path}.customTags" if path else "customTags", f"{len(custom)} tags; keep {_MOST} or fewer"
            )


def _case(count: int) -> Case:
    return Case(
        (declare(tokens.INSTANCE_POOL, {"customTags": {f"tag-{index}": "x" for index in range(count)}}),)
    )


RULE = Rule(
    id="DBX031",
    service="Databricks cluster",
    title="at most 43 custom tags",
    applies_to=(tokens.CLUSTER, tokens.INSTANCE_POOL, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/instance_pool.md (custom_tags)",
    check=_check,
    trips=_case(44),
    passes=_case(43),
)
