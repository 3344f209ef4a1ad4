"""Inputs and option paths against the types in the installed provider SDKs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts import container_insights
from azure_facts.vm_sizes import vm_size
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.sdk import ProblemKind, SdkProblem, check_inputs, check_property_path, is_taken

_CHECKED_PACKAGES = frozenset({"azure-native", "databricks"})

_RULES = {
    ProblemKind.UNKNOWN_TYPE: "SDK001",
    ProblemKind.UNKNOWN_PROPERTY: "SDK002",
    ProblemKind.WRONG_TYPE: "SDK003",
    ProblemKind.MISSING_REQUIRED: "SDK004",
    ProblemKind.BAD_ENUM_VALUE: "SDK005",
    ProblemKind.BAD_PATH: "SDK006",
}

_TAKEN_BEYOND: Mapping[str, frozenset[str]] = {
    "azure-native:monitor:DataCollectionRule": container_insights.STREAMS,
}
"""Values that a service documents and an open enum of its specification lacks, by type."""


def check_shapes(world: World) -> Iterator[Finding]:
    """Refuses what the SDK's types say no service will take, at any depth; warns where an enum is open.

    A path in `ignore_changes` or `replace_on_changes` that the type does not have is accepted by the SDK in
    silence and then protects nothing.
    """
    for resource in world.resources:
        if not resource.custom or resource.external or resource.package not in _CHECKED_PACKAGES:
            continue
        for problem in check_inputs(resource.type, resource.typed_inputs):
            if not (problem.is_warning and _service_takes(resource, problem)):
                yield _finding(resource, problem, problem.path)
        options = {
            "ignoreChanges": resource.options.ignore_changes,
            "replaceOnChanges": resource.options.replace_on_changes,
        }
        for option, paths in options.items():
            for path in paths:
                problem = check_property_path(resource.type, path)
                if problem is not None:
                    yield _finding(resource, problem, f"{option}: {path}")


def _service_takes(resource: Resource, problem: SdkProblem) -> bool:
    """Whether an open enum only lacks the value, or writes it in other letters: Azure compares most without regard to
    case, and the specification's list of sizes of virtual machines ended years ago."""
    value = resource.value(problem.path)
    return (
        is_taken(resource.type, problem)
        or value in _TAKEN_BEYOND.get(resource.type, frozenset())
        or (isinstance(value, str) and vm_size(value) is not None)
    )


def _finding(resource: Resource, problem: SdkProblem, path: str) -> Finding:
    return Finding(
        urn=resource.urn,
        rule=_RULES[problem.kind],
        path=path,
        message=problem.message,
        severity=Severity.WARNING
        if problem.is_warning or is_taken(resource.type, problem)
        else Severity.REFUSAL,
        source=f"the installed pulumi-{resource.package} SDK",
    )
