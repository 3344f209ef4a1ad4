"""A vault that authorizes by roles ignores access policies."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.accessPolicies"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("properties.enableRbacAuthorization") is True and resource.items(_PATH):
        yield Violation(
            _PATH, "ignored while enableRbacAuthorization is true; grant roles instead, or leave them out"
        )


_POLICIES = [{"tenantId": TENANT, "objectId": SOMEBODY, "permissions": {"secrets": ["get"]}}]

RULE = Rule(
    id="KV006",
    service="Key Vault",
    title="no access policies beside roles",
    applies_to=(tokens.VAULT,),
    status=0,
    code="",
    source="learn.microsoft.com azure/key-vault/general/rbac-migration",
    check=_check,
    trips=Case((declare(tokens.VAULT, {_PATH: _POLICIES}),)),
    passes=Case((declare(tokens.VAULT),)),
    severity=Severity.WARNING,
)
