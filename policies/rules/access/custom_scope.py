"""Custom roles can be given in their resource group only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    found = judged.value("assignableScopes")
    scopes = [str(scope) for scope in found] if isinstance(found, Sequence) else []
    if not scopes:
        yield "assignableScopes is not set"
    yield from (
        f"assignableScopes holds {scope}" for scope in scopes if "/resourcegroups/" not in scope.lower()
    )


RULE = Rule(
    id="AMLP-AC-009",
    title="Custom roles can be given in their resource group only",
    severity=Severity.MEDIUM,
    types=("azure-native:authorization:RoleDefinition",),
    check=_check,
    why="A role assignable on the subscription is offered, and used, everywhere.",
    fix="Set assignable_scopes to the resource group",
    anchors=Anchors(benchmark=("PA-7",), source="learn.microsoft.com role-based-access-control/custom-roles"),
    cases=Cases(
        allowed=({"assignableScopes": ["/subscriptions/0/resourceGroups/rg-forecast-prod"]},),
        denied=(
            {"assignableScopes": ["/subscriptions/00000000-0000-0000-0000-000000000000"]},
            {"assignableScopes": ["/"]},
        ),
        omitted={},
        unknown={"assignableScopes": UNKNOWN_STRING},
    ),
)
