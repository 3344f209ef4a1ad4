"""A workspace keeps one network connectivity configuration: the last that is bound to it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_BINDING = "databricks:index/mwsNccBinding:MwsNccBinding"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace_id = _workspace_id(resource)
    for other in world.grouped((_BINDING,), _workspace_id).get(workspace_id, ()) if workspace_id else ():
        if other.order < resource.order:
            yield Violation(
                "workspaceId",
                f"{other.urn} binds the same workspace, and the later one takes its place; keep one, with the rules of "
                "both",
            )


def _workspace_id(binding: Resource) -> str:
    return str(binding.value("workspaceId") or "")


_NUMBER = "1234567890123456"


def _case(second: str) -> Case:
    account = {
        "host": "https://accounts.azuredatabricks.net",
        "accountId": SOMEBODY,
        "authType": "azure-cli",
    }
    return Case(
        (
            Declared(tokens.DATABRICKS_PROVIDER, account, "account"),
            Declared(
                _BINDING,
                {"workspaceId": _NUMBER, "networkConnectivityConfigId": SOMEBODY},
                "first",
                "account",
            ),
            Declared(
                _BINDING, {"workspaceId": second, "networkConnectivityConfigId": TENANT}, provider="account"
            ),
        )
    )


RULE = Rule(
    id="DBX303",
    service="Databricks network connectivity",
    title="one configuration for each workspace",
    applies_to=(_BINDING,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/mws_ncc_binding.md (a later binding overwrites the one "
    "before; read 2026-11-30)",
    check=_check,
    trips=_case(_NUMBER),
    passes=_case("6543210987654321"),
    severity=Severity.WARNING,
)
