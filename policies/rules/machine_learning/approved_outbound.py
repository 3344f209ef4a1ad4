"""Production ML compute reaches approved targets only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-004",
    title="Production ML compute reaches approved targets only",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_be("managedNetwork.isolationMode", "AllowOnlyApprovedOutbound"),
    why="A package or a notebook with bad intent could send training data anywhere.",
    fix="Set managed_network.isolation_mode to AllowOnlyApprovedOutbound and list outbound rules",
    anchors=Anchors(benchmark=("NS-2", "DP-2"), azure_policy=("6ddb1705-c8cf-450e-aa4b-19ad6703c440",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}},),
        denied=(
            {"managedNetwork": {"isolationMode": "AllowInternetOutbound"}},
            {"managedNetwork": {"isolationMode": "Disabled"}},
        ),
        omitted={},
        unknown={"managedNetwork": {"isolationMode": UNKNOWN_STRING}},
    ),
)
