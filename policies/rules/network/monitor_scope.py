"""Private telemetry is in the private link scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged, Stack
from policies.frame.paths import values
from policies.frame.relations import arm_id, ends_with
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_SCOPES = "/privatelinkscopes/"
_SENDERS = (
    "azure-native:app:ManagedEnvironment",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:databricks:Workspace",
    "azure-native:machinelearningservices:Workspace",
)
"""What sends telemetry from a network. Diagnostic settings go another way, which no scope controls (learn.microsoft.com
azure-monitor logs/private-link-design): a foundation without any of these needs no scope yet."""


def _is_given(stack: Stack) -> bool:
    """Whether the stack reaches a scope that it does not make: that one's owner adds what is closed here."""
    if any(stack.of("azure-native:monitor:PrivateLinkScope")):
        return False
    destinations = (
        ("azure-native:machinelearningservices:Workspace", "managedNetwork.outboundRules.*.destination"),
        ("azure-native:machinelearningservices:ManagedNetworkSettingsRule", "properties.destination"),
    )
    return any(
        stack.read(resource, lambda asked, path=path: _reaches_scope(asked, path), default=True)
        for type_, path in destinations
        for resource in stack.of(type_)
    )


def _reaches_scope(resource: Judged, path: str) -> bool:
    targets = (
        target.get("serviceResourceId")
        for _, target in values(resource.props, path)
        if isinstance(target, Mapping)
    )
    return any(isinstance(target, str) and _SCOPES in target.lower() for target in targets)


def _check(stack: Stack) -> Iterator[StackFinding]:
    if _is_given(stack) or not any(stack.of(*_SENDERS)):
        return
    scoped = [
        stack.text(linked, "linkedResourceId")
        for linked in stack.of("azure-native:monitor:PrivateLinkScopedResource")
    ]
    for sink in stack.of(
        "azure-native:operationalinsights:Workspace", "azure-native:applicationinsights:Component"
    ):
        closed = stack.text(sink, "publicNetworkAccessForIngestion") == "Disabled"
        end = arm_id(stack, sink)
        if closed and end and not any(ends_with(linked, end) for linked in scoped):
            yield StackFinding(
                f"{end.rpartition('/')[2]} is closed to the public but in no private link scope", sink.urn
            )


_SINK = Sample(
    "azure-native:operationalinsights:Workspace",
    {"workspaceName": "log", "resourceGroupName": "g", "publicNetworkAccessForIngestion": "Disabled"},
)
_SENDER = Sample("azure-native:containerservice:ManagedCluster", {"resourceName": "aks"}, name="sender")

RULE = StackRule(
    id="AMLP-NW-014",
    title="Private telemetry is in the private link scope",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "A workspace that is closed to the public and not in the scope receives nothing, and nobody notices."
    ),
    fix="Add a PrivateLinkScopedResource",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com azure-monitor logs/private-link-configure"
    ),
    cases=StackCases(
        allowed=(
            _SINK,
            _SENDER,
            Sample(
                "azure-native:monitor:PrivateLinkScopedResource",
                {
                    "linkedResourceId": "/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/log"
                },
                name="scoped",
            ),
        ),
        denied=(
            _SINK,
            _SENDER,
            Sample("azure-native:monitor:PrivateLinkScope", {"scopeName": "ampls"}, name="scope"),
            Sample(
                "azure-native:monitor:PrivateLinkScopedResource",
                {"linkedResourceId": "/other"},
                name="scoped",
            ),
        ),
        omitted=(_SINK, _SENDER),
        unknown=(
            _SENDER,
            Sample(
                "azure-native:operationalinsights:Workspace",
                {
                    "workspaceName": UNKNOWN_STRING,
                    "resourceGroupName": "g",
                    "publicNetworkAccessForIngestion": "Disabled",
                },
            ),
        ),
    ),
)
