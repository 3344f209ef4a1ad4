"""TLS 1.0 and 1.1 are switched off."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    version = resource.text("minimumTlsVersion")
    feature = f"storage:StorageAccount:minimumTlsVersion={version}"
    for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
        if finding.is_past:
            day = finding.retirement.retires
            yield Violation("minimumTlsVersion", f"{version} was retired on {day}; use 'TLS1_2'")


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
