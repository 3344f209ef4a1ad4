"""People hold no custom role that writes in production."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged, Stack
from policies.frame.paths import values
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_CHANGING = ("/write", "/delete")


def _check(stack: Stack) -> Iterator[StackFinding]:
    writing = {
        stack.text(role, "roleDefinitionId").lower(): stack.text(role, "roleName")
        for role in stack.of("azure-native:authorization:RoleDefinition")
        if stack.read(role, _writes, default=False)
    }
    for grant in stack.of("azure-native:authorization:RoleAssignment"):
        role = writing.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        if role and stack.text(grant, "principalType") in ("Group", "User"):
            yield StackFinding(f"{stack.text(grant, 'principalId')} gets {role}, which writes", grant.urn)


def _writes(role: Judged) -> bool:
    return any(
        str(action).lower().endswith(_CHANGING)
        for kind in ("actions", "dataActions")
        for _, actions in values(role.props, f"permissions[].{kind}")
        for action in (actions if isinstance(actions, Sequence) else ())
    )


_ROLE = Sample(
    "azure-native:authorization:RoleDefinition",
    {
        "roleDefinitionId": "r",
        "roleName": "writer",
        "permissions": [{"actions": ["Microsoft.Storage/x/write"]}],
    },
    name="role",
)

RULE = StackRule(
    id="AMLP-AC-015",
    title="People hold no custom role that writes in production",
    severity=Severity.HIGH,
    check=_check,
    why=("A custom role hides what it allows behind a name; what changes in production comes through CI."),
    fix="Grant people a custom role that only reads or scores",
    anchors=Anchors(benchmark=("PA-7",), azure_policy=("a451c1ef-c6ca-483d-87ed-f49761e3ffb5",)),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(
            _ROLE,
            Sample(
                "azure-native:authorization:RoleAssignment",
                {"roleDefinitionId": "/roleDefinitions/r", "principalType": "ServicePrincipal"},
                name="grant",
            ),
        ),
        denied=(
            _ROLE,
            Sample(
                "azure-native:authorization:RoleAssignment",
                {"roleDefinitionId": "/roleDefinitions/r", "principalType": "Group"},
                name="grant",
            ),
        ),
        omitted=(_ROLE,),
        unknown=(
            Sample(
                "azure-native:authorization:RoleAssignment",
                {"roleDefinitionId": UNKNOWN_STRING},
                name="grant",
            ),
        ),
        omitted_is=Outcome.PASSED,
    ),
)
