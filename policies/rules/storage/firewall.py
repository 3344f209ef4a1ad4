"""Storage firewalls deny what no rule allows."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-007",
    title="Storage firewalls deny what no rule allows",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("networkRuleSet.defaultAction", "Deny"),
    why="The firewall is what stays when somebody switches the public endpoint on.",
    fix="Set network_rule_set.default_action to Deny",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("34c877ad-507e-4c82-993e-3452a6e0ad3c",),
        psrule=("Azure.Storage.Firewall",),
        checkov=("CKV_AZURE_35",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"networkRuleSet": {"defaultAction": "Deny"}},),
        denied=({"networkRuleSet": {"defaultAction": "Allow"}},),
        omitted={},
        unknown={"networkRuleSet": {"defaultAction": UNKNOWN_STRING}},
    ),
)
