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
from rehearsal.model.values import has_unknown
from rehearsal.model.world import World
from rehearsal.reachability.firewalls import FIREWALLS, RULE_SETS, SERVER_RULES, Firewall
from rehearsal.reachability.model import Road, Verdict, best, ends, leads, unsure
from rehearsal.reachability.parts import Range, id_under, ranges
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


_ACCESS_LIST = "databricks:index/ipAccessList:IpAccessList"

_AZURE = ipaddress.IPv4Network("0.0.0.0/32")
"""A rule from 0.0.0.0 to 0.0.0.0 lets in every caller from Azure."""


def admits(target: Resource, caller: Caller, world: World) -> Road:
    """Whether the public endpoint of a resource answers a caller."""
    firewall = FIREWALLS.get(target.type)
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


def _as_anybody(target: Resource, firewall: Firewall, caller: Caller, world: World) -> Road:
    access = target.text(firewall.access).lower()
    if access == "disabled":
        return ends(f"the public endpoint of {target.name} is closed ({firewall.access})", target.urn)
    if access not in ("", "enabled"):
        what = f"whom {target.name} lets in is not declared here ({firewall.access} is {access})"
        return unsure(what, target.urn)
    if target.type in SERVER_RULES:
        return _by_server_rules(target, caller, world)
    if target.type == tokens.DATABRICKS_WORKSPACE and (lists := _access_lists(world)):
        admitted = [range_ for one in lists for range_ in ranges(_listed(one))]
        hidden = any(has_unknown(_listed(one)) for one in lists)
        return _by_ranges(target, caller, admitted, *(one.urn for one in lists), hidden=hidden)
    if any(target.value(path) for path in firewall.restricted) or _has_rule_set(target, world):
        return unsure(
            f"whether the firewall of {target.name} lets {caller.name} in is not judged", target.urn
        )
    if not firewall.action or target.text(firewall.action).lower() != "deny":
        return leads(f"the public endpoint of {target.name} is open to everybody", target.urn)
    subnets = {id_under({"id": rule.get(firewall.subnet)}) for rule in _maps(target, firewall.subnets)}
    if subnets & set(caller.subnets):
        return leads(f"the firewall of {target.name} lets the subnet in", target.urn)
    stated = [path for path in (firewall.addresses, firewall.subnets) if path]
    hidden = any(target.is_unknown(path) or has_unknown(target.value(path)) for path in stated)
    return _by_ranges(target, caller, list(_addresses(target, firewall)), hidden=hidden)


def _has_rule_set(target: Resource, world: World) -> bool:
    token = RULE_SETS.get(target.type)
    beside = world.of_types((token,)) if token else ()
    return any(one.id.lower().startswith(f"{target.id.lower()}/") for one in beside)


def _as_service(target: Resource, firewall: Firewall, caller: Caller) -> Road | None:
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


def _by_server_rules(target: Resource, caller: Caller, world: World) -> Road:
    kind = SERVER_RULES[target.type]
    for rule in _beside(target, kind.subnets, kind.server, world):
        if rule.text(kind.subnet).lower() in caller.subnets:
            return leads(f"the firewall of {target.name} lets the subnet in", target.urn, rule.urn)
    stated = list(_beside(target, kind.addresses, kind.server, world))
    admitted = [(range_, rule) for rule in stated for range_ in _between(rule)]
    for range_, rule in admitted:
        if caller.azure and range_ == _AZURE:
            return leads(f"the firewall of {target.name} lets Azure's services in", target.urn, rule.urn)
    others = [range_ for range_, _ in admitted if range_ != _AZURE]
    urns = dict.fromkeys(rule.urn for _, rule in admitted)
    return _by_ranges(
        target, caller, others, *urns, hidden=any(has_unknown(rule.plain_inputs) for rule in stated)
    )


def _by_ranges(
    target: Resource, caller: Caller, admitted: list[Range], *rules: str, hidden: bool = False
) -> Road:
    """`rules` are the URNs of what states the ranges beside the target; `hidden`: others are known to the service
    alone."""
    if any(one.prefixlen == 0 for one in admitted):
        return leads(f"the firewall of {target.name} lets everybody in", target.urn, *rules)
    seen = ranges(caller.addresses)
    outside = [one for one in seen if not any(one.subnet_of(other) for other in admitted)]
    if seen and not outside:
        return leads(f"the firewall of {target.name} lets {caller.name} in by address", target.urn, *rules)
    if hidden:
        return unsure(f"what the firewall of {target.name} lets in is known to the service alone", target.urn)
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


def _addresses(target: Resource, firewall: Firewall) -> Iterator[Range]:
    for rule in _maps(target, firewall.addresses):
        yield from ranges([rule.get(firewall.rule)])


def _beside(target: Resource, token: str, named: str, world: World) -> Iterator[Resource]:
    """The resources of a type that belong to the target, by its name."""
    of_type = world.of_types((token,)) if token else ()
    return (one for one in of_type if one.text(named).lower() == target.text(named).lower())


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


def _between(rule: Resource) -> Iterator[Range]:
    """What lies between the first and the last address of a rule."""
    try:
        yield from ipaddress.summarize_address_range(
            ipaddress.IPv4Address(rule.text("startIpAddress")),
            ipaddress.IPv4Address(rule.text("endIpAddress")),
        )
    except (ValueError, TypeError):
        return


def _maps(target: Resource, path: str) -> list[Mapping[str, object]]:
    return target.items(path) if path else []
