"""Nothing is granted to all users."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-040",
    title="Nothing is granted to all users",
    severity=Severity.HIGH,
    types=("databricks:index/permissions:Permissions",),
    check=must_not_be("accessControls[].groupName", "users", "account users"),
    why="The group users holds every person and every application of the workspace.",
    fix="Name a group",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/auth/access-control"),
    cases=Cases(
        allowed=({"accessControls": [{"groupName": "sg-data"}]},),
        denied=({"accessControls": [{"groupName": "users"}]},),
        omitted={},
        unknown={"accessControls": [{"groupName": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
