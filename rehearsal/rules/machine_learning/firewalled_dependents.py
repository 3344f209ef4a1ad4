"""A managed network makes its rules only to services that are closed to the public: one that answers listed addresses
keeps out compute, whose address nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import isolation, private_rule, private_targets, workspace
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_PARTS = (
    ("storageAccount", "publicNetworkAccess", "networkRuleSet.defaultAction", "blob"),
    ("keyVault", "properties.publicNetworkAccess", "properties.networkAcls.defaultAction", "vault"),
    ("containerRegistry", "publicNetworkAccess", "networkRuleSet.defaultAction", "registry"),
)
"""Where the workspace names the service, whether that is public, what its firewall does, what is reached of it."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if isolation(resource) != OPEN_OUTBOUND:
        return
    reached = set(private_targets(resource, world))
    for part, access, firewall, sub_resource in _PARTS:
        target = world.find(resource.text(part))
        if target is None or target.external:
            continue
        if target.text(access) == "Disabled" or target.text(firewall) != "Deny":
            continue
        if (target.id.lower(), sub_resource) not in reached:
            yield Violation(
                "managedNetwork.outboundRules",
                f"reach no {sub_resource} of {target.urn}, whose firewall keeps compute out; add a private endpoint "
                f"rule with subresource_target {sub_resource} (one by itself is made for a closed service only)",
            )


def _case(*, ruled: bool) -> Case:
    closed = {"properties.networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}
    rules = {"vault": private_rule(Ref("vault"), "vault")} if ruled else {}
    return Case(
        (
            declare(tokens.VAULT, closed, name="vault"),
            workspace(OPEN_OUTBOUND, rules, {"keyVault": Ref("vault")}),
        )
    )


RULE = Rule(
    id="AML222",
    service="Azure ML managed network",
    title="compute passes the firewalls of what the workspace stands on",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, list of required rules",
    check=_check,
    trips=_case(ruled=False),
    passes=_case(ruled=True),
    severity=Severity.WARNING,
)
