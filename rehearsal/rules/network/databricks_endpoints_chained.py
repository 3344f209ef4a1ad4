"""Private endpoints of one Databricks workspace are made one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import DATABRICKS_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_OF_A_FACTORY = "azure-native:datafactory:ManagedPrivateEndpoint"
_TYPES = (tokens.PRIVATE_ENDPOINT, _OF_A_FACTORY)
_TARGETS = {
    tokens.PRIVATE_ENDPOINT: (
        "privateLinkServiceConnections[0].privateLinkServiceId",
        "manualPrivateLinkServiceConnections[0].privateLinkServiceId",
    ),
    _OF_A_FACTORY: ("properties.privateLinkResourceId",),
}


def _workspace(endpoint: Resource) -> str:
    target = next((text for path in _TARGETS[endpoint.type] if (text := endpoint.text(path))), "").lower()
    return target if "/providers/microsoft.databricks/workspaces/" in target else ""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = _workspace(resource)
    if not workspace:
        return
    for other in world.grouped(_TYPES, _workspace)[workspace]:
        if other.order < resource.order and not (
            world.depends_on(resource, other) or world.depends_on(other, resource)
        ):
            yield Violation(
                "",
                f"may be made at the same time as {other.urn}; the workspace takes one change at a time, and the "
                "endpoint that failed is there all the same, so a second try meets it: chain them with depends_on",
            )
            return


def _case(*, chained: bool) -> Case:
    target, group = (
        f"privateLinkServiceConnections[0].{name}" for name in ("privateLinkServiceId", "groupIds")
    )
    return Case(
        (
            declare(
                tokens.PRIVATE_ENDPOINT, {target: DATABRICKS_ID, group: ["databricks_ui_api"]}, name="first"
            ),
            declare(
                tokens.PRIVATE_ENDPOINT,
                {
                    target: DATABRICKS_ID,
                    group: ["browser_authentication"],
                    "privateEndpointName": "pep-databricks-browser-ml-dev",
                },
                depends_on=("first",) if chained else (),
            ),
        )
    )


RULE = Rule(
    id="NET020",
    service="Private Link",
    title="private endpoints of one Databricks workspace are chained",
    applies_to=_TYPES,
    status=409,
    code="ConcurrentUpdateError",
    source="hashicorp/terraform-provider-azurerm issues 26373 and 28135; databricks/terraform-databricks-examples "
    "issue 177 (read 2026-11-30)",
    check=_check,
    trips=_case(chained=False),
    passes=_case(chained=True),
    severity=Severity.WARNING,
)
