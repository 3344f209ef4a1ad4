"""Objects of the account and objects of a workspace are made by different providers."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    SOMEBODY,
)
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_DATABRICKS = "databricks:index/"
_OF_A_WORKSPACE = (
    tokens.REPO,
    tokens.GIT_CREDENTIAL,
    tokens.TOKEN,
    tokens.SECRET_SCOPE,
    tokens.WORKSPACE_CONF,
    tokens.CLUSTER,
    tokens.CLUSTER_POLICY,
    tokens.INSTANCE_POOL,
    tokens.JOB,
    tokens.SQL_WAREHOUSE,
    tokens.PERMISSIONS,
    tokens.ENTITLEMENTS,
    tokens.EXPERIMENT,
    _DATABRICKS + "modelServing:ModelServing",
    _DATABRICKS + "notificationDestination:NotificationDestination",
)
_OF_THE_ACCOUNT = (
    _DATABRICKS + "mwsPermissionAssignment:MwsPermissionAssignment",
    _DATABRICKS + "mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig",
    _DATABRICKS + "mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule",
    _DATABRICKS + "mwsNccBinding:MwsNccBinding",
)
_ACCOUNT_HOST = "accounts.azuredatabricks.net"
_ACCOUNT = {
    "host": f"https://{_ACCOUNT_HOST}",
    "accountId": SOMEBODY,
    "authType": "azure-cli",
    "azureWorkspaceResourceId": REMOVE,
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    provider = world.provider_of(resource)
    if provider is None or provider.is_unknown("host"):
        return
    is_account = _ACCOUNT_HOST in provider.text("host")
    if resource.type in _OF_A_WORKSPACE and is_account:
        yield Violation(
            "", f"lives in a workspace, and {provider.urn} talks to the account; use the workspace's provider"
        )
    if resource.type in _OF_THE_ACCOUNT and not is_account:
        yield Violation(
            "",
            f"lives in the account, and {provider.urn} talks to a workspace; use a provider with host "
            f"https://{_ACCOUNT_HOST} and account_id",
        )


def _case(account: bool) -> Case:  # noqa: FBT001
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, _ACCOUNT if account else {}, name="provider"),
            declare(tokens.CLUSTER_POLICY, provider="provider"),
        )
    )


RULE = Rule(
    id="DBX021",
    service="Databricks provider",
    title="account objects through the account's provider, workspace objects through the workspace's",
    applies_to=(*_OF_A_WORKSPACE, *_OF_THE_ACCOUNT),
    status=404,
    code="ENDPOINT_NOT_FOUND",
    source="terraform-provider-databricks docs/guides/troubleshooting.md, docs/resources",
    check=_check,
    trips=_case(True),  # noqa: FBT003
    passes=_case(False),  # noqa: FBT003
)
