"""The portal opens storage with Entra identities."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Level, Rule, Severity

RULE = Rule(
    id="AMLP-ST-008",
    title="The portal opens storage with Entra identities",
    severity=Severity.LOW,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("defaultToOAuthAuthentication", True),
    why=(
        "Otherwise the portal asks for the account key first, which is off here, and shows an error "
        "instead of data."
    ),
    fix="Set default_to_o_auth_authentication=True",
    anchors=Anchors(
        benchmark=("IM-1",), source="learn.microsoft.com storage/blobs/authorize-data-operations-portal"
    ),
    level=Level.ADVISORY,
    cases=Cases(
        allowed=({"defaultToOAuthAuthentication": True},),
        denied=({"defaultToOAuthAuthentication": False},),
        omitted={},
        unknown={"defaultToOAuthAuthentication": UNKNOWN_STRING},
    ),
)
