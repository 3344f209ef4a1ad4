"""A firewall, its network and its public address lie in one resource group."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.azure_firewall import WHERE_SOURCE
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.network.firewall_examples import firewall
from rehearsal.rules.rule import Case, Rule, Violation

_OTHER_GROUP = "rg-addresses"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    own = resource.text("resourceGroupName")
    for index, configuration in enumerate(resource.items("ipConfigurations")):
        for part in ("subnet", "publicIPAddress"):
            reference = configuration.get(part)
            text = reference.get("id") if isinstance(reference, dict) else None
            group = _group(text) if isinstance(text, str) else None
            if group is not None and own and group.lower() != own.lower():
                yield Violation(
                    f"ipConfigurations[{index}].{part}",
                    f"lies in {group}, and the firewall in {own}; use one group",
                )


def _group(arm_id: str) -> str | None:
    try:
        return parse_arm_id(arm_id).resource_group
    except ArmIdError:
        return None


RULE = Rule(
    id="NET311",
    service="Azure Firewall",
    title="a firewall, its network and its public address lie in one resource group",
    applies_to=(tokens.FIREWALL,),
    status=400,
    code="",
    source=str(WHERE_SOURCE),
    check=_check,
    trips=Case(
        firewall(group=_OTHER_GROUP), subscription=Subscription(resource_groups=(GROUP_NAME, _OTHER_GROUP))
    ),
    passes=Case(firewall()),
)
