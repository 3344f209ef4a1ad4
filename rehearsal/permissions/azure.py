"""What Azure's role assignments give, those of a program alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from azure_facts.action_tables.action import Operation, Where
from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.source import Source
from rehearsal.authorisation.azure_needs import ROLE_ASSIGNMENT, ROLE_DEFINITION, AzureNeed
from rehearsal.authorisation.azure_rights import AzureRights, least_role
from rehearsal.authorisation.sent import Sent
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.world import World
from rehearsal.permissions.model import Right, every, given, lacking, unsure
from rehearsal.permissions.principals import Principal

_CONTAINER = "/blobservices/default/containers/"
_CONTAINER_NAME = "microsoft.storage/storageaccounts/blobservices/containers:name"
_ELIGIBILITY = "azure-native:authorization:PimRoleEligibilitySchedule"
_MANAGEMENT_GROUPS = "/microsoft.management/managementgroups/"
_RESOURCE_GROUP = 2
_RESOURCE = 3
"""Levels of an ARM id."""


@dataclass(frozen=True)
class AzureRoles:
    """The roles that a program assigns, and those that it lets people activate."""

    world: World
    rights: AzureRights
    eligible: AzureRights

    @classmethod
    def of(cls, world: World) -> AzureRoles:
        """Definitions are read first, since assignments name them."""
        rights, eligible = AzureRights(), AzureRights()
        for resource in world.of_types((ROLE_DEFINITION, ROLE_ASSIGNMENT)):
            rights.learn(Sent(resource.urn, resource.type, resource.id, resource.plain_inputs))
        eligible.defined = rights.defined
        for resource in world.of_types((_ELIGIBILITY,)):
            eligible.learn(Sent(resource.urn, ROLE_ASSIGNMENT, resource.id, resource.plain_inputs))
        return cls(world, rights, eligible)

    def right(
        self, who: Principal, operations: tuple[Operation, ...], on: str, source: Source | str
    ) -> Right:
        """All of several operations on an object, by ARM id."""
        return every(self._operation(who, one, operations, on, source) for one in operations)

    def _operation(
        self,
        who: Principal,
        operation: Operation,
        together: tuple[Operation, ...],
        on: str,
        source: Source | str,
    ) -> Right:
        scope = scope_of(on, operation.at)
        name = operation.name.replace("{type}", arm_type_of(scope))
        need = AzureNeed(name, scope, source, data=operation.data, attributes=_attributes(scope))
        if not who.object_ids:
            return unsure(f"{name} on {scope}: the party's object id is not known", source)
        allowing = [one for object_id in who.object_ids for one in self.rights.allowing(object_id, need)]
        if allowing:
            # Of several roles that give it, the reader is told of one; without it another may still do.
            held = min(allowing, key=lambda one: (len(one.urns), -len(one.scope), one.role))
            return given((str(held),), held.urns, source)
        missing = _missing(name, scope, _beside(operation, together, scope), data=operation.data)
        if (possible := self._possible(who, need)) is not None:
            return unsure(f"{missing}; {possible}", source)
        for object_id in who.object_ids:
            for one in self.rights.conditioned(object_id, need):
                missing = f"{missing}; {one.role} has a condition that leaves it out"
                return (
                    lacking(missing, source, one.urns)
                    if need.attributes
                    else unsure(missing, source, one.urns)
                )
            for one in self.rights.unjudged(object_id, scope):
                return unsure(f"{missing}; {one.role} is in no table of roles, and may give it", source)
        if self._is_outside(scope):
            return unsure(f"{missing}, which the program does not declare", source)
        return lacking(missing, source)

    def _possible(self, who: Principal, need: AzureNeed) -> str | None:
        """Why it may be allowed all the same; None where the program shows nothing."""
        for object_id in who.object_ids:
            if holds_unknown(object_id):
                return "who that is, another stack or a service says"
            for held in self.rights.held_by(object_id):
                there = replace(need, scope=held.scope)
                above = _MANAGEMENT_GROUPS in held.scope.lower()
                if above and held in self.rights.allowing(object_id, there):
                    return f"{held.role} is held on {held.scope}, where the subscription may lie"
            for held in self.eligible.allowing(object_id, need):
                return f"{held.role} is there to be activated"
        return None

    def _is_outside(self, scope: str) -> bool:
        """Whether nothing of the program's own is the scope or contains it."""
        found = (self.world.find(level) for level in levels(scope)[1:])
        return all(resource is None or resource.external for resource in found)


def scope_of(on: str, at: Where) -> str:
    """The resource on which Azure asks for an operation. Case is kept."""
    passed = levels(on)
    wanted = {Where.OBJECT: len(passed), Where.RESOURCE: _RESOURCE, Where.RESOURCE_GROUP: _RESOURCE_GROUP}[at]
    return on[: len(passed[min(wanted, len(passed)) - 1])]


def _beside(operation: Operation, together: tuple[Operation, ...], scope: str) -> tuple[str, ...]:
    """What else is needed on the same scope: a role that has the operation alone would not do."""
    kind = arm_type_of(scope)
    return tuple(
        one.name.replace("{type}", kind)
        for one in together
        if one != operation and (one.at, one.data) == (operation.at, operation.data)
    )


def _missing(name: str, scope: str, beside: tuple[str, ...], *, data: bool) -> str:
    role = least_role(name, *beside, data=data)
    return f"{name} on {scope}" + (f" ({role} has it)" if role else "")


def _attributes(scope: str) -> Mapping[str, tuple[str, ...]]:
    """What conditions of storage roles ask about; the rest nobody knows. Who asks for blobs of an account asks for some
    container of it, not for the one that a condition names."""
    lowered = scope.lower()
    start = lowered.find(_CONTAINER)
    if start < 0:
        return {_CONTAINER_NAME: ("*",)} if "/storageaccounts/" in lowered else {}
    return {_CONTAINER_NAME: (scope[start + len(_CONTAINER) :].partition("/")[0],)}
