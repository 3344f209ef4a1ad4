"""Runtimes before Spark 3 are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import specifications
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_VERSION = re.compile(r"(\d+)\.(?:\d+|x)\..*")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, spec in specifications(resource):
        found = _VERSION.match(str(spec.get("sparkVersion", "")))
        if found and int(found[1]) < 7:
            yield Violation(
                f"{path}.sparkVersion" if path else "sparkVersion",
                f"'{found[0]}' is a runtime with Spark 2, removed long ago; use a supported LTS such "
                "as 16.4.x-scala2.12",
            )


RULE = Rule(
    id="DBX017",
    service="Databricks cluster",
    title="a runtime with Spark 3 or later",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="learn.microsoft.com azure/databricks/release-notes/runtime/ (end of support)",
    check=_check,
    trips=Case((declare(tokens.CLUSTER, {"sparkVersion": "6.4.x-scala2.11"}),)),
    passes=Case((declare(tokens.CLUSTER),)),
)
