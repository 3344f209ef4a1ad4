"""People hold no writing role in production."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from infra.conventions.writing_roles import writing_roles
from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

INSTANCE_OWNERS_ROLE = built_in_role(Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR).guid
"""What the owner of a compute instance opens notebooks with."""


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("principalType") not in ("Group", "User"):
        return
    guid = judged.text("roleDefinitionId").rpartition("/")[2].lower()
    if judged.text("principalType") == "User" and guid == INSTANCE_OWNERS_ROLE:
        # AMLP-AC-030 looks at whose it is.
        return
    role = writing_roles().get(guid)
    if role:
        yield f"{judged.text('principalType')} {judged.text('principalId')} gets {role}"


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
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.READER).guid}",
                "principalType": "Group",
            },
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
                "principalType": "ServicePrincipal",
            },
            {"roleDefinitionId": f"/roleDefinitions/{INSTANCE_OWNERS_ROLE}", "principalType": "User"},
        ),
        denied=(
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
                "principalType": "Group",
            },
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
                "principalType": "User",
            },
            {"roleDefinitionId": f"/roleDefinitions/{INSTANCE_OWNERS_ROLE}", "principalType": "Group"},
        ),
        omitted={"principalType": "Group"},
        unknown={"roleDefinitionId": UNKNOWN_STRING, "principalType": "Group"},
        omitted_is=Outcome.PASSED,
    ),
)
