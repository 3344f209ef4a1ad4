"""A cluster has eight trusted access bindings at most."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MOST = 8


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    cluster = resource.id.lower().rpartition("/trustedaccessrolebindings/")[0]
    earlier = [
        other
        for other in world.of_types((tokens.TRUSTED_ACCESS,))
        if other.id.lower().startswith(f"{cluster}/") and other.order < resource.order
    ]
    if len(earlier) == _MOST:
        yield Violation("", f"the cluster has {_MOST} bindings already; remove one")


def _case(count: int) -> Case:
    names = [f"mlw-{number}" for number in range(count)]
    return Case(
        tuple(
            declare(
                tokens.TRUSTED_ACCESS,
                {"trustedAccessRoleBindingName": name},
                name="subject" if name == names[-1] else name,
            )
            for name in names
        )
    )


RULE = Rule(
    id="AKS011",
    service="AKS trusted access",
    title="at most eight bindings for each cluster",
    applies_to=(tokens.TRUSTED_ACCESS,),
    status=400,
    code="TrustedAccessRoleBindingLimitExceeded",
    source="learn.microsoft.com azure/aks/trusted-access-feature (limitations)",
    check=_check,
    trips=_case(_MOST + 1),
    passes=_case(_MOST),
)
