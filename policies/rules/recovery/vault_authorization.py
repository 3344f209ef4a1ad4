"""Somebody else must agree before a backup vault loses a copy."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_VAULT = "azure-native:dataprotection:BackupVault"
_PROXY = "azure-native:dataprotection:DppResourceGuardProxy"
_GUARD = "azure-native:dataprotection:ResourceGuard"


def _check(stack: Stack) -> Iterator[StackFinding]:
    guarded = {
        stack.text(proxy, "vaultName")
        for proxy in stack.of(_PROXY)
        if stack.text(proxy, "properties.resourceGuardResourceId")
    }
    for vault in stack.of(_VAULT):
        name = stack.text(vault, "vaultName")
        if name and name not in guarded:
            yield StackFinding(f"{name} has no resource guard: one person alone may empty it", vault.urn)
    for guard in stack.of(_GUARD):
        yield StackFinding(
            "a resource guard of the same stack: who deploys the vault could also release it", guard.urn
        )


_MADE = Sample(_VAULT, {"vaultName": "bvault"})
_REMOTE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/guard"


def _proxy(vault: str, guard: str = _REMOTE) -> Sample:
    return Sample(
        _PROXY, {"vaultName": vault, "properties": {"resourceGuardResourceId": guard}}, name="proxy"
    )


RULE = StackRule(
    id="AMLP-RC-012",
    title="Production's backup vaults ask a resource guard of others",
    severity=Severity.HIGH,
    check=_check,
    why="Multi-user authorisation makes a second party, with rights elsewhere, agree to what cannot be undone.",
    fix="Name a guard that another team owns (recovery.lake_backup.resource_guard_id)",
    anchors=Anchors(
        benchmark=("BR-2", "PA-1"),
        azure_policy=("c58e083e-7982-4e24-afdc-be14d312389e",),
        source="learn.microsoft.com backup/multi-user-authorization-concept",
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(_MADE, _proxy("bvault")),
        denied=(_MADE, _proxy("bvault"), Sample(_GUARD, name="guard")),
        omitted=(_MADE,),
        unknown=(Sample(_VAULT, {"vaultName": UNKNOWN_STRING}),),
    ),
)
