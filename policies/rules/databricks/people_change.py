"""People change nothing in production."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_LOOKING = (
    "CAN_READ",
    "CAN_VIEW",
    "CAN_USE",
    "CAN_RUN",
    "CAN_ATTACH_TO",
    "CAN_MONITOR",
    "CAN_VIEW_METADATA",
    "CAN_QUERY",
)


def _check(judged: Judged) -> Iterator[str]:
    for control in judged.items("accessControls"):
        who = control.get("groupName") or control.get("userName")
        level = control.get("permissionLevel")
        if who and level and level not in _LOOKING:
            yield f"{who} has {level}"
        elif not who and level in ("CAN_MANAGE", "IS_OWNER"):
            yield f"{control.get('servicePrincipalName')} has {level}, and so has who changes its notebooks"


RULE = Rule(
    id="AMLP-DO-041",
    title="People change nothing in production",
    severity=Severity.HIGH,
    types=("databricks:index/permissions:Permissions",),
    check=_check,
    why="What runs in production comes from the repository, through CI, and can be traced.",
    fix="Give people CAN_READ, CAN_VIEW, CAN_USE or CAN_RUN",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com security/auth/access-control"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"accessControls": [{"groupName": "sg-data", "permissionLevel": "CAN_VIEW"}]},),
        denied=(
            {"accessControls": [{"groupName": "sg-data", "permissionLevel": "CAN_MANAGE"}]},
            {"accessControls": [{"groupName": "sg-data", "permissionLevel": "CAN_EDIT"}]},
            {"accessControls": [{"groupName": "sg-data", "permissionLevel": "CAN_MANAGE_RUN"}]},
            {"accessControls": [{"groupName": "sg-data", "permissionLevel": "CAN_RESTART"}]},
            {"accessControls": [{"groupName": "sg-data", "permissionLevel": "IS_OWNER"}]},
        ),
        omitted={"accessControls": [{"groupName": "sg-data"}]},
        unknown={"accessControls": [{"groupName": "sg-data", "permissionLevel": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
