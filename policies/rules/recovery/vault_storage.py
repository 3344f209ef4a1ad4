"""Copies in a backup vault survive the loss of a building."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_TYPES = ("ZoneRedundant", "GeoRedundant")


def _check(judged: Judged) -> Iterator[str]:
    stores = list(judged.items("properties.storageSettings"))
    if not stores:
        yield "storageSettings is missing: nothing says how copies are kept"
    for store in stores:
        if store.get("datastoreType") != "VaultStore":
            yield "datastoreType is not VaultStore: the copy would lie in the account that it is a copy of"
        if store.get("type") not in _TYPES:
            yield f"type is none of {', '.join(_TYPES)}"


def _vault(kind: str, store: str = "VaultStore") -> dict[str, object]:
    return {"properties": {"storageSettings": [{"datastoreType": store, "type": kind}]}}


RULE = Rule(
    id="AMLP-RC-015",
    title="Production's backup vaults survive the loss of a zone",
    severity=Severity.MEDIUM,
    types=("azure-native:dataprotection:BackupVault",),
    check=_check,
    why="A locally redundant vault keeps three copies in one building, perhaps that of the lake.",
    fix="Give recovery.lake_backup.redundancy ZRS or GRS before the first copy: it cannot be changed later",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com backup/azure-data-lake-storage-backup-support-matrix"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(_vault("ZoneRedundant"), _vault("GeoRedundant")),
        denied=(_vault("LocallyRedundant"), _vault("ZoneRedundant", "OperationalStore")),
        omitted={"properties": {}},
        unknown=_vault(UNKNOWN_STRING),
    ),
)
