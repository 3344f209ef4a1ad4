"""Where clusters are described: in a cluster, in a job's shared clusters, in its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.rules import tokens


def specifications(resource: Resource) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every cluster that the resource describes, with its property path (empty for a cluster itself)."""
    if resource.type == tokens.CLUSTER:
        yield "", resource.plain_inputs
        return
    yield from job_clusters(resource)


def job_clusters(resource: Resource) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The clusters that a job starts for itself, those of tasks that are repeated included."""
    for collection in ("jobClusters", "tasks"):
        for index, item in enumerate(resource.items(collection)):
            spec = item.get("newCluster")
            if isinstance(spec, dict):
                yield f"{collection}[{index}].newCluster", spec
            repeated = walk(item, "forEachTask.task.newCluster")
            if isinstance(repeated, dict):
                yield f"{collection}[{index}].forEachTask.task.newCluster", repeated
    spec = resource.value("newCluster")
    if isinstance(spec, dict):
        yield "newCluster", spec


def pipeline_clusters(resource: Resource) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The clusters of a declarative pipeline, whose updates and maintenance have one each."""
    for index, spec in enumerate(resource.items("clusters")):
        yield f"clusters[{index}]", spec
