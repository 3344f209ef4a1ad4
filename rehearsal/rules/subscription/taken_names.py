"""Names that are unique beyond their parent may belong to somebody else already."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription, TakenName
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    unique = UNIQUE_NAMES[resource.type]
    name = resource.text(unique.property)
    arm_type = str(resource.outputs.get("type", "")).lower()
    for taken in world.subscription.taken_names:
        if taken.name.lower() == name.lower() and taken.arm_type.lower() == arm_type:
            yield Violation(
                unique.property,
                f"'{name}' belongs to somebody else; names of this kind are unique {unique.scope}: choose another",
            )


def _case(name: str) -> Case:
    taken = TakenName("Microsoft.Storage/storageAccounts", name)
    known = Subscription(resource_groups=(GROUP_NAME,), taken_names=(taken,))
    return Case((declare(tokens.STORAGE_ACCOUNT),), known)


RULE = Rule(
    id="SUB003",
    service="Azure Resource Manager",
    title="global names are free (where --subscription says which are taken)",
    applies_to=tuple(sorted(UNIQUE_NAMES)),
    status=409,
    code="AlreadyExists",
    source="learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-reserved-resource-name, "
    "error-storage-account-name",
    check=_check,
    trips=_case("stmldev7k2ap"),
    passes=_case("stmldev7k2aq"),
)
