"""Spark in a closed network reaches its own files."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "defaultDataLakeStorage.createManagedPrivateEndpoint"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    closed = resource.value("managedVirtualNetworkSettings.preventDataExfiltration") is True
    if not closed or resource.value(_PATH) is True or resource.is_unknown(_PATH):
        return
    name = resource.text("workspaceName").lower()
    for pool in world.of_types((tokens.SYNAPSE_SPARK_POOL,)):
        if pool.text("workspaceName").lower() == name:
            yield Violation(
                _PATH,
                f"is not set, and {pool.urn} leaves the network through managed private endpoints only: it could not "
                "even read its own files; set it to True",
            )
            return


RULE = Rule(
    id="SYN324",
    service="Synapse",
    title="Spark reaches the workspace's storage where exfiltration is prevented",
    applies_to=(tokens.SYNAPSE_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com synapse-analytics security/workspace-data-exfiltration-protection, "
    "security/synapse-workspace-managed-private-endpoints",
    check=_check,
    trips=Case(
        (
            declare(tokens.SYNAPSE_WORKSPACE, {_PATH: False}, name="workspace"),
            declare(tokens.SYNAPSE_SPARK_POOL, depends_on=("workspace",)),
        )
    ),
    passes=Case(
        (
            declare(tokens.SYNAPSE_WORKSPACE, name="workspace"),
            declare(tokens.SYNAPSE_SPARK_POOL, depends_on=("workspace",)),
        )
    ),
    severity=Severity.WARNING,
)
