"""The managed network has two tiers of firewall."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_KNOWN = ("Basic", "Standard")
_PATH = "managedNetwork.firewallSku"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    tier = resource.text(_PATH)
    if tier and tier not in _KNOWN:
        yield Violation(_PATH, f"'{tier}' must be one of {', '.join(_KNOWN)}")


def _case(tier: str) -> Case:
    network = {"isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": tier}
    return Case((declare(tokens.ML_WORKSPACE, {"managedNetwork": network}),))


RULE = Rule(
    id="AML035",
    service="Azure ML managed network",
    title="a firewall of tier Basic or Standard",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="Azure REST spec machinelearningservices 2025-12-01, ManagedNetworkSettings.firewallSku",
    check=_check,
    trips=_case("Premium"),
    passes=_case("Basic"),
)
