"""Nodes of an injected workspace have a road to Databricks' own storage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from azure_facts.egress import DATABRICKS, databricks_hosts
from rehearsal.cloud.injected_subnets import injected_subnets
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.network.firewall_examples import address_rule, firewall, host_rule, way_to
from rehearsal.rules.network.routes import default_routes, rules_of_way_out, table_of, texts
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of nodes without public addresses: the others leave by those."""
    if resource.value("parameters.enableNoPublicIp.value") is not True:
        return
    for path, subnet_id in injected_subnets(resource.type, resource.plain_inputs):
        subnet = world.find(subnet_id)
        table = table_of(subnet, world) if subnet else None
        if subnet is None or table is None or subnet.value("natGateway"):
            continue
        if not default_routes(table, world) and subnet.value("defaultOutboundAccess") is False:
            yield Violation(
                path, f"{table.urn} leads nowhere else, and {subnet.urn} has no gateway; route 0.0.0.0/0"
            )
        rules = rules_of_way_out(subnet, world)
        if rules is not None and not _reaches_storage(rules, resource.text("location")):
            yield Violation(
                path,
                f"{subnet.urn} leaves through a firewall that lets out neither to Databricks' storage of the region "
                "nor to the service tag Storage, so no cluster starts; allow its hosts "
                "(azure/databricks/resources/ip-domain-region)",
            )


def _reaches_storage(rules: Sequence[Mapping[str, object]], region: str) -> bool:
    known = databricks_hosts(region)
    for rule in rules:
        hosts = set(texts(rule, "targetFqdns"))
        if hosts & {"*", "*.blob.core.windows.net"} or any(
            tag.partition(".")[0] == "Storage" for tag in texts(rule, "destinationAddresses")
        ):
            return True
        # Of a region that is not known, any storage host may be the right one.
        if hosts & set(known or ()) or (known is None and any(".blob.core." in host for host in hosts)):
            return True
    return False


def _case(*rules: Mapping[str, object]) -> Case:
    network = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"
    subnet = {
        "subnetName": "snet-dbw-public",
        "delegations": [{"name": "databricks", "serviceName": "Microsoft.Databricks/workspaces"}],
        "networkSecurityGroup": {"id": f"{GROUP}/providers/Microsoft.Network/networkSecurityGroups/nsg-dbw"},
        "routeTable": {"id": Ref("table")},
        "defaultOutboundAccess": False,
    }
    parameters = {
        "customVirtualNetworkId": {"value": network},
        "customPublicSubnetName": {"value": "snet-dbw-public"},
        "customPrivateSubnetName": {"value": "snet-dbw-private"},
        "enableNoPublicIp": {"value": True},
    }
    return Case(
        (
            *firewall(rules=rules),
            way_to(),
            declare(
                tokens.SUBNET, subnet, name="public", depends_on=("firewall-subnet", "firewall", "rules")
            ),
            declare(tokens.DATABRICKS_WORKSPACE, {"parameters": parameters}, depends_on=("public",)),
        )
    )


RULE = Rule(
    id="NET316",
    service="Databricks workspace",
    title="nodes have a road to Databricks' own storage",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=0,
    code="",
    source=str(DATABRICKS),
    check=_check,
    trips=_case(host_rule("packages.example.com")),
    passes=_case(address_rule(destinationAddresses=["Storage"])),
    severity=Severity.WARNING,
)
