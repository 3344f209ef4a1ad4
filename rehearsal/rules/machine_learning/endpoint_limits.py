"""How many deployments an endpoint has, and how long it may take to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MOST_DEPLOYMENTS = 20
_TIMEOUT = "properties.requestSettings.requestTimeout"
_LONGEST_SECONDS = {"Managed": 180, "Kubernetes": 300}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    longest = _LONGEST_SECONDS.get(resource.text("properties.endpointComputeType"))
    seconds = _seconds(resource.text(_TIMEOUT))
    if longest is not None and seconds > longest:
        yield Violation(_TIMEOUT, f"{seconds} seconds; use {longest} at most")
    endpoint = resource.id.lower().rpartition("/deployments/")[0]
    earlier = [
        other
        for other in world.of_types((tokens.ML_ONLINE_DEPLOYMENT,))
        if other.id.lower().rpartition("/deployments/")[0] == endpoint and other.order < resource.order
    ]
    if len(earlier) == _MOST_DEPLOYMENTS:
        yield Violation("endpointName", f"has more than {_MOST_DEPLOYMENTS} deployments")


def _seconds(duration: str) -> int:
    match = _DURATION.fullmatch(duration)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _case(timeout: str) -> Case:
    return Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_TIMEOUT: timeout}),))


RULE = Rule(
    id="AML033",
    service="Azure ML online deployment",
    title="20 deployments for each endpoint, 180 seconds a request (300 on Kubernetes)",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-quotas (online endpoints)",
    check=_check,
    trips=_case("PT5M"),
    passes=_case("PT3M"),
)
