"""A request may take so long, and no longer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.monitor.registration import Resource
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.world import World

_LIMITS = {"Managed": 180, "Kubernetes": 300}
_PATH = "properties.requestSettings.requestTimeout"
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    text, kind = resource.text(_PATH), resource.text("properties.endpointComputeType")
    found = _DURATION.fullmatch(text)
    if not text or kind not in _LIMITS:
        return
    if found is None:
        yield Violation(_PATH, f"'{text}' is no ISO 8601 duration; for example PT60S")
        return
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    if hours * 3600 + minutes * 60 + seconds > _LIMITS[kind]:
        yield Violation(
            _PATH, f"'{text}' is longer than a {kind} endpoint waits; use at most PT{_LIMITS[kind]}S"
        )


RULE = Rule(
    id="AML151",
    service="Azure ML online deployment",
    title="request timeout at most 180 s on managed machines, 300 s on Kubernetes",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-quotas, limits of online endpoints",
    check=_check,
    trips=Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_PATH: "PT4M"}),)),
    passes=Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_PATH: "PT3M"}),)),
)
