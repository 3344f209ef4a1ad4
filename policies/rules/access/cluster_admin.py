"""Cluster administration is the platform's alone."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ADMINISTRATORS = {
    built_in_role(role).guid: role
    for role in (Role.AKS_CLUSTER_ADMIN, Role.AKS_RBAC_CLUSTER_ADMIN, Role.AKS_RBAC_ADMIN)
}


def _check(judged: Judged) -> Iterator[str]:
    role = _ADMINISTRATORS.get(judged.text("roleDefinitionId").rpartition("/")[2].lower())
    if role and judged.text("principalType") != "ServicePrincipal":
        yield f"{judged.text('principalType')} {judged.text('principalId')} gets {role.value}"


RULE = Rule(
    id="AMLP-AC-011",
    title="Cluster administration is the platform's alone",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why="With the cluster's admin credential every pod's identity is free to take.",
    fix="Grant Azure Kubernetes Service RBAC Reader or Writer to people",
    anchors=Anchors(benchmark=("PA-7",), azure_policy=("a3dc4946-dba6-43e6-950d-f96532848c9f",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.AKS_RBAC_READER).guid}",
                "principalType": "Group",
            },
        ),
        denied=(
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.AKS_RBAC_CLUSTER_ADMIN).guid}",
                "principalType": "Group",
            },
            {
                "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.AKS_CLUSTER_ADMIN).guid}",
                "principalType": "User",
            },
        ),
        omitted={"principalType": "Group"},
        unknown={"roleDefinitionId": UNKNOWN_STRING, "principalType": "Group"},
        omitted_is=Outcome.PASSED,
    ),
)
