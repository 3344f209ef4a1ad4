"""Init scripts lie where they are read: on volumes, in the workspace, in storage, no longer on DBFS."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import pipeline_clusters, specifications
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    described = pipeline_clusters(resource) if resource.type == tokens.PIPELINE else specifications(resource)
    for path, spec in described:
        scripts = spec.get("initScripts")
        for index, script in enumerate(scripts if isinstance(scripts, list) else ()):
            if isinstance(script, dict) and script.get("dbfs"):
                yield Violation(
                    f"{path + '.' if path else ''}initScripts[{index}].dbfs",
                    "lies on DBFS, where init scripts have reached their end of life; use volumes, workspace or abfss",
                )


def _case(script: dict[str, object]) -> Case:
    return Case((declare(tokens.CLUSTER, {"initScripts": [script]}),))


RULE = Rule(
    id="DBX211",
    service="Databricks cluster",
    title="init scripts not from DBFS",
    applies_to=(tokens.CLUSTER, tokens.JOB, tokens.PIPELINE),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/cluster.md (init_scripts), issues 2926, 2979, 3712",
    check=_check,
    trips=_case({"dbfs": {"destination": "dbfs:/scripts/init.sh"}}),
    passes=_case({"workspace": {"destination": "/Shared/init.sh"}}),
    severity=Severity.WARNING,
)
