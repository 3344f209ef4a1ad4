"""A group owns no job, pipeline or warehouse."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, control in enumerate(resource.items("accessControls")):
        if control.get("permissionLevel") == "IS_OWNER" and control.get("groupName"):
            yield Violation(
                f"accessControls[{index}].groupName",
                "cannot own it; name a user or a service principal, and give the group CAN_MANAGE",
            )


def _case(owner: dict[str, str]) -> Case:
    entry = {**owner, "permissionLevel": "IS_OWNER"}
    changes = {"clusterPolicyId": REMOVE, "jobId": "123456789012345", "accessControls": [entry]}
    return Case((declare(tokens.PERMISSIONS, changes),))


RULE = Rule(
    id="DBX212",
    service="Databricks permissions",
    title="owners are users or service principals",
    applies_to=(tokens.PERMISSIONS,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/permissions.md (a job, a pipeline, a warehouse cannot have a "
    "group as an owner)",
    check=_check,
    trips=_case({"groupName": "data-scientists"}),
    passes=_case({"userName": "ada@example.com"}),
)
