"""A firewall's rules name hosts as it can read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.azure_firewall import FQDN_TAG_PROTOCOL, NETWORK_RULE_FQDNS, WILDCARDS
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.network.firewall_examples import address_rule, firewall
from rehearsal.rules.network.routes import allowing, texts
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    policy = world.find(resource.id.lower().rpartition("/rulecollectiongroups/")[0])
    for rule in allowing(resource):
        name = f"rule {rule.get('name')}"
        hosts = texts(rule, "destinationFqdns")
        if hosts and policy is not None and not _has_proxy(policy):
            yield Violation(
                "ruleCollections",
                f"{name} knows addresses by hosts, and {policy.urn} has no DNS proxy; set dnsSettings.enableProxy",
            )
        for host in hosts:
            if "*" in host:
                yield Violation("ruleCollections", f"{name} has {host}: by addresses a host has no wildcard")
        for host in texts(rule, "targetFqdns"):
            if "*" in host[1:]:
                yield Violation(
                    "ruleCollections", f"{name} has {host}: a wildcard belongs at the left end only"
                )
        if texts(rule, "fqdnTags") and _speaks_http(rule):
            yield Violation(
                "ruleCollections", f"{name} has an FQDN tag and speaks HTTP; tags are for HTTPS alone"
            )


def _has_proxy(policy: Resource) -> bool:
    return policy.is_unknown("dnsSettings") or policy.value("dnsSettings.enableProxy") is True


def _speaks_http(rule: Mapping[str, object]) -> bool:
    protocols = rule.get("protocols")
    return not any(
        isinstance(protocol, Mapping) and protocol.get("protocolType") == "Https"
        for protocol in (protocols if isinstance(protocols, list) else ())
    )


def _case(*, proxy: bool) -> Case:
    return Case(
        firewall(
            policy={"dnsSettings": {"enableProxy": proxy}},
            rules=[address_rule(destinationFqdns=["git.example.com"])],
        )
    )


RULE = Rule(
    id="NET314",
    service="Azure Firewall policy",
    title="hosts by address need the DNS proxy, wildcards and tags a protocol that carries names",
    applies_to=(tokens.FIREWALL_RULES,),
    status=400,
    code="",
    source=f"{NETWORK_RULE_FQDNS}; {WILDCARDS}; {FQDN_TAG_PROTOCOL}",
    check=_check,
    trips=_case(proxy=False),
    passes=_case(proxy=True),
)
