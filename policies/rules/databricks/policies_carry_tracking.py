"""People's clusters track where jobs do."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policies.frame.judged import Judged, Stack
from policies.frame.paths import values
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

_POLICY = "databricks:index/clusterPolicy:ClusterPolicy"
_JOB = "databricks:index/job:Job"
_PACKAGE = "azureml-mlflow"
_ADDRESSES = ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI")


def _check(stack: Stack) -> Iterator[StackFinding]:
    if not any(stack.read(job, _tracks, default=False) for job in stack.of(_JOB)):
        return
    for policy in stack.of(_POLICY):
        for lack in stack.read(policy, lambda asked: list(_lacks(asked)), default=[]):
            yield StackFinding(f"{policy.name} {lack}", policy.urn)


def _tracks(job: Judged) -> bool:
    return any(_packages(job, "tasks[].libraries[].pypi.package"))


def _packages(judged: Judged, path: str) -> Iterator[str]:
    for _, package in values(judged.props, path):
        if isinstance(package, str) and package.partition("==")[0] == _PACKAGE:
            yield package


def _lacks(policy: Judged) -> Iterator[str]:
    try:
        definition = json.loads(policy.text("definition") or "{}")
    except ValueError:
        return
    if definition.get("cluster_type", {}).get("value") != "all-purpose":
        return
    if not any(_packages(policy, "libraries[].pypi.package")):
        yield f"installs no {_PACKAGE}"
    if not any(f"spark_env_vars.{name}" in definition for name in _ADDRESSES):
        yield f"fixes no {' or '.join(_ADDRESSES)}"


def _policy(libraries: list[object], **variables: str) -> Sample:
    limits: dict[str, object] = {"cluster_type": {"type": "fixed", "value": "all-purpose"}}
    limits |= {
        f"spark_env_vars.{name}": {"type": "fixed", "value": value} for name, value in variables.items()
    }
    return Sample(_POLICY, {"definition": json.dumps(limits), "libraries": libraries}, name="policy")


_LIBRARY = {"pypi": {"package": "azureml-mlflow==1.60.0"}}
_TRACKING_JOB = Sample(_JOB, {"tasks": [{"taskKey": "a", "libraries": [_LIBRARY]}]})

RULE = StackRule(
    id="AMLP-DO-061",
    title="People's clusters track where jobs do",
    severity=Severity.MEDIUM,
    check=_check,
    why="A notebook that logs elsewhere, or not at all, cannot be repeated as a job and its model cannot be promoted.",
    fix="Give the policies of people's clusters the tracking variables, and azureml-mlflow as one of their libraries",
    anchors=Anchors(
        benchmark=(), source="learn.microsoft.com machine-learning/how-to-use-mlflow-azure-databricks"
    ),
    cases=StackCases(
        allowed=(_TRACKING_JOB, _policy([_LIBRARY], MLFLOW_REGISTRY_URI="azureml://x")),
        denied=(_TRACKING_JOB, _policy([])),
        omitted=(_TRACKING_JOB,),
        omitted_is=Outcome.PASSED,
        unknown=(_TRACKING_JOB, Sample(_POLICY, {"definition": UNKNOWN_STRING}, name="policy")),
    ),
)
