"""Roles are granted on a resource or on the resource group."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    scope = judged.text("scope")
    if "/resourcegroups/" not in scope.lower():
        yield f"scope is '{scope}': it must be a resource group or a resource"


RULE = Rule(
    id="AMLP-AC-004",
    title="Roles are granted on a resource or on the resource group",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleAssignment",),
    check=_check,
    why="A role on the subscription reaches what others own.",
    fix="Narrow the scope",
    anchors=Anchors(benchmark=("PA-7",), psrule=("Azure.RBAC.UseRGDelegation",)),
    cases=Cases(
        allowed=({"scope": "/subscriptions/0/resourceGroups/rg-forecast-prod"},),
        denied=(
            {"scope": "/subscriptions/00000000-0000-0000-0000-000000000000"},
            {"scope": "/providers/Microsoft.Management/managementGroups/root"},
            {"scope": "/"},
        ),
        omitted={},
        unknown={"scope": UNKNOWN_STRING},
    ),
)
