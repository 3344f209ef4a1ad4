"""Routes of a table, wherever they are declared, and the firewall that a subnet leaves through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens


def routes(table: Resource, world: World) -> list[tuple[str, Resource, Mapping[str, object]]]:
    """Every route of a table of this stack: the path in the resource that states it, that resource, its inputs."""
    found: list[tuple[str, Resource, Mapping[str, object]]] = [
        (f"routes[{index}].", table, route) for index, route in enumerate(table.items("routes"))
    ]
    found += [
        ("", route, route.plain_inputs)
        for route in world.of_types((tokens.ROUTE,))
        if route.id.lower().rpartition("/routes/")[0] == table.id.lower()
    ]
    return found


def default_routes(table: Resource, world: World) -> list[Mapping[str, object]]:
    """Its routes to everywhere."""
    return [route for _, _, route in routes(table, world) if route.get("addressPrefix") == DEFAULT_ROUTE]


def table_of(subnet: Resource, world: World) -> Resource | None:
    """The subnet's table, where it is of this stack."""
    table = world.find(subnet.text("routeTable.id"))
    return None if table is None or table.external else table


def rules_of_way_out(subnet: Resource, world: World) -> list[Mapping[str, object]] | None:
    """What lets the subnet's traffic out: every rule of the policies of this stack's firewalls, where the subnet leaves
    through one of them. None where it leaves by another way, or through a firewall that is not of this stack."""
    table = table_of(subnet, world)
    hops = {
        str(route.get("nextHopIpAddress"))
        for route in (default_routes(table, world) if table else ())
        if route.get("nextHopType") == APPLIANCE
    }
    groups = [
        group
        for firewall in world.of_types((tokens.FIREWALL,))
        if hops & set(_addresses(firewall))
        for group in world.of_types((tokens.FIREWALL_RULES,))
        if _policy_of(group) == firewall.text("firewallPolicy.id").lower()
    ]
    if not groups:
        return None
    return [rule for group in groups for rule in allowing(group)]


def has_parent_policy(world: World) -> bool:
    """Whether a firewall policy inherits rules from another one, which may be somebody else's."""
    return any(policy.value("basePolicy") for policy in world.of_types((tokens.FIREWALL_POLICY,)))


def allowing(group: Resource) -> Iterator[Mapping[str, object]]:
    """The rules of a group's collections that allow."""
    for collection in group.items("ruleCollections"):
        action = collection.get("action")
        rules = collection.get("rules")
        if not isinstance(action, Mapping) or action.get("type") != "Deny":
            yield from (
                rule for rule in (rules if isinstance(rules, list) else ()) if isinstance(rule, Mapping)
            )


def texts(rule: Mapping[str, object], key: str) -> list[str]:
    """A list of texts in a rule."""
    found = rule.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _policy_of(group: Resource) -> str:
    return group.id.lower().rpartition("/rulecollectiongroups/")[0]


def _addresses(firewall: Resource) -> Iterator[str]:
    answered = firewall.outputs.get("ipConfigurations")
    for item in answered if isinstance(answered, list) else ():
        if isinstance(item, Mapping):
            yield str(item.get("privateIPAddress"))
