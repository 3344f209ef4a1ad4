"""A firewall of this stack lets AKS's nodes out to what they start from."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.egress import AKS
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, subnets
from rehearsal.rules.network.firewall_examples import firewall, host_rule, way_to
from rehearsal.rules.network.routes import rules_of_way_out, texts
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_TAG = "AzureKubernetesService"
_IMAGES = "mcr.microsoft.com"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text(f"{PROFILE}.outboundType") != "userDefinedRouting":
        return
    for subnet in subnets(resource, world):
        rules = rules_of_way_out(subnet, world)
        if rules is None:
            continue
        by_tag = any(_TAG in texts(rule, "fqdnTags") for rule in rules)
        by_host = any({_IMAGES, "*.microsoft.com", "*"} & set(texts(rule, "targetFqdns")) for rule in rules)
        if not by_tag and not by_host:
            yield Violation(
                f"{PROFILE}.outboundType",
                f"{subnet.urn} leaves through a firewall that lets out neither the FQDN tag {_TAG} nor {_IMAGES}; add "
                "the tag to an application rule",
            )


def _case(**targets: object) -> Case:
    cluster = {
        "agentPoolProfiles[0].vnetSubnetID": Ref("subnet"),
        f"{PROFILE}.outboundType": "userDefinedRouting",
        f"{PROFILE}.serviceCidr": "10.96.0.0/16",
        f"{PROFILE}.dnsServiceIP": "10.96.0.10",
    }
    return Case(
        (
            *firewall(rules=[host_rule("packages.example.com"), host_rule(**targets)]),
            way_to(),
            declare(
                tokens.SUBNET,
                {"routeTable": {"id": Ref("table")}},
                name="subnet",
                depends_on=("firewall-subnet", "firewall", "rules"),
            ),
            declare(tokens.AKS, cluster, depends_on=("subnet",)),
        )
    )


RULE = Rule(
    id="NET315",
    service="AKS",
    title="a firewall lets nodes out to what they start from",
    applies_to=(tokens.AKS,),
    status=400,
    code="VMExtensionProvisioningError",
    source=f"{AKS}; Azure/azure-cli pull 29559 (error without outbound connection)",
    check=_check,
    trips=_case(targetFqdns=["login.microsoftonline.com"]),
    passes=_case(targetFqdns=[], fqdnTags=[_TAG]),
)
