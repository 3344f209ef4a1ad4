"""A resource group is declared, named by a setting, or among those that the subscription is said to have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.arm_id_parsing import is_arm_id, resource_group_of
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MADE_BY_SERVICES = {
    tokens.DATABRICKS_WORKSPACE: "managedResourceGroupId",
    tokens.AKS: "nodeResourceGroup",
    "azure-native:synapse:Workspace": "managedResourceGroupName",
}
"""Groups that a service makes for a resource, and the input that names them."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if world.subscription.resource_groups:
        yield from groups_of_nobody(resource, world)


def groups_of_nobody(resource: Resource, world: World) -> Iterator[Violation]:
    """The resource's group, where the program does not declare it and nobody names it."""
    group = resource_group_of(resource.id)
    if not group or group in world.by_id or resource.id.lower() == group or resource.options.import_id:
        return
    if is_arm_id(resource.text("resourceGroupName")):
        return  # said to be an id where a name is wanted (GEN303)
    name = group.rpartition("/")[2]
    if name in world.looked_up_groups or holds_unknown(name):
        return
    if name not in _existing(world) and not _set(name, group, world):
        yield Violation(
            "resourceGroupName" if "resourceGroupName" in resource.inputs else "scope",
            f"no resource group '{name}' is declared, and no setting names one; pass the name of the group's resource, "
            "correct it, or list it in the file of --subscription",
        )


def _existing(world: World) -> set[str]:
    made = {
        resource.text(path).rpartition("/")[2].lower()
        for token, path in _MADE_BY_SERVICES.items()
        for resource in world.of_types((token,))
    }
    return made | {name.lower() for name in world.subscription.resource_groups}


def _set(name: str, group: str, world: World) -> bool:
    """Whether a setting is the group's name, or holds the id of something in it."""
    inside = re.compile(rf"{re.escape(group)}(?![\w().-])")
    return any(value.lower() == name or inside.search(value.lower()) for value in world.settings.values())


RULE = Rule(
    id="SUB002",
    service="Azure Resource Manager",
    title="resource groups that nothing declares are named by a setting, or are among those of --subscription",
    applies_to=tuple(sorted(token for token in CATALOGUE if token.startswith("azure-native:"))),
    status=404,
    code="ResourceGroupNotFound",
    source="learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-not-found",
    check=_check,
    trips=Case((declare(tokens.STORAGE_ACCOUNT, {"resourceGroupName": "rg-ml-dve"}),)),
    passes=Case(
        (
            declare(tokens.RESOURCE_GROUP, name="group"),
            declare(tokens.STORAGE_ACCOUNT, depends_on=("group",)),
        ),
        Subscription(resource_groups=("rg-hub",)),
    ),
)
