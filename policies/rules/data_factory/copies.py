"""A copy that is started again and again takes what is new, or replaces what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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

_PIPELINE = "azure-native:datafactory:Pipeline"
_TRIGGER = "azure-native:datafactory:Trigger"
_DATASET = "azure-native:datafactory:Dataset"


def _check(stack: Stack) -> Iterator[StackFinding]:
    started = {
        name
        for trigger in stack.of(_TRIGGER)
        for name in stack.read(trigger, lambda asked: list(_started(asked)), [])
    }
    fixed = {
        stack.text(dataset, "datasetName")
        for dataset in stack.of(_DATASET)
        if stack.text(dataset, "properties.location.fileName")
    }
    for pipeline in stack.of(_PIPELINE):
        if stack.text(pipeline, "pipelineName") in started:
            for name in stack.read(pipeline, lambda asked: list(_whole_tables(asked, fixed)), []):
                yield StackFinding(
                    f"{name} of {pipeline.name} copies a whole table in each run", pipeline.urn
                )


def _started(trigger: Judged) -> Iterator[str]:
    one = trigger.value("properties.pipeline")
    for pipeline in (*trigger.items("properties.pipelines"), *([one] if isinstance(one, Mapping) else [])):
        reference = pipeline.get("pipelineReference")
        if isinstance(reference, Mapping):
            yield str(reference.get("referenceName"))


def _whole_tables(pipeline: Judged, fixed: set[str]) -> Iterator[str]:
    """Names of the copies that add a table's rows once more; sources of files have storeSettings."""
    for activity in pipeline.items("activities"):
        source, outputs = activity.get("source"), activity.get("outputs")
        if activity.get("type") != "Copy" or not isinstance(source, Mapping) or "storeSettings" in source:
            continue
        asks = any("@" in _text(value) for name, value in source.items() if name.lower().endswith("query"))
        replaced = isinstance(outputs, list) and all(
            isinstance(output, Mapping) and output.get("referenceName") in fixed for output in outputs
        )
        if not asks and not replaced:
            yield str(activity.get("name"))


def _text(value: object) -> str:
    """Of a text or an expression."""
    return str(value.get("value") if isinstance(value, Mapping) else value)


def _pipeline(source: Mapping[str, object]) -> Sample:
    copy = {"name": "copy", "type": "Copy", "source": source, "outputs": [{"referenceName": "landed"}]}
    return Sample(_PIPELINE, {"pipelineName": "load", "activities": [copy]}, name="load")


_STARTED = Sample(
    _TRIGGER,
    {
        "properties": {
            "type": "ScheduleTrigger",
            "pipelines": [{"pipelineReference": {"type": "PipelineReference", "referenceName": "load"}}],
        }
    },
    name="nightly",
)

RULE = StackRule(
    id="AMLP-DF-020",
    title="A copy takes what is new, or replaces what it took",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "A table that is copied whole each night, into a file of its own, lies in the lake as often as there were "
        "nights: a reader of the folder then counts each row once for each copy."
    ),
    fix="Copy by a window (window_column) or a query with the run's bounds, or into a file of one name",
    anchors=Anchors(source="learn.microsoft.com data-factory tutorial-incremental-copy-overview"),
    cases=StackCases(
        allowed=(
            _STARTED,
            _pipeline(
                {
                    "type": "AzureSqlSource",
                    "sqlReaderQuery": "SELECT * FROM sales WHERE day = '@{pipeline().parameters.day}'",
                }
            ),
        ),
        denied=(_STARTED, _pipeline({"type": "AzureSqlSource"})),
        omitted=(_pipeline({"type": "AzureSqlSource"}),),
        unknown=(
            _STARTED,
            Sample(_PIPELINE, {"pipelineName": "load", "activities": UNKNOWN_STRING}, name="load"),
        ),
        omitted_is=Outcome.PASSED,
    ),
)
