"""The firewall keeps off addresses that are known for harm."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-062",
    title="The firewall keeps off addresses that are known for harm",
    severity=Severity.MEDIUM,
    types=("azure-native:network:FirewallPolicy",),
    check=must_be("threatIntelMode", "Deny"),
    why="A host that is allowed by name may move to an address that nobody would allow.",
    fix="Set threat_intel_mode to Deny",
    anchors=Anchors(
        benchmark=("NS-3",), source="learn.microsoft.com firewall/threat-intel; security/benchmark NS-3"
    ),
    cases=Cases(
        allowed=({"threatIntelMode": "Deny"},),
        denied=({"threatIntelMode": "Alert"}, {"threatIntelMode": "Off"}),
        omitted={},
        unknown={"threatIntelMode": UNKNOWN_STRING},
    ),
)
