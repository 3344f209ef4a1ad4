"""Files that only land stay as they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.checks import number
from policies.frame.judged import Judged, Stack
from policies.frame.relations import hierarchical_accounts
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
    Threshold,
)

_ACCOUNT = "azure-native:storage:StorageAccount"
_LIFECYCLE = "azure-native:storage:ManagementPolicy"
_IMMUTABLE = "azure-native:storage:BlobContainerImmutabilityPolicy"
_LIMIT = "minimumDays"


def _containers(lifecycle: Judged) -> set[str]:
    """What a lake clears up by age are landing folders: tables would break."""
    found: set[str] = set()
    for rule in lifecycle.items("policy.rules"):
        definition = rule.get("definition")
        filters = definition.get("filters") if isinstance(definition, Mapping) else None
        prefixes = filters.get("prefixMatch") if isinstance(filters, Mapping) else None
        if isinstance(prefixes, Sequence):
            found.update(str(prefix).partition("/")[0] for prefix in prefixes)
    return found


def _days(policy: Judged) -> float:
    return number(policy.value("immutabilityPeriodSinceCreationInDays")) or 0


def _check(stack: Stack) -> Iterator[StackFinding]:
    lakes = hierarchical_accounts(stack)
    immutable = {
        (stack.text(policy, "accountName"), stack.text(policy, "containerName"))
        for policy in stack.of(_IMMUTABLE)
        if stack.read(policy, _days, 0) >= stack.limit(_LIMIT)
    }
    for lifecycle in stack.of(_LIFECYCLE):
        account = stack.text(lifecycle, "accountName")
        if account not in lakes:
            continue
        nothing: set[str] = set()
        for container in sorted(stack.read(lifecycle, _containers, nothing)):
            if (account, container) not in immutable:
                yield StackFinding(
                    f"files that land in {container} can be overwritten and deleted within "
                    f"{stack.limit(_LIMIT)} days",
                    lifecycle.urn,
                )


_LAKE = Sample(_ACCOUNT, {"accountName": "dls", "isHnsEnabled": True}, name="lake")


def _lifecycle(prefix: str) -> Sample:
    rules = [{"name": "landing", "definition": {"filters": {"prefixMatch": [prefix]}}}]
    return Sample(_LIFECYCLE, {"accountName": "dls", "policy": {"rules": rules}})


def _immutable(container: str, days: int = 90) -> Sample:
    policy = {
        "accountName": "dls",
        "containerName": container,
        "immutabilityPeriodSinceCreationInDays": days,
    }
    return Sample(_IMMUTABLE, policy, name="immutable")


RULE = StackRule(
    id="AMLP-RC-014",
    title="Production's landing files cannot be changed",
    severity=Severity.MEDIUM,
    check=_check,
    why="Tables can be made again from what landed, as long as nobody who writes there can change it.",
    fix="Give the zone immutable_days (lake.zones.<zone>.immutable_days)",
    anchors=Anchors(
        benchmark=("BR-2", "DP-2"),
        source="learn.microsoft.com storage/blobs/immutable-container-level-worm-policies",
    ),
    kinds=PROD_ONLY,
    thresholds=(
        Threshold(_LIMIT, 90, "days that landing files stay as they came", minimum=1, maximum=146000),
    ),
    cases=StackCases(
        allowed=(_LAKE, _lifecycle("raw/landing/"), _immutable("raw")),
        denied=(_LAKE, _lifecycle("raw/landing/"), _immutable("raw", 7)),
        omitted=(_LAKE, _lifecycle("raw/landing/")),
        unknown=(_LAKE, _lifecycle(UNKNOWN_STRING), _immutable(UNKNOWN_STRING)),
    ),
)
