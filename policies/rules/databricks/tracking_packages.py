"""A task that tracks to Azure ML can write what the gate reads."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_TRACKS = "azureml-mlflow"
_WRITES = "azure-ai-ml"


def _check(judged: Judged) -> Iterator[str]:
    for task in judged.items("tasks"):
        packages = {
            package.partition("==")[0]
            for _, package in values(task, "libraries[].pypi.package")
            if isinstance(package, str)
        }
        if _TRACKS in packages and _WRITES not in packages:
            yield f"task '{task.get('taskKey')}' carries {_TRACKS} without {_WRITES}"


def _with(*packages: str) -> dict[str, object]:
    return {"tasks": [{"taskKey": "a", "libraries": [{"pypi": {"package": one}} for one in packages]}]}


RULE = Rule(
    id="AMLP-DO-060",
    title="A task that tracks to Azure ML can write a model's properties",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=_check,
    why="The gate reads metrics from a model version's properties, which azure-ai-ml writes and MLflow does not.",
    fix="Add azure-ai-ml to the task's libraries",
    anchors=Anchors(benchmark=(), source="docs/promotion.md (the gate reads the properties metric.*)"),
    cases=Cases(
        allowed=(_with("azureml-mlflow==1.60.0", "azure-ai-ml==1.27.0"), _with("lightgbm==4.5.0")),
        denied=(_with("azureml-mlflow==1.60.0"),),
        omitted={"tasks": [{"taskKey": "a"}]},
        unknown=_with(UNKNOWN_STRING),
        omitted_is=Outcome.PASSED,
    ),
)
