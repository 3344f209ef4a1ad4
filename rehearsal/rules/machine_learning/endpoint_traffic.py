"""Traffic goes to deployments that exist, and adds up."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """A deployment needs its endpoint first, so a new endpoint can have no traffic at all: it is set
    afterwards, with the release of the deployment."""
    traffic = resource.value("properties.traffic")
    if not isinstance(traffic, dict) or not traffic:
        return
    for name in sorted(traffic):
        deployment = world.find(f"{resource.id}/deployments/{name}")
        if deployment is None or not world.depends_on(resource, deployment):
            yield Violation(
                "properties.traffic",
                f"names deployment '{name}', which cannot exist when the endpoint is created; leave traffic out and "
                "set it after the deployment (with ignore_changes=['properties.traffic'])",
            )
    total = sum(share for share in traffic.values() if isinstance(share, (int, float)))
    if total not in (0, 100):
        yield Violation(
            "properties.traffic", f"adds up to {total}; the shares must add up to 100 (or all be 0)"
        )


RULE = Rule(
    id="AML004",
    service="Azure ML online endpoint",
    title="traffic names existing deployments and adds up to 100",
    applies_to=(tokens.ML_ONLINE_ENDPOINT,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, OnlineEndpointProperties.traffic",
    check=_check,
    trips=Case((declare(tokens.ML_ONLINE_ENDPOINT, {"properties.traffic": {"blue": 100}}),)),
    passes=Case((declare(tokens.ML_ONLINE_ENDPOINT),)),
)
