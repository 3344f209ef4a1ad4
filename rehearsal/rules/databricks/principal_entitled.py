"""A service principal that joins a workspace says what it may do there."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_groups import SYSTEM_GROUPS_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.entitled import ENTITLEMENTS
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_ACCOUNT_HOST = "accounts.azuredatabricks.net"
_ELSEWHERE = (
    (tokens.ENTITLEMENTS, "servicePrincipalId"),
    # A member of a group has what the group has.
    (tokens.GROUP_MEMBER, "memberId"),
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    provider = world.provider_of(resource)
    if provider is None or provider.is_unknown("host") or _ACCOUNT_HOST in provider.text("host"):
        return
    if any(resource.value(name) or resource.is_unknown(name) for name in ENTITLEMENTS):
        return
    if any(
        other.text(path) == resource.id or other.is_unknown(path)
        for token, path in _ELSEWHERE
        for other in world.of_types((token,))
    ):
        return
    yield Violation(
        "workspaceAccess",
        "is not given, nor any other entitlement, and members of a workspace have none of themselves: it can neither "
        "sign in nor run a job; give it one, or Entitlements, or a group that has some",
    )


def _case(*, entitled: bool) -> Case:
    member = Declared(
        tokens.DATABRICKS_PRINCIPAL, {"applicationId": SOMEBODY}, "principal", provider="workspace"
    )
    entitlements = Declared(
        tokens.ENTITLEMENTS,
        {"servicePrincipalId": Ref("principal"), "workspaceAccess": True},
        provider="workspace",
    )
    workspace = Declared(
        tokens.DATABRICKS_PROVIDER,
        {"host": "https://adb-1234567890123456.7.azuredatabricks.net", "authType": "azure-cli"},
        "workspace",
    )
    return Case((workspace, member, *((entitlements,) if entitled else ())))


RULE = Rule(
    id="DBX281",
    service="Databricks service principal",
    title="a service principal has entitlements of its own",
    applies_to=(tokens.DATABRICKS_PRINCIPAL,),
    status=0,
    code="",
    source=str(SYSTEM_GROUPS_SOURCE),
    check=_check,
    trips=_case(entitled=False),
    passes=_case(entitled=True),
    severity=Severity.WARNING,
)
