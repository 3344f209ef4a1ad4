"""Storage encryption is on for every service."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ST-010",
    title="Storage encryption is on for every service",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_not_be("encryption.services.*.enabled", False),
    why=(
        "Azure encrypts all data today; a declaration that says otherwise asks for the opposite of "
        "what is deployed."
    ),
    fix="Leave every service under encryption enabled",
    anchors=Anchors(
        benchmark=("DP-4",), source="learn.microsoft.com storage/common/storage-service-encryption"
    ),
    cases=Cases(
        allowed=(
            {"encryption": {"keySource": "Microsoft.Storage", "services": {"blob": {"enabled": True}}}},
        ),
        denied=(
            {"encryption": {"keySource": "Microsoft.Storage", "services": {"blob": {"enabled": False}}}},
        ),
        omitted={"encryption": {"keySource": "Microsoft.Storage"}},
        unknown={
            "encryption": {
                "keySource": "Microsoft.Storage",
                "services": {"blob": {"enabled": UNKNOWN_STRING}},
            }
        },
        omitted_is=Outcome.PASSED,
    ),
)
