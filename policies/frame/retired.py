"""The inputs of a resource that name something that may be retired: sizes, runtimes, features, the service
itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.retirements import RETIREMENTS, RetirementFinding, RetirementKind, find_retirements
from policies.frame.judged import Judged
from policies.frame.paths import values

_PATHS: Mapping[RetirementKind, tuple[str, ...]] = {
    RetirementKind.VM_SIZE: (
        "vmSize",
        "agentPoolProfiles[].vmSize",
        "properties.properties.vmSize",
        "properties.instanceType",
        "nodeTypeId",
        "driverNodeTypeId",
        "jobClusters[].newCluster.nodeTypeId",
        "jobClusters[].newCluster.driverNodeTypeId",
    ),
    RetirementKind.DATABRICKS_RUNTIME: (
        "sparkVersion",
        "jobClusters[].newCluster.sparkVersion",
        "tasks[].newCluster.sparkVersion",
        "preloadedSparkVersions[]",
    ),
}
_DATABRICKS = "databricks:"
_FEATURES = tuple(entry for entry in RETIREMENTS if entry.kind is RetirementKind.FEATURE)


def retired_values(judged: Judged) -> Iterator[tuple[str, RetirementFinding]]:
    """Each retired value of the resource with its path, on the stack's day."""
    today = judged.about.today
    for kind, paths in _PATHS.items():
        if kind is RetirementKind.DATABRICKS_RUNTIME and not judged.type.startswith(_DATABRICKS):
            # `sparkVersion` of a Spark pool of Synapse is Spark's own: 3.5 would pass for a runtime of Databricks.
            continue
        for path in paths:
            for at, value in values(judged.props, path):
                if isinstance(value, str):
                    yield from ((at, finding) for finding in find_retirements(kind, value, today))
    yield from _features(judged)


def _features(judged: Judged) -> Iterator[tuple[str, RetirementFinding]]:
    """Only the paths that some retirement of this type speaks of are read."""
    module_and_type = judged.type.partition(":")[2]
    for entry in _FEATURES:
        if not entry.pattern.startswith((module_and_type.split(":")[0] + ":", "(")):
            continue
        path = feature_path(entry.pattern, module_and_type)
        for at, value in values(judged.props, path) if path else ():
            if isinstance(value, str | bool):
                text = str(value).lower() if isinstance(value, bool) else value
                feature = f"{module_and_type}:{path.replace('[]', '')}={text}"
                found = find_retirements(RetirementKind.FEATURE, feature, judged.about.today)
                yield from ((at, finding) for finding in found if finding.retirement is entry)


def feature_path(pattern: str, module_and_type: str) -> str:
    """The property path that a feature's pattern names for a type; empty where it names another type."""
    plain = pattern.replace("\\.", ".")
    for candidate in _alternatives(plain):
        name, _, path = candidate.partition("=")[0].rpartition(":")
        if name == module_and_type:
            return path.replace("agentPoolProfiles.", "agentPoolProfiles[].")
    return ""


def _alternatives(pattern: str) -> Iterator[str]:
    """A pattern with one group before its `=` spelled out."""
    head, separator, tail = pattern.partition("=")
    if "(" not in head:
        yield pattern
        return
    before, _, rest = head.partition("(")
    inside, _, after = rest.partition(")")
    for choice in inside.split("|"):
        yield f"{before}{choice}{after}{separator}{tail}"
