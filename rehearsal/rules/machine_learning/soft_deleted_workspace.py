"""A deleted workspace keeps its name for 14 days."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import SoftDeleted, Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TYPE = "Microsoft.MachineLearningServices/workspaces"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    wanted = (resource.text("workspaceName").lower(), resource.text("resourceGroupName").lower())
    for held in world.subscription.soft_deleted:
        if held.arm_type == _TYPE and (held.name.lower(), held.resource_group.lower()) == wanted:
            yield Violation(
                "workspaceName",
                f"a soft-deleted workspace '{held.name}' holds the name in {held.resource_group}; purge it (az ml "
                "workspace delete --permanently-delete), recover it, or choose another name",
            )


RULE = Rule(
    id="AML002",
    service="Azure ML workspace",
    title="the name is not held by a soft-deleted workspace",
    applies_to=(tokens.ML_WORKSPACE,),
    status=409,
    code="Conflict",
    source="learn.microsoft.com machine-learning/concept-soft-delete",
    check=_check,
    trips=Case(
        (declare(tokens.ML_WORKSPACE),),
        subscription=Subscription(
            resource_groups=(GROUP_NAME,), soft_deleted=(SoftDeleted(_TYPE, ML_WORKSPACE_NAME, GROUP_NAME),)
        ),
    ),
    passes=Case(
        (declare(tokens.ML_WORKSPACE),),
        subscription=Subscription(
            resource_groups=(GROUP_NAME,), soft_deleted=(SoftDeleted(_TYPE, "mlw-ml-dev", "rg-other"),)
        ),
    ),
)
