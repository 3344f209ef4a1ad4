"""Git folders take repositories from a list."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-006",
    title="Git folders take repositories from a list",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableProjectsAllowList", "true"),
    why=("Otherwise code from anywhere runs with the production identity, and ours can be pushed anywhere."),
    fix="Set enableProjectsAllowList to true (databricks.hardening.allowed_git_urls)",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com repos/repos-setup allow lists"),
    cases=Cases(
        allowed=({"customConfig": {"enableProjectsAllowList": "true"}},),
        denied=({"customConfig": {"enableProjectsAllowList": "false"}},),
        omitted={},
        unknown={"customConfig": {"enableProjectsAllowList": UNKNOWN_STRING}},
    ),
)
