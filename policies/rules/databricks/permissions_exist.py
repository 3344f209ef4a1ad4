"""Everything in Databricks says who may use it."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_DIRECTORY = "databricks:index/directory:Directory"
_OBJECTS = (
    "databricks:index/job:Job",
    "databricks:index/cluster:Cluster",
    "databricks:index/clusterPolicy:ClusterPolicy",
    "databricks:index/instancePool:InstancePool",
    "databricks:index/repo:Repo",
    _DIRECTORY,
    "databricks:index/sqlEndpoint:SqlEndpoint",
    "databricks:index/mlflowExperiment:MlflowExperiment",
)

_PATHS = {
    "databricks:index/repo:Repo": "path",
    _DIRECTORY: "path",
    "databricks:index/mlflowExperiment:MlflowExperiment": "name",
}
"""Where an object says in which folder it lies."""


def _check(stack: Stack) -> Iterator[StackFinding]:
    governed: set[str] = set()
    for permissions in stack.of("databricks:index/permissions:Permissions"):
        if stack.read(permissions, lambda asked: bool(asked.value("accessControls")), default=False):
            governed.update(permissions.dependencies)
    folders = [stack.text(folder, "path") for folder in stack.of(_DIRECTORY) if folder.urn in governed]
    for thing in stack.of(*_OBJECTS):
        path = stack.text(thing, _PATHS[thing.type]) if thing.type in _PATHS else ""
        # A folder's permissions hold for what lies in it.
        inherits = any(folder and path.startswith(f"{folder}/") for folder in folders)
        if thing.urn not in governed and not inherits:
            yield StackFinding(f"{thing.name} has no permissions", thing.urn)


RULE = StackRule(
    id="AMLP-DO-046",
    title="Everything in Databricks says who may use it",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "Without a permission object only its maker may use a job, and nobody sees it fail; with a "
        "later default, everybody may."
    ),
    fix="Add a Permissions object for it",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/auth/access-control"),
    cases=StackCases(
        allowed=(
            Sample("databricks:index/job:Job", name="job"),
            Sample(
                "databricks:index/permissions:Permissions",
                {"accessControls": [{"groupName": "g", "permissionLevel": "CAN_VIEW"}]},
                name="p",
                dependencies=("job",),
            ),
        ),
        denied=(
            Sample("databricks:index/job:Job", name="job"),
            Sample(
                "databricks:index/permissions:Permissions",
                {"accessControls": []},
                name="p",
                dependencies=("job",),
            ),
        ),
        omitted=(Sample("databricks:index/job:Job", name="job"),),
        unknown=(
            Sample("databricks:index/permissions:Permissions", {"accessControls": UNKNOWN_STRING}, name="p"),
        ),
    ),
)
