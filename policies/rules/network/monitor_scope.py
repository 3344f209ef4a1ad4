"""Private telemetry is in the private link scope."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.relations import arm_id, ends_with
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
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
            Sample(
                "azure-native:monitor:PrivateLinkScopedResource",
                {"linkedResourceId": "/other"},
                name="scoped",
            ),
        ),
        omitted=(_SINK,),
        unknown=(
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
