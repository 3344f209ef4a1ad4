"""What scores does not write what runs registered."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.blob_conditions import RUN_ARTIFACTS_CONTAINER, no_writing_in
from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)
from policies.rules.access.run_artifacts import spares_run_artifacts, writers_of_the_account
from policies.rules.access.scoring_reads import scoring_identities

_GRANT = "azure-native:authorization:RoleAssignment"
_COMPUTE = "azure-native:machinelearningservices:Compute"
_WORKSPACE = "azure-native:machinelearningservices:Workspace"


def _check(stack: Stack) -> Iterator[StackFinding]:
    scores = {*scoring_identities(stack), *_clusters(stack)}
    for grant, role in writers_of_the_account(stack):
        if scores & set(grant.dependencies) and not spares_run_artifacts(stack, grant):
            yield StackFinding(
                f"{role} on the ML workspace's account lets what scores change every registered model",
                grant.urn,
            )


def _clusters(stack: Stack) -> Iterator[str]:
    """Attached clusters, which have an identity of their own."""
    for compute in stack.of(_COMPUTE):
        kind = stack.read(compute, lambda asked: asked.text("properties.computeType"), "")
        if kind == "Kubernetes":
            yield compute.urn


_ACCOUNT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stml"
_ML = Sample(_WORKSPACE, {"storageAccount": _ACCOUNT}, name="ml")
_CLUSTER = Sample(_COMPUTE, {"properties": {"computeType": "Kubernetes"}}, name="cluster")


def _grant(condition: str | None = None, scope: str = _ACCOUNT) -> Sample:
    return Sample(
        _GRANT,
        {
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_CONTRIBUTOR).guid}",
            "scope": scope,
            "principalType": "ServicePrincipal",
            **({"condition": condition} if condition else {}),
        },
        name="grant",
        dependencies=("cluster",),
    )


RULE = StackRule(
    id="AMLP-AC-070",
    title="What scores does not write what runs registered",
    severity=Severity.HIGH,
    check=_check,
    why="Scoring takes input from outside. An attacker who controls the container could change the next model's files.",
    fix=f"Add the condition that keeps writers out of the container {RUN_ARTIFACTS_CONTAINER}",
    anchors=Anchors(
        benchmark=("PA-7", "AI-1"),
        source="learn.microsoft.com azure/storage/blobs/storage-auth-abac-attributes",
    ),
    cases=StackCases(
        allowed=(_ML, _CLUSTER, _grant(no_writing_in(RUN_ARTIFACTS_CONTAINER))),
        denied=(_ML, _CLUSTER, _grant(no_writing_in("other"))),
        omitted=(_ML, _CLUSTER, _grant()),
        unknown=(_ML, _CLUSTER, _grant(scope=UNKNOWN_STRING)),
    ),
)
