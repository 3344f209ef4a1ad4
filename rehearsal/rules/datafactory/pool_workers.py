"""A cluster that a data factory draws from a pool has one number of workers."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import LINKED_SERVICE, part
from rehearsal.rules.rule import Case, Rule, Violation

_POOL = "0101-120000-pine11-pool-abcdefgh"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    workers = resource.text("properties.newClusterNumOfWorker")
    expressed = workers.startswith("@")
    if resource.text("properties.type") != "AzureDatabricks" or expressed or ":" not in workers:
        return
    if resource.value("properties.instancePoolId") or resource.is_unknown("properties.instancePoolId"):
        yield Violation(
            "properties.newClusterNumOfWorker",
            f"'{workers}' grows and shrinks, which Data Factory offers without a pool only; give one number",
        )


def _case(workers: str) -> Case:
    service = {
        "properties": {
            "type": "AzureDatabricks",
            "authentication": "MSI",
            "domain": "https://adb-1234567890123456.7.azuredatabricks.net",
            "instancePoolId": _POOL,
            "newClusterVersion": "16.4.x-scala2.12",
            "newClusterNumOfWorker": workers,
        }
    }
    return Case((part(LINKED_SERVICE, "databricks", service),))


RULE = Rule(
    id="DBX304",
    service="Data Factory",
    title="a fixed number of workers from a pool",
    applies_to=(LINKED_SERVICE,),
    status=0,
    code="",
    source="Azure/azure-rest-api-specs datafactory 2018-06-01, AzureDatabricksLinkedServiceTypeProperties "
    "(newClusterNumOfWorker: for instance pools a fixed number only; as pulumi-azure-native 3.29.0 repeats it, read "
    "2026-11-30)",
    check=_check,
    trips=_case("2:8"),
    passes=_case("2"),
    severity=Severity.WARNING,
)
