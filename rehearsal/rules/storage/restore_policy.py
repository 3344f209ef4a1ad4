"""Point-in-time restore builds on three other protections."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_READY = {
    "isVersioningEnabled": True,
    "changeFeed": {"enabled": True},
    "deleteRetentionPolicy": {"enabled": True, "days": 14},
    "restorePolicy": {"enabled": True, "days": 7},
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.value("restorePolicy.enabled") is not True:
        return
    for path in ("isVersioningEnabled", "changeFeed.enabled", "deleteRetentionPolicy.enabled"):
        if resource.value(path) is not True:
            yield Violation(path, "must be true for a restore policy")
    days, kept = resource.value("restorePolicy.days"), resource.value("deleteRetentionPolicy.days")
    if isinstance(days, int) and isinstance(kept, int) and kept <= days:
        yield Violation("deleteRetentionPolicy.days", f"{kept} must be more than restorePolicy.days ({days})")
    account = world.find(resource.id.partition("/blobServices/")[0])
    if account is not None and account.value("isHnsEnabled") is True:
        yield Violation(
            "restorePolicy", f"{account.urn} has a hierarchical namespace, which has no point-in-time restore"
        )


RULE = Rule(
    id="ST003",
    service="Storage",
    title="a restore policy has versioning, change feed and a longer soft delete, and no hierarchical namespace",
    applies_to=(tokens.BLOB_SERVICE,),
    status=400,
    code="ConflictFeatureEnabled",
    source="learn.microsoft.com azure/storage/blobs/point-in-time-restore-overview",
    check=_check,
    trips=Case(
        (declare(tokens.BLOB_SERVICE, {**_READY, "deleteRetentionPolicy": {"enabled": True, "days": 7}}),)
    ),
    passes=Case((declare(tokens.BLOB_SERVICE, _READY),)),
)
