"""A policy's definition is JSON that maps settings to limits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TYPES = ("fixed", "forbidden", "allowlist", "blocklist", "regex", "range", "unlimited")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    text = resource.text("definition")
    if not text:
        return
    try:
        definition = json.loads(text)
    except json.JSONDecodeError as error:
        yield Violation("definition", f"must be JSON (pass a dict through json.dumps): {error}")
        return
    if not isinstance(definition, dict):
        yield Violation("definition", "must be a JSON object from settings to limits")
        return
    for key, limit in definition.items():
        kind = limit.get("type") if isinstance(limit, dict) else None
        if kind not in _TYPES:
            yield Violation("definition", f"'{key}' has type {kind!r}; use one of {', '.join(_TYPES)}")


RULE = Rule(
    id="DBX011",
    service="Databricks cluster policy",
    title="the definition is JSON with known kinds of limits",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="learn.microsoft.com azure/databricks/admin/clusters/policy-definition",
    check=_check,
    trips=Case((declare(tokens.CLUSTER_POLICY, {"definition": "{'autotermination_minutes': 60}"}),)),
    passes=Case((declare(tokens.CLUSTER_POLICY),)),
)
