"""Custom roles hand out no rights and no keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for at, actions in values(judged.props, "permissions[].actions"):
        for action in actions if isinstance(actions, Sequence) else ():
            name = str(action).lower()
            changes_rights = name.startswith("microsoft.authorization/") and not name.endswith("/read")
            if (
                changes_rights
                or "/listkeys/" in name
                or "/listadminkeys/" in name
                or "listclusteradmin" in name
            ):
                yield f"{at} holds {action}"


RULE = Rule(
    id="AMLP-AC-008",
    title="Custom roles hand out no rights and no keys",
    severity=Severity.CRITICAL,
    types=("azure-native:authorization:RoleDefinition",),
    check=_check,
    why="Each of these operations is every right by a detour.",
    fix="Leave the operation to the deployment",
    anchors=Anchors(
        benchmark=("PA-7", "IM-1"), source="learn.microsoft.com role-based-access-control/custom-roles"
    ),
    cases=Cases(
        allowed=({"permissions": [{"actions": ["Microsoft.MachineLearningServices/workspaces/read"]}]},),
        denied=(
            {"permissions": [{"actions": ["Microsoft.Authorization/roleAssignments/write"]}]},
            {"permissions": [{"actions": ["Microsoft.Storage/storageAccounts/listKeys/action"]}]},
            {"permissions": [{"actions": ["Microsoft.MachineLearningServices/workspaces/listKeys/action"]}]},
        ),
        omitted={},
        unknown={"permissions": [{"actions": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
