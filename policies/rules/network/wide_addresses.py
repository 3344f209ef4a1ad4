"""Firewalls name addresses, not half the internet."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import texts
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

_PLACES = (
    "networkRuleSet",
    "properties.networkAcls",
    "ipAllowlist",
    "networkAcls",
    "apiServerAccessProfile.authorizedIPRanges",
    "ipAddresses",
)


def _check(judged: Judged) -> Iterator[str]:
    for place in _PLACES:
        for at, text in texts(judged.value(place), place):
            try:
                network = ipaddress.ip_network(text, strict=False)
            except ValueError:
                continue
            if network.prefixlen < judged.limit("minimumPrefix"):
                yield f"{at} is {text}, shorter than /{judged.limit('minimumPrefix')}"
    start, end = judged.text("startIpAddress"), judged.text("endIpAddress")
    if start and end and int(ipaddress.ip_address(end)) - int(ipaddress.ip_address(start)) >= 4096:
        yield f"{start} to {end} is more than a /{judged.limit('minimumPrefix')}"
    elif start == "0.0.0.0":  # noqa: S104 - what Azure reads as 'all Azure services'
        yield "0.0.0.0 lets every Azure tenant in"


RULE = Rule(
    id="AMLP-NW-006",
    title="Firewalls name addresses, not half the internet",
    severity=Severity.HIGH,
    types=(
        "azure-native:storage:StorageAccount",
        "azure-native:keyvault:Vault",
        "azure-native:containerregistry:Registry",
        "azure-native:machinelearningservices:Workspace",
        "azure-native:containerservice:ManagedCluster",
        "azure-native:cognitiveservices:Account",
        "azure-native:synapse:IpFirewallRule",
        "azure-native:sql:FirewallRule",
        "databricks:index/ipAccessList:IpAccessList",
    ),
    check=_check,
    why="A range that holds a provider's whole network is no restriction.",
    fix="List the office's and CI's own ranges",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com security/benchmark network-security NS-2"
    ),
    thresholds=(
        Threshold(
            "minimumPrefix", 20, "length of the shortest prefix that may be allowed", minimum=0, maximum=32
        ),
    ),
    cases=Cases(
        allowed=(
            {
                "networkRuleSet": {
                    "defaultAction": "Deny",
                    "ipRules": [{"iPAddressOrRange": "203.0.113.0/24"}],
                }
            },
        ),
        denied=(
            {"networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": "0.0.0.0/0"}]}},
            {"networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": "203.0.0.0/8"}]}},
        ),
        omitted={},
        unknown={"networkRuleSet": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
