"""Who is let in at a service's public endpoint: nobody, everybody, or those whom its firewall names."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from azure_facts import trusted_services
from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.trusted_services import BYPASS, is_trusted
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.reachability.declared import Range, id_under, ranges
from rehearsal.reachability.model import Road, Verdict, best, ends, leads, unsure
from rehearsal.rules import tokens


@dataclass(frozen=True)
class Caller:
    """Who comes over the internet. `addresses`: what is seen of them, empty where nobody knows; `stated` where the
    settings say so, and not the service that gives the address out. `listable`: somebody could know them and let them
    in. `azure`: they are Azure's. `subnets`: those with a service endpoint. `services`: the ARM ids of the resources
    whose own identity calls; `from_outside` where they call from a network that is not the service's own, of which no
    page says whether it is trusted too."""

    name: str
    addresses: tuple[str, ...] = ()
    stated: bool = True
    listable: bool = True
    azure: bool = False
    subnets: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    from_outside: bool = False


@dataclass(frozen=True)
class _Firewall:
    """Where a type states its firewall. Paths are empty where it has none of the kind; `rule` is the key of the address
    in a list of maps, empty for a list of texts."""

    access: str = "publicNetworkAccess"
    action: str = ""
    addresses: str = ""
    rule: str = "value"
    subnets: str = ""
    subnet: str = "id"
    bypass: str = ""
    bypassed_by_default: bool = False
    instances: str = ""


_ACLS = "properties.networkAcls"
_RULES = "networkRuleSet"

_FIREWALLS: Mapping[str, _Firewall] = {
    tokens.STORAGE_ACCOUNT: _Firewall(
        action=f"{_RULES}.defaultAction",
        addresses=f"{_RULES}.ipRules",
        rule="iPAddressOrRange",
        subnets=f"{_RULES}.virtualNetworkRules",
        subnet="virtualNetworkResourceId",
        bypass=f"{_RULES}.bypass",
        bypassed_by_default=True,
        instances=f"{_RULES}.resourceAccessRules",
    ),
    tokens.VAULT: _Firewall(
        access="properties.publicNetworkAccess",
        action=f"{_ACLS}.defaultAction",
        addresses=f"{_ACLS}.ipRules",
        subnets=f"{_ACLS}.virtualNetworkRules",
        bypass=f"{_ACLS}.bypass",
    ),
    tokens.REGISTRY: _Firewall(
        action=f"{_RULES}.defaultAction",
        addresses=f"{_RULES}.ipRules",
        rule="iPAddressOrRange",
        bypass="networkRuleBypassOptions",
        bypassed_by_default=True,
    ),
    "azure-native:cognitiveservices:Account": _Firewall(
        access="properties.publicNetworkAccess",
        action=f"{_ACLS}.defaultAction",
        addresses=f"{_ACLS}.ipRules",
        subnets=f"{_ACLS}.virtualNetworkRules",
    ),
    tokens.LOG_ANALYTICS: _Firewall(access="publicNetworkAccessForIngestion"),
    tokens.APPLICATION_INSIGHTS: _Firewall(access="publicNetworkAccessForIngestion"),
    tokens.ML_ONLINE_ENDPOINT: _Firewall(access="properties.publicNetworkAccess"),
    tokens.ML_WORKSPACE: _Firewall(),
    tokens.ML_REGISTRY: _Firewall(),
    tokens.DATABRICKS_WORKSPACE: _Firewall(),
    tokens.SYNAPSE_WORKSPACE: _Firewall(),
    "azure-native:datafactory:Factory": _Firewall(),
    "azure-native:app:ManagedEnvironment": _Firewall(),
    "azure-native:sql:Server": _Firewall(),
    "azure-native:cosmosdb:DatabaseAccount": _Firewall(),
    "azure-native:eventhub:Namespace": _Firewall(),
    "azure-native:search:Service": _Firewall(),
}
"""By type token. A type that is not here is unknown, never open."""

_SERVER_RULES: Mapping[str, tuple[str, str, str]] = {
    tokens.SYNAPSE_WORKSPACE: (tokens.SYNAPSE_FIREWALL_RULE, "workspaceName", "workspaceName"),
    "azure-native:sql:Server": ("azure-native:sql:FirewallRule", "serverName", "serverName"),
}
"""Types whose firewall lets in only those whom rules of their own name: the rule's type, its property that
names the server, the server's property with its name."""

_ACCESS_LIST = "databricks:index/ipAccessList:IpAccessList"

_AZURE = ipaddress.IPv4Network("0.0.0.0/32")
"""A rule from 0.0.0.0 to 0.0.0.0 lets in every caller from Azure."""


def admits(target: Resource, caller: Caller, world: World) -> Road:
    """Whether the public endpoint of a resource answers a caller."""
    firewall = _FIREWALLS.get(target.type)
    if firewall is None or target.external:
        return unsure(f"whether {target.name} answers on a public endpoint is not declared here")
    if target.is_unknown(firewall.access) or (firewall.action and target.is_unknown(firewall.action)):
        return unsure(f"the firewall of {target.name} is known only after its creation", target.urn)
    by_name = _as_service(target, firewall, caller)
    if by_name is None:
        return _as_anybody(target, firewall, caller, world)
    if by_name.verdict is Verdict.OPEN:
        return by_name
    return best((_as_anybody(target, firewall, caller, world), by_name))


def _as_anybody(target: Resource, firewall: _Firewall, caller: Caller, world: World) -> Road:
    if target.text(firewall.access) not in ("", "Enabled"):
        return ends(f"the public endpoint of {target.name} is closed ({firewall.access})", target.urn)
    if target.type in _SERVER_RULES:
        return _by_server_rules(target, caller, list(_server_rules(target, world)))
    if target.type == tokens.DATABRICKS_WORKSPACE and (lists := _access_lists(world)):
        admitted = [range_ for one in lists for range_ in ranges(_listed(one))]
        return _by_ranges(target, caller, admitted, *(one.urn for one in lists))
    if not firewall.action or target.text(firewall.action) != "Deny":
        return leads(f"the public endpoint of {target.name} is open to everybody", target.urn)
    subnets = {id_under({"id": rule.get(firewall.subnet)}) for rule in _maps(target, firewall.subnets)}
    if subnets & set(caller.subnets):
        return leads(f"the firewall of {target.name} lets the subnet in", target.urn)
    return _by_ranges(target, caller, list(_addresses(target, firewall)))


def _as_service(target: Resource, firewall: _Firewall, caller: Caller) -> Road | None:
    """By a rule for the resource, or as a trusted service. These count with public access disabled too."""
    for rule in _maps(target, firewall.instances):
        pattern = str(rule.get("resourceId")).lower()
        if any(fnmatchcase(service.lower(), pattern) for service in caller.services):
            return leads(f"the firewall of {target.name} lets {caller.name} in by a rule for it", target.urn)
    stated = target.text(firewall.bypass) if firewall.bypass else ""
    if BYPASS not in stated and (stated or not firewall.bypassed_by_default):
        return None
    target_type = arm_type_of(target.id)
    if any(is_trusted(arm_type_of(service), target_type) for service in caller.services):
        if caller.from_outside:
            return unsure(
                f"whether {target.name} takes {caller.name} for a trusted service is not known", target.urn
            )
        road = leads(f"the firewall of {target.name} lets {caller.name} in as a trusted service", target.urn)
        return Road(road.verdict, road.hops, source=str(trusted_services.source_of(target_type)))
    return None


def _by_server_rules(target: Resource, caller: Caller, rules: list[tuple[Range, Resource]]) -> Road:
    for range_, rule in rules:
        if caller.azure and range_ == _AZURE:
            return leads(f"the firewall of {target.name} lets Azure's services in", target.urn, rule.urn)
    admitted = [range_ for range_, _ in rules if range_ != _AZURE]
    return _by_ranges(target, caller, admitted, *dict.fromkeys(rule.urn for _, rule in rules))


def _by_ranges(target: Resource, caller: Caller, admitted: list[Range], *rules: str) -> Road:
    """`rules` are the URNs of what states the ranges beside the target."""
    if any(one.prefixlen == 0 for one in admitted):
        return leads(f"the firewall of {target.name} lets everybody in", target.urn, *rules)
    seen = ranges(caller.addresses)
    outside = [one for one in seen if not any(one.subnet_of(other) for other in admitted)]
    if seen and not outside:
        return leads(f"the firewall of {target.name} lets {caller.name} in by address", target.urn, *rules)
    if not admitted:
        return ends(f"the firewall of {target.name} lets no address in", target.urn)
    if outside and caller.stated:
        return ends(f"the firewall of {target.name} does not let {outside[0]} in", target.urn)
    if not caller.listable:
        return ends(
            f"the firewall of {target.name} lets listed addresses in, and the address of {caller.name} is not known",
            target.urn,
        )
    return unsure(
        f"whether {caller.name} comes from an address that {target.name} lets in is not known", target.urn
    )


def _addresses(target: Resource, firewall: _Firewall) -> Iterator[Range]:
    for rule in _maps(target, firewall.addresses):
        yield from ranges([rule.get(firewall.rule)])


def _server_rules(target: Resource, world: World) -> Iterator[tuple[Range, Resource]]:
    token, names, named = _SERVER_RULES[target.type]
    for rule in world.of_types((token,)):
        if rule.text(names).lower() == target.text(named).lower():
            for range_ in _between(rule.text("startIpAddress"), rule.text("endIpAddress")):
                yield range_, rule


def _access_lists(world: World) -> list[Resource]:
    """Databricks' lists that allow, where they are switched on. They are taken to be those of the workspace that is
    asked: a program has one mostly, and a list shows its provider only."""
    switched_on = any(
        str(conf.value("customConfig.enableIpAccessLists")).lower() == "true"
        for conf in world.of_types((tokens.WORKSPACE_CONF,))
    )
    return [
        one
        for one in (world.of_types((_ACCESS_LIST,)) if switched_on else ())
        if one.text("listType") == "ALLOW" and one.value("enabled") is not False
    ]


def _listed(access_list: Resource) -> list[object]:
    found = access_list.value("ipAddresses")
    return found if isinstance(found, list) else []


def _between(first: str, last: str) -> Iterator[Range]:
    try:
        yield from ipaddress.summarize_address_range(
            ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
        )
    except (ValueError, TypeError):
        return


def _maps(target: Resource, path: str) -> list[Mapping[str, object]]:
    return target.items(path) if path else []
