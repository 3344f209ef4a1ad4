"""Unity Catalog needs a metastore, and a workspace has the one that it is assigned."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import TENANT
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ASSIGNMENT = "databricks:index/metastoreAssignment:MetastoreAssignment"
_FIRST = (
    "databricks:index/storageCredential:StorageCredential",
    tokens.EXTERNAL_LOCATION,
    "databricks:index/catalog:Catalog",
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """With one assignment: of several it is not known which workspace the object is made through."""
    assignments = world.by_type.get(_ASSIGNMENT, ())
    if len(assignments) == 1 and not world.depends_on(resource, assignments[0]):
        yield Violation(
            "",
            f"does not wait for {assignments[0].urn}, and there is no metastore before it; add it to depends_on",
        )


def _case(*, after: bool) -> Case:
    return Case(
        (
            Declared(_ASSIGNMENT, {"metastoreId": TENANT, "workspaceId": "1234567890123456"}, "metastore"),
            Declared(
                _FIRST[0],
                {"name": "lake", "azureManagedIdentity": {"accessConnectorId": "/connector"}},
                depends_on=("metastore",) if after else (),
            ),
        )
    )


RULE = Rule(
    id="DBX249",
    service="Unity Catalog",
    title="objects of the metastore wait for its assignment",
    applies_to=_FIRST,
    status=404,
    code="METASTORE_DOES_NOT_EXIST",
    source="databricks/terraform-provider-databricks docs/resources/metastore_assignment.md; "
    "docs/guides/unity-catalog-azure.md",
    check=_check,
    trips=_case(after=False),
    passes=_case(after=True),
    severity=Severity.WARNING,
)
