"""Production libraries have a version."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for path in ("libraries[].pypi.package", "tasks[].libraries[].pypi.package"):
        for at, package in values(judged.props, path):
            if isinstance(package, str) and "==" not in package:
                yield f"{at} is '{package}', which has no version"


RULE = Rule(
    id="AMLP-DO-044",
    title="Production libraries have a version",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job", "databricks:index/cluster:Cluster"),
    check=_check,
    why=(
        "An unpinned library changes the model overnight, and a package that was taken over runs with "
        "our identity."
    ),
    fix="Write package==version",
    anchors=Anchors(benchmark=("DS-2",), source="docs.databricks.com libraries/package-repositories"),
    cases=Cases(
        allowed=(
            {"tasks": [{"taskKey": "a", "libraries": [{"pypi": {"package": "azureml-mlflow==1.60.0"}}]}]},
        ),
        denied=(
            {"tasks": [{"taskKey": "a", "libraries": [{"pypi": {"package": "azureml-mlflow"}}]}]},
            {"tasks": [{"taskKey": "a", "libraries": [{"pypi": {"package": "azureml-mlflow>=1"}}]}]},
        ),
        omitted={"tasks": [{"taskKey": "a", "libraries": [{"pypi": {}}]}]},
        unknown={"tasks": [{"taskKey": "a", "libraries": [{"pypi": {"package": UNKNOWN_STRING}}]}]},
        omitted_is=Outcome.PASSED,
    ),
)
