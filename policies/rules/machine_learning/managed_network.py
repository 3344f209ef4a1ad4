"""ML compute is in a network."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-003",
    title="ML compute is in a network",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_be("managedNetwork.isolationMode", "AllowOnlyApprovedOutbound", "AllowInternetOutbound"),
    why="Without a managed network, compute has open egress and no private way to the data.",
    fix="Set managed_network.isolation_mode",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("7804b5c7-01dc-4723-969b-ae300cc07ff1",),
        psrule=("Azure.ML.ComputeVnet",),
    ),
    cases=Cases(
        allowed=({"managedNetwork": {"isolationMode": "AllowInternetOutbound"}},),
        denied=({"managedNetwork": {"isolationMode": "Disabled"}},),
        omitted={},
        unknown={"managedNetwork": {"isolationMode": UNKNOWN_STRING}},
    ),
)
