"""The repository list covers clone, commit and push."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-008",
    title="The repository list covers clone, commit and push",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.projectsAllowListPermissions", "ALLOWLISTED_CLONE_COMMIT_PUSH"),
    why="A list that covers pushing only still lets foreign code in.",
    fix="Set projectsAllowListPermissions to ALLOWLISTED_CLONE_COMMIT_PUSH",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com repos/repos-setup allow lists"),
    cases=Cases(
        allowed=({"customConfig": {"projectsAllowListPermissions": "ALLOWLISTED_CLONE_COMMIT_PUSH"}},),
        denied=(
            {"customConfig": {"projectsAllowListPermissions": "DISABLED"}},
            {"customConfig": {"projectsAllowListPermissions": "ALLOWLISTED_COMMIT_PUSH"}},
        ),
        omitted={},
        unknown={"customConfig": {"projectsAllowListPermissions": UNKNOWN_STRING}},
    ),
)
