"""Production nodes leave through our gateway."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-017",
    title="Production nodes leave through our gateway",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be(
        "networkProfile.outboundType", "userAssignedNATGateway", "userDefinedRouting", "none", "block"
    ),
    why=("A load balancer's addresses are nobody's: partners cannot allow them, and we cannot log them."),
    fix="Set network_profile.outbound_type to userAssignedNATGateway",
    anchors=Anchors(benchmark=("NS-2",), source="learn.microsoft.com aks egress-outboundtype"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"networkProfile": {"outboundType": "userAssignedNATGateway"}},),
        denied=(
            {"networkProfile": {"outboundType": "loadBalancer"}},
            {"networkProfile": {"outboundType": "managedNATGateway"}},
        ),
        omitted={},
        unknown={"networkProfile": {"outboundType": UNKNOWN_STRING}},
    ),
)
