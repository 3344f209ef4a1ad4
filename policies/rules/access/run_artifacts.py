"""People do not write what runs registered."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.blob_conditions import RUN_ARTIFACTS_CONTAINER, no_writing_in
from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_GRANT = "azure-native:authorization:RoleAssignment"
_WORKSPACE = "azure-native:machinelearningservices:Workspace"
_WRITING = {
    built_in_role(role).guid: role
    for role in (Role.STORAGE_BLOB_DATA_OWNER, Role.STORAGE_BLOB_DATA_CONTRIBUTOR)
}


def _check(stack: Stack) -> Iterator[StackFinding]:
    for grant, role in writers_of_the_account(stack):
        people = stack.text(grant, "principalType") in ("Group", "User")
        if people and stack.text(grant, "scope") and not spares_run_artifacts(stack, grant):
            yield StackFinding(
                f"{stack.text(grant, 'principalId')} gets {role} on the ML workspace's account, with the files of "
                "every registered model",
                grant.urn,
            )


def writers_of_the_account(stack: Stack) -> Iterator[tuple[Judged, Role]]:
    """Each grant on an ML workspace's account whose role writes, and the role."""
    accounts = {stack.text(workspace, "storageAccount").lower() for workspace in stack.of(_WORKSPACE)}
    for grant in stack.of(_GRANT):
        role = _WRITING.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        on_account = stack.text(grant, "scope").lower() in accounts
        if role and on_account:
            yield grant, role


def spares_run_artifacts(stack: Stack, grant: Judged) -> bool:
    """Whether the grant's condition keeps its holder from writing what runs registered."""
    return no_writing_in(RUN_ARTIFACTS_CONTAINER) in stack.text(grant, "condition")


_ACCOUNT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stml"
_ML = Sample(_WORKSPACE, {"storageAccount": _ACCOUNT}, name="ml")


def _grant(kind: str = "Group", condition: str | None = None, scope: str = _ACCOUNT) -> Sample:
    return Sample(
        _GRANT,
        {
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_CONTRIBUTOR).guid}",
            "scope": scope,
            "principalType": kind,
            "principalId": "p",
            **({"condition": condition} if condition else {}),
        },
        name="grant",
    )


RULE = StackRule(
    id="AMLP-AC-042",
    title="People do not write what runs registered",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A registered model is a name for files in the workspace's account: anybody who may write there can change "
        "a model that somebody else registered."
    ),
    fix=f"Add the condition that keeps writers out of the container {RUN_ARTIFACTS_CONTAINER}",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com azure/storage/blobs/storage-auth-abac-attributes"
    ),
    cases=StackCases(
        allowed=(
            _ML,
            _grant(condition=no_writing_in(RUN_ARTIFACTS_CONTAINER)),
            _grant("ServicePrincipal"),
        ),
        denied=(_ML, _grant(condition=no_writing_in("other"))),
        omitted=(_ML, _grant()),
        unknown=(_ML, _grant(scope=UNKNOWN_STRING)),
    ),
)
