"""A firewall lies in a subnet of one name, wide enough to grow in."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.azure_firewall import FIREWALL_PREFIX, FIREWALL_SUBNET, SUBNET_SOURCE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.network.firewall_examples import firewall
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for index, configuration in enumerate(resource.items("ipConfigurations")):
        path = f"ipConfigurations[{index}].subnet"
        subnet_id = configuration.get("subnet")
        text = subnet_id.get("id") if isinstance(subnet_id, dict) else None
        if not isinstance(text, str):
            continue
        try:
            name = parse_arm_id(text).name
        except ArmIdError:
            continue
        if name.lower() != FIREWALL_SUBNET.lower():
            yield Violation(path, f"is {name}; a firewall lies in a subnet named {FIREWALL_SUBNET}")
        subnet = world.find(text)
        length = subnet.text("addressPrefix").rpartition("/")[2] if subnet else ""
        if subnet and length.isdigit() and int(length) > FIREWALL_PREFIX:
            yield Violation(path, f"{subnet.urn} is a /{length}; give a /{FIREWALL_PREFIX} or wider")


RULE = Rule(
    id="NET310",
    service="Azure Firewall",
    title=f"a firewall lies in {FIREWALL_SUBNET}, a /{FIREWALL_PREFIX} or wider",
    applies_to=(tokens.FIREWALL,),
    status=400,
    code="",
    source=str(SUBNET_SOURCE),
    check=_check,
    trips=Case(firewall(subnet={"addressPrefix": "10.20.30.0/27"})),
    passes=Case(firewall()),
)
