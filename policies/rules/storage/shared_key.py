"""Storage accounts refuse shared keys."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-001",
    title="Storage accounts refuse shared keys",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("allowSharedKeyAccess", False),
    why=(
        "An account key opens every container, cannot be tied to a person and never expires; jobs and "
        "people sign in with Entra identities."
    ),
    fix="Set allow_shared_key_access=False and give identities a data role",
    anchors=Anchors(
        benchmark=("IM-1",),
        azure_policy=("8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",),
        psrule=("Azure.Storage.LocalAuth",),
    ),
    cases=Cases(
        allowed=({"allowSharedKeyAccess": False},),
        denied=({"allowSharedKeyAccess": True},),
        omitted={},
        unknown={"allowSharedKeyAccess": UNKNOWN_STRING},
    ),
)
