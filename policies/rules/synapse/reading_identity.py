"""Synapse writes its own container only."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from infra.conventions.writing_roles import writing_roles
from policies.frame.judged import Stack
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


def _check(stack: Stack) -> Iterator[StackFinding]:
    own = {
        workspace.urn: stack.text(workspace, "defaultDataLakeStorage.filesystem").lower()
        for workspace in stack.of("azure-native:synapse:Workspace")
    }
    for grant in stack.of("azure-native:authorization:RoleAssignment") if own else ():
        workspace = next((urn for urn in grant.dependencies if urn in own), None)
        # Waiting for the workspace may also mean a right on it: a group's, or the factory's on its pool.
        _, _, container = stack.text(grant, "scope").lower().partition("/containers/")
        if workspace is None or not container or container == own[workspace]:
            continue
        role = writing_roles().get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        if role:
            yield StackFinding(f"{role} is granted to Synapse on the container {container}", grant.urn)


_WORKSPACE = Sample(
    "azure-native:synapse:Workspace",
    {"workspaceName": "synw", "defaultDataLakeStorage": {"filesystem": "synapse"}},
    name="workspace",
)


def _grant(container: str, role: str) -> Sample:
    return Sample(
        "azure-native:authorization:RoleAssignment",
        {
            "scope": f"/storageAccounts/lake/blobServices/default/containers/{container}",
            "roleDefinitionId": role,
        },
        name=f"grant-{container}",
        dependencies=("workspace",),
    )


_READER = f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_READER).guid}"
_CONTRIBUTOR = f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_CONTRIBUTOR).guid}"

RULE = StackRule(
    id="AMLP-SY-010",
    title="Synapse writes its own container only",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "Many people may query views that read with its identity: what it can write, a statement sent through "
        "them can replace, and the predictions' Delta log with it."
    ),
    fix="Grant Storage Blob Data Reader on the zones, and write on defaultDataLakeStorage alone",
    anchors=Anchors(
        benchmark=("PA-7",),
        source="learn.microsoft.com synapse-analytics how-to-grant-workspace-managed-identity-permissions",
    ),
    cases=StackCases(
        allowed=(_WORKSPACE, _grant("synapse", _CONTRIBUTOR), _grant("predictions", _READER)),
        denied=(_WORKSPACE, _grant("predictions", _CONTRIBUTOR)),
        omitted=(_WORKSPACE,),
        unknown=(_WORKSPACE, _grant("predictions", UNKNOWN_STRING)),
        omitted_is=Outcome.PASSED,
    ),
)
