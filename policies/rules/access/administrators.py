"""Nobody may hand out rights here."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ADMINISTRATORS = {
    built_in_role(role).guid: role
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
    why="An identity that may assign roles can give itself every role.",
    fix="Grant the role that is needed; assign roles by the deployment only",
    anchors=Anchors(benchmark=("PA-1", "PA-7"), psrule=("Azure.RBAC.LimitOwner",)),
    cases=Cases(
        allowed=({"roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.READER).guid}"},),
        denied=(
            {"roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.OWNER).guid}"},
            {"roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.USER_ACCESS_ADMINISTRATOR).guid}"},
        ),
        omitted={},
        unknown={"roleDefinitionId": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
