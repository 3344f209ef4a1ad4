"""What jobs track with tracks and registers, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
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

_GRANT = "azure-native:authorization:RoleAssignment"
_WORKSPACE = "/providers/microsoft.machinelearningservices/workspaces/"
_WIDE = {
    built_in_role(role).guid: role
    for role in (Role.AZUREML_DATA_SCIENTIST, Role.CONTRIBUTOR, Role.OWNER, Role.AZUREML_COMPUTE_OPERATOR)
}
_TRACKING = ("databricks-jobs: ", "databricks-people: ", "ml-compute: ")
"""How a grant's description begins (infra.access.grants): the principal's id says nothing of what it is for."""


def _check(stack: Stack) -> Iterator[StackFinding]:
    for grant in stack.of(_GRANT):
        role = _WIDE.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        why = stack.text(grant, "description")
        if role and _WORKSPACE in stack.text(grant, "scope").lower() and why.startswith(_TRACKING):
            yield StackFinding(
                f"{role} is given to what runs jobs ({why}): it may also change endpoints, "
                "deployments and datastores",
                grant.urn,
            )


def _grant(role: Role, description: str = "databricks-jobs: jobs log runs", scope: str = "") -> Sample:
    workspace = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
    return Sample(
        _GRANT,
        {
            "roleDefinitionId": f"/roleDefinitions/{built_in_role(role).guid}",
            "scope": scope or workspace,
            "description": description,
        },
        name="grant",
    )


RULE = StackRule(
    id="AMLP-AC-041",
    title="What jobs track with tracks and registers, and nothing else",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "AzureML Data Scientist does everything but compute and the workspace itself: with the jobs' secret one could "
        "replace what an endpoint serves."
    ),
    fix="Give the custom role ML run tracker, or ML housekeeper to what archives runs",
    anchors=Anchors(
        benchmark=("PA-7",),
        source="learn.microsoft.com machine-learning/how-to-assign-roles, MLflow operations",
    ),
    cases=StackCases(
        allowed=(
            _grant(Role.READER),
            _grant(Role.AZUREML_DATA_SCIENTIST, "ci: releases deployments"),
        ),
        denied=(_grant(Role.AZUREML_DATA_SCIENTIST),),
        omitted=(),
        omitted_is=Outcome.PASSED,
        unknown=(_grant(Role.AZUREML_DATA_SCIENTIST, scope=UNKNOWN_STRING),),
    ),
)
