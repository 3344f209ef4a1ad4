"""No caller starts a training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from azure_facts.log_tables import callers_write
from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_WORKFLOW = "azure-native:logic:Workflow"
_ALERT = "azure-native:monitor:ScheduledQueryRule"


def _check(stack: Stack) -> Iterator[StackFinding]:
    # What a workflow's definition says is unknown before its job exists; that it waits for the alert is not.
    looked_for = {urn for workflow in stack.of(_WORKFLOW) for urn in workflow.dependencies}
    for alert in stack.of(_ALERT):
        if alert.urn not in looked_for:
            continue
        for query in stack.read(alert, _queries, []):
            for table, what in callers_write(query):
                yield StackFinding(f"{alert.name} starts a job and reads {table}: {what}", alert.urn)


def _queries(alert: Judged) -> list[str]:
    criteria = alert.value("criteria.allOf")
    found = criteria if isinstance(criteria, Sequence) and not isinstance(criteria, str) else []
    return [str(one.get("query")) for one in found if isinstance(one, Mapping)]


def _alert(query: str) -> Sample:
    return Sample(_ALERT, {"ruleName": "la-retrain", "criteria": {"allOf": [{"query": query}]}}, name="alert")


_STARTS = Sample(_WORKFLOW, {"definition": {}}, name="retraining", dependencies=("alert",))

RULE = StackRule(
    id="AMLP-MN-020",
    title="No caller starts a training",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A caller of an endpoint can make its script print any line; a job that starts on such a line costs "
        "what he wants, and trains on what he sent."
    ),
    fix="Read a table that a service writes with the name of who acted, such as Databricks' audit log",
    anchors=Anchors(
        benchmark=("LT-3",), source="learn.microsoft.com azure/azure-monitor/app/connection-strings"
    ),
    cases=StackCases(
        allowed=(_STARTS, _alert('DatabricksUnityCatalog | where Identity has "c0"')),
        denied=(_STARTS, _alert('AppTraces | where Message has "drift"')),
        omitted=(_alert('AppTraces | where Message has "drift"'),),
        omitted_is=Outcome.PASSED,
        unknown=(_STARTS, _alert(UNKNOWN_STRING)),
    ),
)
