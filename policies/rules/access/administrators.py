"""Nobody may hand out rights here."""

from __future__ import annotations

from collections.abc import Iterator

from infra.conventions.roles import BUILT_IN_ROLES, Role
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ADMINISTRATORS = {
    BUILT_IN_ROLES[role].guid: role
    for role in (Role.OWNER, Role.USER_ACCESS_ADMINISTRATOR, Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR)
}


def _check(judged: Judged) -> Iterator[str]:
    role = _ADMINISTRATORS.get(judged.text("roleDefinitionId").rpartition("/")[2].lower())
    if role:
        yield f"{role.value} is granted on {judged.text('scope')}"


RULE = Rule(
    id="AMLP-AC-001",
    title="Nobody may hand out rights here",
    severity=Severity.CRITICAL,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why="Whoever may assign roles has every role.",
    fix="Grant the role that is needed; assign roles by the deployment only",
    anchors=Anchors(benchmark=("PA-1", "PA-7"), psrule=("Azure.RBAC.LimitOwner",)),
    cases=Cases(
        allowed=({"roleDefinitionId": "/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"},),
        denied=(
            {"roleDefinitionId": "/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"},
            {"roleDefinitionId": "/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"},
        ),
        omitted={},
        unknown={"roleDefinitionId": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
