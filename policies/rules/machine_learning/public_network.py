"""ML workspaces have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-001",
    title="ML workspaces have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="The workspace's API starts code on our compute with our identities.",
    fix="Set public_network_access to Disabled and add a private endpoint",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("438c38d2-3772-465a-a9cc-7a6666a275ce",),
        psrule=("Azure.ML.PublicAccess",),
        checkov=("CKV2_AZURE_49",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
