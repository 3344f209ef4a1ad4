"""A provider that says which workspace it is need not ask."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of a workspace that this stack makes, where the number is at hand, and into which it lets service principals: one
    that a single identity deploys and previews answers the question."""
    workspace = world.find(resource.value("azureWorkspaceResourceId"))
    if workspace is None or resource.value("workspaceId") or resource.is_unknown("workspaceId"):
        return
    used = any(
        other.provider_urn == resource.urn
        for other in world.resources
        if other.type.startswith("databricks:")
    )
    if used and world.by_type.get(tokens.DATABRICKS_PRINCIPAL):
        yield Violation(
            "workspaceId",
            "missing: the state of each object holds its workspace's number, and each later preview then asks the "
            f"workspace for its own, which an identity that is no member may not: give {workspace.name}'s workspace_id",
        )


_WORKSPACE_ID = "1234567890123456"


def _case(*, says: bool) -> Case:
    return Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, name="workspace"),
            declare(
                tokens.DATABRICKS_PROVIDER,
                {
                    "azureWorkspaceResourceId": Ref("workspace"),
                    **({"workspaceId": _WORKSPACE_ID} if says else {}),
                },
                depends_on=("workspace",),
            ),
            Declared(tokens.DATABRICKS_PRINCIPAL, {"applicationId": SOMEBODY}, "member", provider="subject"),
        )
    )


RULE = Rule(
    id="DBX246",
    service="Databricks provider",
    title="a provider that several identities use says its workspace's number",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=403,
    code="",
    source="databricks/terraform-provider-databricks common/unified_provider.go (namespaceForceNew)",
    check=_check,
    trips=_case(says=False),
    passes=_case(says=True),
    severity=Severity.WARNING,
)
