"""General-purpose v1 and legacy blob accounts are retired."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    kind = resource.text("kind")
    feature = f"storage:StorageAccount:kind={kind}"
    for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
        if finding.is_past:
            day = finding.retirement.retires
            yield Violation("kind", f"'{kind}' accounts were retired on {day}; use 'StorageV2'")


RULE = Rule(
    id="ST002",
    service="Storage",
    title="no account of a retired kind",
    applies_to=(tokens.STORAGE_ACCOUNT,),
    status=400,
    code="AccountKindNotSupported",
    source="Azure updates 496964 (general-purpose v1 and legacy blob storage accounts retire on 1 September 2026)",
    check=_check,
    trips=Case((declare(tokens.STORAGE_ACCOUNT, {"kind": "Storage"}),)),
    passes=Case((declare(tokens.STORAGE_ACCOUNT),)),
)
