"""A Databricks workspace has its switches set."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    switches = [
        conf
        for conf in stack.of("databricks:index/workspaceConf:WorkspaceConf")
        if stack.read(conf, lambda asked: bool(asked.value("customConfig")), default=False)
    ]
    for workspace in stack.of("azure-native:databricks:Workspace") if not switches else ():
        yield StackFinding(f"{stack.text(workspace, 'workspaceName')} has no WorkspaceConf", workspace.urn)


RULE = StackRule(
    id="AMLP-DO-047",
    title="A Databricks workspace has its switches set",
    severity=Severity.HIGH,
    check=_check,
    why="What is not set has Databricks' default: terminals, downloads and tokens without end.",
    fix="Add a WorkspaceConf for the workspace (databricks.hardening says what it holds)",
    anchors=Anchors(benchmark=("PV-1",), source="docs.databricks.com admin/workspace-settings"),
    cases=StackCases(
        allowed=(
            Sample("azure-native:databricks:Workspace", {"workspaceName": "w"}),
            Sample(
                "databricks:index/workspaceConf:WorkspaceConf",
                {"customConfig": {"enableWebTerminal": "false"}},
                name="c",
            ),
        ),
        denied=(
            Sample("azure-native:databricks:Workspace", {"workspaceName": "w"}),
            Sample("databricks:index/workspaceConf:WorkspaceConf", {"customConfig": {}}, name="c"),
        ),
        omitted=(Sample("azure-native:databricks:Workspace", {"workspaceName": "w"}),),
        unknown=(
            Sample(
                "databricks:index/workspaceConf:WorkspaceConf", {"customConfig": UNKNOWN_STRING}, name="c"
            ),
        ),
    ),
)
