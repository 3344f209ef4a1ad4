"""The workspace's own datastores use identities."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-007",
    title="The workspace's own datastores use identities",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_be("systemDatastoresAuthMode", "Identity", "UserDelegationSAS"),
    why=("In access-key mode the workspace hands the storage account's key to its users, which is off here."),
    fix="Set system_datastores_auth_mode to Identity",
    anchors=Anchors(
        benchmark=("IM-1", "IM-3"),
        source="learn.microsoft.com machine-learning how-to-disable-local-auth-storage",
    ),
    cases=Cases(
        allowed=({"systemDatastoresAuthMode": "Identity"},),
        denied=({"systemDatastoresAuthMode": "AccessKey"},),
        omitted={},
        unknown={"systemDatastoresAuthMode": UNKNOWN_STRING},
    ),
)
