"""TLS 1.0 and 1.1 are switched off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_RETIRED = datetime.date(2026, 2, 3)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    version = resource.text("minimumTlsVersion")
    if version in ("TLS1_0", "TLS1_1") and world.today >= _RETIRED:
        yield Violation("minimumTlsVersion", f"{version} was retired on {_RETIRED}; use 'TLS1_2'")


RULE = Rule(
    id="ST001",
    service="Storage",
    title="TLS 1.2 or later",
    applies_to=(tokens.STORAGE_ACCOUNT,),
    status=400,
    code="InvalidRequestPropertyValue",
    source="learn.microsoft.com azure/storage/common/transport-layer-security-configure-migrate-to-tls2",
    check=_check,
    trips=Case((declare(tokens.STORAGE_ACCOUNT, {"minimumTlsVersion": "TLS1_0"}),)),
    passes=Case((declare(tokens.STORAGE_ACCOUNT),)),
)
