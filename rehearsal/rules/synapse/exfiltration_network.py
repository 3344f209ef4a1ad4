"""Preventing exfiltration takes a managed network."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "managedVirtualNetworkSettings.preventDataExfiltration"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value(_PATH) is True and resource.text("managedVirtualNetwork") != "default":
        yield Violation(_PATH, "is on without the managed network; set managed_virtual_network to default")


RULE = Rule(
    id="SYN323",
    service="Synapse",
    title="exfiltration is prevented in a managed network only",
    applies_to=(tokens.SYNAPSE_WORKSPACE,),
    status=400,
    code="ValidationFailed",
    source="learn.microsoft.com synapse-analytics security/workspace-data-exfiltration-protection",
    check=_check,
    trips=Case((declare(tokens.SYNAPSE_WORKSPACE, {"managedVirtualNetwork": REMOVE}),)),
    passes=Case(
        (
            declare(
                tokens.SYNAPSE_WORKSPACE,
                {"managedVirtualNetwork": REMOVE, "managedVirtualNetworkSettings": REMOVE},
            ),
        )
    ),
)
