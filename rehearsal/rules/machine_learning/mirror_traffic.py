"""At most half of the traffic is mirrored."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.mirrorTraffic"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    mirror = resource.value(_PATH)
    shares = (
        [share for share in mirror.values() if isinstance(share, (int, float))]
        if isinstance(mirror, dict)
        else []
    )
    if sum(shares) > 50:
        yield Violation(_PATH, f"adds up to {sum(shares)}; use 50 at most")


def _case(share: int) -> Case:
    return Case((declare(tokens.ML_ONLINE_ENDPOINT, {_PATH: {"shadow": share}}),))


RULE = Rule(
    id="AML031",
    service="Azure ML online endpoint",
    title="mirrored traffic of at most 50 percent",
    applies_to=(tokens.ML_ONLINE_ENDPOINT,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, OnlineEndpointProperties.mirrorTraffic",
    check=_check,
    trips=_case(60),
    passes=_case(50),
)
