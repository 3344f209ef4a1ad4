"""Roles go to groups and identities, not to single people."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-AC-003",
    title="Roles go to groups and identities, not to single people",
    severity=Severity.MEDIUM,
    types=("azure-native:authorization:RoleAssignment",),
    check=must_be("principalType", "Group", "ServicePrincipal"),
    why=(
        "A right of a person stays when the person moves on; and without the type, Azure looks for a "
        "principal that is not there yet."
    ),
    fix="Grant to an Entra group and set principal_type",
    anchors=Anchors(benchmark=("PA-4",), psrule=("Azure.RBAC.UseGroups",)),
    cases=Cases(
        allowed=({"principalType": "Group"},),
        denied=({"principalType": "User"},),
        omitted={},
        unknown={"principalType": UNKNOWN_STRING},
    ),
)
