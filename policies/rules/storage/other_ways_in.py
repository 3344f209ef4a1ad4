"""Storage accounts have no second way in."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ST-019",
    title="Storage accounts have no second way in",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=all_of(
        must_not_be("isSftpEnabled", True),
        must_not_be("isLocalUserEnabled", True),
        must_not_be("enableNfsV3", True),
    ),
    why=(
        "SFTP local users and NFS do not know Entra identities: their access appears in no role assignment."
    ),
    fix="Leave is_sftp_enabled, is_local_user_enabled and enable_nfs_v3 out",
    anchors=Anchors(
        benchmark=("IM-1",), source="learn.microsoft.com storage/blobs/secure-file-transfer-protocol-support"
    ),
    cases=Cases(
        allowed=({"isLocalUserEnabled": False},),
        denied=({"isLocalUserEnabled": True},),
        omitted={},
        unknown={"isLocalUserEnabled": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
