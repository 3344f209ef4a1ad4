"""Roles go to groups and identities, not to single people."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity
from policies.rules.access.people_write import INSTANCE_OWNERS_ROLE

_not_a_person = must_be("principalType", "Group", "ServicePrincipal")


def _check(judged: Judged) -> Iterator[str]:
    """But for the owner of a compute instance, who is one person; AMLP-AC-030 looks at whose that right is."""
    role = judged.text("roleDefinitionId").rpartition("/")[2].lower()
    if judged.text("principalType") == "User" and role == INSTANCE_OWNERS_ROLE:
        return
    yield from _not_a_person(judged)


_OWNERS = {"roleDefinitionId": f"/roleDefinitions/{INSTANCE_OWNERS_ROLE}"}

RULE = Rule(
    id="AMLP-AC-003",
    title="Roles go to groups and identities, not to single people",
    severity=Severity.MEDIUM,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why=(
        "A right of a person stays when the person moves on; and without the type, Azure looks for a "
        "principal that is not there yet."
    ),
    fix="Grant to an Entra group and set principal_type",
    anchors=Anchors(benchmark=("PA-4",), psrule=("Azure.RBAC.UseGroups",)),
    cases=Cases(
        allowed=({"principalType": "Group"}, {"principalType": "User", **_OWNERS}),
        denied=({"principalType": "User"},),
        omitted={},
        unknown={"principalType": UNKNOWN_STRING},
    ),
)
