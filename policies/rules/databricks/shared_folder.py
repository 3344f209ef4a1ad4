"""What has permissions of its own lies where not everybody manages it."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_PATHS = {
    "databricks:index/mlflowExperiment:MlflowExperiment": "name",
    "databricks:index/directory:Directory": "path",
    "databricks:index/notebook:Notebook": "path",
    "databricks:index/workspaceFile:WorkspaceFile": "path",
}
"""Types that have a place in the workspace to the property that says where."""


def _check(judged: Judged) -> Iterator[str]:
    path = judged.text(_PATHS[judged.type])
    if path.removeprefix("/Workspace").startswith("/Shared/"):
        yield f"{path} lies in /Shared, which all users manage"


RULE = Rule(
    id="AMLP-DO-080",
    title="Nothing lies in the shared folder",
    severity=Severity.MEDIUM,
    types=tuple(_PATHS),
    check=_check,
    why=(
        "All users manage /Shared, and objects in a folder inherit its permissions, no matter which permissions an "
        "experiment there has of its own, everybody may change and delete it."
    ),
    fix="Declare a Directory with Permissions outside /Shared and put it there",
    anchors=Anchors(
        benchmark=("PA-7",),
        source="terraform-provider-databricks docs/resources/permissions.md (folder usage: everybody manages what lies "
        "in Shared, and experiments inherit from their folder; read 2026-11-30)",
    ),
    cases=Cases(
        allowed=({"name": "/forecast-experiments-dev/demand"},),
        denied=({"name": "/Shared/demand"}, {"name": "/Workspace/Shared/forecast/demand"}),
        omitted={},
        unknown={"name": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
