"""SQL of Synapse is audited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged, Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_WORKSPACE = "azure-native:synapse:Workspace"
_DEPLOYMENT = "azure-native:resources:Deployment"
_SETTINGS = "microsoft.synapse/workspaces/auditingsettings"


def _check(stack: Stack) -> Iterator[StackFinding]:
    audited: set[str] = set()
    for deployment in stack.of(_DEPLOYMENT):
        audited |= stack.read(deployment, _audited_workspaces, default=frozenset())
    for workspace in stack.of(_WORKSPACE):
        name = stack.text(workspace, "workspaceName").lower()
        if name and name not in audited:
            yield StackFinding(f"no audit log of {name} reaches Azure Monitor", workspace.urn)


def _audited_workspaces(deployment: Judged) -> frozenset[str]:
    """The provider has no type for audit settings: they come in templates."""
    return frozenset(
        str(item.get("name", "")).partition("/")[0].lower()
        for item in deployment.items("properties.template.resources")
        if str(item.get("type", "")).lower() == _SETTINGS and _is_on(item.get("properties"))
    )


def _is_on(properties: object) -> bool:
    return (
        isinstance(properties, Mapping)
        and str(properties.get("state", "")).lower() == "enabled"
        and properties.get("isAzureMonitorTargetEnabled") is True
    )


def _template(*, monitored: bool) -> Sample:
    settings = {
        "type": "Microsoft.Synapse/workspaces/auditingSettings",
        "name": "synw/default",
        "properties": {"state": "Enabled", "isAzureMonitorTargetEnabled": monitored},
    }
    return Sample(_DEPLOYMENT, {"properties": {"template": {"resources": [settings]}}}, name="audit")


_SUBJECT = Sample(_WORKSPACE, {"workspaceName": "synw"})

RULE = StackRule(
    id="AMLP-SY-011",
    title="SQL of Synapse is audited",
    severity=Severity.MEDIUM,
    check=_check,
    why="Who read which prediction, and who tried to sign in, is known from the audit log alone.",
    fix=(
        "Deploy Microsoft.Synapse/workspaces/auditingSettings with state Enabled and isAzureMonitorTargetEnabled, and "
        "send the workspace's diagnostics to Log Analytics"
    ),
    anchors=Anchors(
        benchmark=("LT-3",),
        source="learn.microsoft.com azure-sql database/auditing-overview; Azure REST spec synapse",
    ),
    cases=StackCases(
        allowed=(_SUBJECT, _template(monitored=True)),
        denied=(_SUBJECT, _template(monitored=False)),
        omitted=(_SUBJECT,),
        unknown=(Sample(_WORKSPACE, {"workspaceName": UNKNOWN_STRING}),),
    ),
)
