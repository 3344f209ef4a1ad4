"""The Azure ML activity starts pipelines of SDK v1, which is no longer supported."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_PIPELINE = "azure-native:datafactory:Pipeline"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, activity in enumerate(resource.items("activities")):
        if activity.get("type") == "AzureMLExecutePipeline":
            yield Violation(
                f"activities[{index}].type",
                "starts SDK v1 pipelines, unsupported since 2026-06-30; use a WebActivity that calls a batch endpoint",
            )


def _case(activity: dict[str, object]) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "factoryName": "adf-ml-dev",
        "pipelineName": "train",
        "activities": [activity],
    }
    return Case((Declared(_PIPELINE, inputs),))


RULE = Rule(
    id="ADF151",
    service="Data Factory pipeline",
    title="no activity for pipelines of SDK v1",
    applies_to=(_PIPELINE,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com machine-learning/how-to-use-batch-azure-data-factory; SDK v1 support ended 2026-06-30",
    check=_check,
    trips=_case({"name": "train", "type": "AzureMLExecutePipeline", "mlPipelineId": "1"}),
    passes=_case({"name": "wait", "type": "Wait", "waitTimeInSeconds": 60}),
    severity=Severity.WARNING,
)
