"""On the whole resource group people and identities only look."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_LOOKING = {
    built_in_role(role).guid
    for role in (Role.READER, Role.MONITORING_READER, Role.LOG_ANALYTICS_READER, Role.COST_MANAGEMENT_READER)
}


def _check(judged: Judged) -> Iterator[str]:
    role = judged.text("roleDefinitionId").rpartition("/")[2].lower()
    on_group = "/providers/" not in judged.text("scope").lower().partition("/resourcegroups/")[2]
    if role and on_group and role not in _LOOKING:
        yield f"role {role} is granted on the whole of {judged.text('scope')}"


RULE = Rule(
    id="AMLP-AC-005",
    title="On the whole resource group people and identities only look",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why=("A role on the group reaches every vault, workspace and account in it, and those that come later."),
    fix="Grant it on the one resource that needs it",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com security/benchmark privileged-access PA-7"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
                "scope": "/subscriptions/0/resourceGroups/rg-forecast-prod/providers/Microsoft.Storage/a",
            },
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.READER).guid}",
                "scope": "/subscriptions/0/resourceGroups/rg-forecast-prod",
            },
        ),
        denied=(
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
                "scope": "/subscriptions/0/resourceGroups/rg-forecast-prod",
            },
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.KEY_VAULT_SECRETS_USER).guid}",
                "scope": "/subscriptions/0/resourceGroups/rg-forecast-prod",
            },
        ),
        omitted={"scope": "/subscriptions/0/resourceGroups/rg-forecast-prod"},
        unknown={
            "roleDefinitionId": UNKNOWN_STRING,
            "scope": "/subscriptions/0/resourceGroups/rg-forecast-prod",
        },
        omitted_is=Outcome.PASSED,
    ),
)
