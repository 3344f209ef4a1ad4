"""A provider that says which workspace it is need not ask."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of a provider by whose workspace this stack makes: only there its number is at hand, and only then is the
    provider used by whoever previews the stack."""
    workspace = world.find(resource.value("azureWorkspaceResourceId"))
    if workspace is None or resource.value("workspaceId") or resource.is_unknown("workspaceId"):
        return
    if any(
        other.provider_urn == resource.urn
        for other in world.resources
        if other.type.startswith("databricks:")
    ):
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
            declare(tokens.INSTANCE_POOL, name="pool", provider="subject"),
        )
    )


RULE = Rule(
    id="DBX246",
    service="Databricks provider",
    title="a provider that previews use says its workspace's number",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=403,
    code="",
    source="databricks/terraform-provider-databricks common/unified_provider.go (namespaceForceNew)",
    check=_check,
    trips=_case(says=False),
    passes=_case(says=True),
    severity=Severity.WARNING,
)
