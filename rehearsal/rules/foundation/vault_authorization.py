"""Who may read a vault is decided by roles or by access policies, and the default depends on the API
version."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    rbac = resource.value("properties.enableRbacAuthorization")
    if rbac is None:
        yield Violation(
            "properties.enableRbacAuthorization",
            "not stated: before API 2026-02-01 that means access policies, after it roles; set it",
        )
    elif rbac is True and resource.value("properties.accessPolicies"):
        yield Violation(
            "properties.accessPolicies", "ignored where enableRbacAuthorization is true; grant roles instead"
        )


RULE = Rule(
    id="KV003",
    service="Key Vault",
    title="the vault says how it authorizes",
    applies_to=(tokens.VAULT,),
    status=0,
    code="",
    source="learn.microsoft.com azure/key-vault/general/access-control-default",
    check=_check,
    trips=Case((declare(tokens.VAULT, {"properties.enableRbacAuthorization": REMOVE}),)),
    passes=Case((declare(tokens.VAULT),)),
    severity=Severity.WARNING,
)
