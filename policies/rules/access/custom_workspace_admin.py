"""Custom roles make nobody an admin of Databricks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.databricks_groups import ADMIN_OPERATION, ADMIN_OPERATION_SOURCE
from azure_facts.roles import Permission
from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    taken = dict(values(judged.props, "permissions[].notActions"))
    for at, actions in values(judged.props, "permissions[].actions"):
        without = taken.get(f"{at.removesuffix('actions')}notActions")
        if Permission(_texts(actions), _texts(without)).permits(ADMIN_OPERATION):
            yield f"{at} holds {ADMIN_OPERATION}"


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(item) for item in found) if isinstance(found, Sequence) else ()


RULE = Rule(
    id="AMLP-AC-034",
    title="Custom roles make nobody an admin of Databricks",
    severity=Severity.HIGH,
    types=("azure-native:authorization:RoleDefinition",),
    check=_check,
    why="Databricks makes everybody who holds this operation on its Azure resource an admin of the workspace.",
    fix="Leave the operation out, or take it away with notActions",
    anchors=Anchors(benchmark=("PA-7",), source=ADMIN_OPERATION_SOURCE.page),
    cases=Cases(
        allowed=(
            {"permissions": [{"actions": ["Microsoft.Databricks/workspaces/read"]}]},
            {"permissions": [{"actions": ["Microsoft.Databricks/*"], "notActions": [ADMIN_OPERATION]}]},
        ),
        denied=(
            {"permissions": [{"actions": [ADMIN_OPERATION]}]},
            {"permissions": [{"actions": ["Microsoft.Databricks/workspaces/*"]}]},
            {"permissions": [{"actions": ["*/action"]}]},
        ),
        omitted={},
        unknown={"permissions": [{"actions": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
