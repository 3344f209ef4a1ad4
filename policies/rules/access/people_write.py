"""People hold no writing role in production."""

from __future__ import annotations

from collections.abc import Iterator

from infra.conventions.roles import BUILT_IN_ROLES
from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_WRITING = {definition.guid: role for role, definition in BUILT_IN_ROLES.items() if definition.writes}


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("principalType") not in ("Group", "User"):
        return
    role = _WRITING.get(judged.text("roleDefinitionId").rpartition("/")[2].lower())
    if role:
        yield f"{judged.text('principalType')} {judged.text('principalId')} gets {role.value}"


RULE = Rule(
    id="AMLP-AC-002",
    title="People hold no writing role in production",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why=(
        "What changes in production comes through CI and can be traced; a person with write access is "
        "one phishing mail away."
    ),
    fix="Grant a reading role; changes go through CI",
    anchors=Anchors(
        benchmark=("PA-7",),
        azure_policy=("a451c1ef-c6ca-483d-87ed-f49761e3ffb5",),
        psrule=("Azure.RBAC.LimitOwner",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {
                "roleDefinitionId": "/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
                "principalType": "Group",
            },
            {
                "roleDefinitionId": "/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
                "principalType": "ServicePrincipal",
            },
        ),
        denied=(
            {
                "roleDefinitionId": "/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
                "principalType": "Group",
            },
            {
                "roleDefinitionId": "/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
                "principalType": "User",
            },
        ),
        omitted={"principalType": "Group"},
        unknown={"roleDefinitionId": UNKNOWN_STRING, "principalType": "Group"},
        omitted_is=Outcome.PASSED,
    ),
)
