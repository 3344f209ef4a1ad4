"""The firewall lets out to named targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.cases import changed
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_TARGETS = ("targetFqdns", "targetUrls", "destinationFqdns", "destinationAddresses")
_EVERYWHERE = ("*", "0.0.0.0/0", "internet", "azurecloud", "http://*", "https://*")
_DOMAINS = ("*.com", "*.net", "*.org", "*.io", "*.azure.com", "*.windows.net", "*.core.windows.net")
"""A wildcard below one of these names nobody in particular: everybody registers there."""


def _check(judged: Judged) -> Iterator[str]:
    for collection in judged.items("ruleCollections"):
        action = collection.get("action")
        if isinstance(action, Mapping) and action.get("type") == "Deny":
            continue
        for rule in _listed(collection.get("rules")):
            if isinstance(rule, Mapping):
                yield from _wide(rule)


def _wide(rule: Mapping[str, object]) -> Iterator[str]:
    for key in _TARGETS:
        for target in _listed(rule.get(key)):
            if str(target).lower() in (*_EVERYWHERE, *_DOMAINS):
                yield f"rule {rule.get('name')} lets out to {target}"


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


_RULE = {
    "name": "r",
    "ruleType": "ApplicationRule",
    "sourceAddresses": ["10.0.0.0/24"],
    "protocols": [{"protocolType": "Https", "port": 443}],
    "targetFqdns": ["packages.example.com"],
}
_CORRECT = {
    "ruleCollections": [
        {
            "name": "c",
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
            "action": {"type": "Allow"},
            "rules": [_RULE],
        }
    ]
}
_TARGET = "ruleCollections[0].rules[0].targetFqdns"

RULE = Rule(
    id="AMLP-NW-061",
    title="The firewall lets out to named targets",
    severity=Severity.HIGH,
    types=("azure-native:network:FirewallPolicyRuleCollectionGroup",),
    check=_check,
    why="A firewall that lets out to everywhere is a NAT gateway that costs more.",
    fix="Name the hosts: network.firewall.allowed_hosts",
    anchors=Anchors(
        benchmark=("NS-3", "DP-2"), source="learn.microsoft.com security/benchmark network-security NS-3"
    ),
    cases=Cases(
        allowed=(
            _CORRECT,
            changed(
                _CORRECT,
                {"ruleCollections[0].action": {"type": "Deny"}, _TARGET: ["*"]},
            ),
        ),
        denied=(
            changed(_CORRECT, {_TARGET: ["*"]}),
            changed(_CORRECT, {_TARGET: ["*.core.windows.net"]}),
            changed(
                _CORRECT,
                {
                    "ruleCollections[0].rules[0]": {
                        "name": "n",
                        "ruleType": "NetworkRule",
                        "destinationAddresses": ["0.0.0.0/0"],
                    }
                },
            ),
        ),
        omitted={},
        unknown=changed(_CORRECT, {_TARGET: UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
