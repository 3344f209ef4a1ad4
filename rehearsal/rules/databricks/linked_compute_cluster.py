"""The owner of the token that Azure ML holds must be able to get machines in Databricks."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_RESTARTS = ("CAN_RESTART", "CAN_MANAGE", "IS_OWNER")
_HOST = "https://adb-1234567890123456.7.azuredatabricks.net"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of a token that is made as a principal of this stack: what another may do is not known."""
    provider = world.provider_of(resource)
    application = provider.text("azureClientId").lower() if provider else ""
    attached = any(
        compute.text("properties.computeType") == "Databricks" and world.depends_on(compute, resource)
        for compute in world.of_types((tokens.ML_COMPUTE,))
    )
    principals = [
        principal
        for principal in world.of_types((tokens.DATABRICKS_PRINCIPAL,))
        if application and principal.text("applicationId").lower() == application
    ]
    if not attached or not principals:
        return
    if not any(_makes(principal, world) for principal in principals) and not _restarts(application, world):
        yield Violation(
            "",
            f"belongs to {principals[0].urn}, which may neither make a cluster nor start one, so no step of a pipeline "
            "finds machines: give it CAN_RESTART on a cluster",
        )


def _makes(principal: Resource, world: World) -> bool:
    return principal.value("allowClusterCreate") is True or any(
        entitled.text("servicePrincipalId") == principal.id and entitled.value("allowClusterCreate") is True
        for entitled in world.of_types((tokens.ENTITLEMENTS,))
    )


def _restarts(application: str, world: World) -> bool:
    return any(
        str(control.get("servicePrincipalName", "")).lower() == application
        and control.get("permissionLevel") in _RESTARTS
        for permissions in world.of_types((tokens.PERMISSIONS,))
        if permissions.value("clusterId") is not None or permissions.is_unknown("clusterId")
        for control in permissions.items("accessControls")
    )


def _case(level: str) -> Case:
    principal = {
        "authType": "azure-client-secret",
        "azureClientId": SOMEBODY,
        "azureClientSecret": "example",
        "azureTenantId": TENANT,
        "azureWorkspaceResourceId": REMOVE,
        "host": _HOST,
    }
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, name="deployer"),
            declare(tokens.DATABRICKS_PROVIDER, principal, name="principal"),
            Declared(tokens.DATABRICKS_PRINCIPAL, {"applicationId": SOMEBODY}, "member", provider="deployer"),
            declare(tokens.CLUSTER, name="cluster", provider="deployer"),
            declare(
                tokens.PERMISSIONS,
                {
                    "clusterPolicyId": REMOVE,
                    "clusterId": Ref("cluster"),
                    "accessControls": [{"servicePrincipalName": SOMEBODY, "permissionLevel": level}],
                },
                name="permissions",
                provider="deployer",
                depends_on=("member",),
            ),
            declare(tokens.TOKEN, provider="principal", depends_on=("member",)),
            declare(
                tokens.ML_COMPUTE,
                {"properties": {"computeType": "Databricks", "properties": {"workspaceUrl": _HOST}}},
                name="compute",
                depends_on=("subject",),
            ),
        )
    )


RULE = Rule(
    id="DBX248",
    service="Azure ML compute",
    title="the token of linked compute is one whose owner can start a cluster",
    applies_to=(tokens.TOKEN,),
    status=0,
    code="",
    source="learn.microsoft.com azure/databricks/security/auth/access-control (clusters: CAN_RESTART starts one)",
    check=_check,
    trips=_case("CAN_ATTACH_TO"),
    passes=_case("CAN_RESTART"),
    severity=Severity.WARNING,
)
