"""What identities hold in Azure, by the file and by the program's own assignments, and whether that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from azure_facts.abac_conditions import Asked, ConditionError, parse_condition
from azure_facts.arm_id_parsing import arm_type_of, extended_by, is_arm_id
from azure_facts.linked_actions import EVENT_GRID, SUBSCRIBES, operation_of
from azure_facts.roles import BuiltInRole, Permission, Role, built_in_role, built_in_roles, permits
from rehearsal.authorisation.azure_needs import (
    ROLE_ASSIGNMENT,
    ROLE_DEFINITION,
    SUBSCRIPTION_OF_TOPIC,
    SYSTEM_TOPIC,
    AzureNeed,
)
from rehearsal.authorisation.denial import AUTHORIZATION_FAILED, LINKED_AUTHORIZATION_FAILED, Denial
from rehearsal.authorisation.model import HeldRole, Identity
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.cloud.catalogue.deletions import LOCK_SOURCE, LOCK_TYPES

_SPREADS = "github.com Azure/azure-rest-api-specs#9467 (role assignments answer 201 before they are in place)"


@dataclass(frozen=True)
class DefinedRole:
    """A custom role of the program."""

    name: str
    permissions: tuple[Permission, ...]
    urn: str


@dataclass
class AzureRights:
    """`granted`: object id -> roles that the program assigned; `fresh` are those of the current act."""

    granted: dict[str, list[HeldRole]] = field(default_factory=dict)
    fresh: dict[str, list[HeldRole]] = field(default_factory=dict)
    defined: dict[str, DefinedRole] = field(default_factory=dict)
    locked: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """System topic -> what publishes to it."""

    def copy(self) -> AzureRights:
        """The rights before another act: what was granted has spread by then."""
        granted = {who: list(held) for who, held in self.granted.items()}
        for who, held in self.fresh.items():
            granted.setdefault(who, []).extend(held)
        return AzureRights(granted, {}, dict(self.defined), dict(self.locked), dict(self.sources))

    def learn(self, sent: Sent) -> None:
        """A role that was defined or assigned, a lock that was set."""
        if sent.type == ROLE_DEFINITION:
            guid = sent.id.rpartition("/")[2].lower()
            permissions = sent.inputs.get("permissions")
            self.defined[guid] = DefinedRole(
                sent.text("roleName"),
                tuple(_permission(one) for one in permissions if isinstance(one, dict))
                if isinstance(permissions, list)
                else (),
                sent.urn,
            )
        elif sent.type == ROLE_ASSIGNMENT and sent.text("principalId"):
            self.fresh.setdefault(sent.text("principalId").lower(), []).append(self._assigned(sent))
        elif sent.type in LOCK_TYPES:
            self.locked[sent.id.lower()] = sent.text("level")
        elif sent.type == SYSTEM_TOPIC:
            self.sources[sent.id.lower()] = sent.text("source")

    def forget(self, sent: Sent) -> None:
        """A lock that was taken off. Roles that go are no longer looked at: who destroys holds his own."""
        self.locked.pop(sent.id.lower(), None)

    def lock_over(self, sent: Sent) -> str:
        """The lock that keeps a resource from being deleted; empty for none."""
        if sent.type in LOCK_TYPES:
            return ""
        here = sent.id.lower()
        for lock in self.locked:
            scope = extended_by(lock)
            if here == scope or here.startswith(f"{scope}/"):
                return lock
        return ""

    def source_needs(self, sent: Sent, verb: Verb) -> Iterator[AzureNeed]:
        """What a subscription to a system topic asks for on what publishes there, which it does not name itself."""
        source = self.sources.get(sent.id.lower().rpartition("/eventsubscriptions/")[0], "")
        if sent.type == SUBSCRIPTION_OF_TOPIC and verb in (Verb.CREATE, Verb.UPDATE) and is_arm_id(source):
            yield AzureNeed(SUBSCRIBES, source, EVENT_GRID, linked=True)

    def holds(self, identity: Identity, roles: tuple[str, ...], scope: str) -> bool:
        """Whether it has one of the roles, by name, on the scope or above it."""
        given = [*self.granted.get(identity.object_id, ()), *self.fresh.get(identity.object_id, ())]
        held = (*identity.azure, *(given if identity.object_id else ()))
        return any(one.role in roles and _within(one.scope.lower(), scope.lower()) for one in held)

    def held_by(self, object_id: str) -> tuple[HeldRole, ...]:
        """The roles that the program gives a principal."""
        return (*self.granted.get(object_id, ()), *self.fresh.get(object_id, ()))

    def allowing(self, object_id: str, need: AzureNeed) -> list[HeldRole]:
        """Those that allow the operation there."""
        return [one for one in self.held_by(object_id) if _covers(one, need) and _judged(one, need)]

    def conditioned(self, object_id: str, need: AzureNeed) -> list[HeldRole]:
        """Those that would allow it, were it not for their conditions."""
        return [one for one in self.held_by(object_id) if _covers(one, need) and not _judged(one, need)]

    def unjudged(self, object_id: str, scope: str) -> list[HeldRole]:
        """Those of which nobody knows what they allow: roles that neither the program nor any table defines."""
        return [
            one
            for one in self.held_by(object_id)
            if not one.permissions and _within(one.scope.lower(), scope.lower())
        ]

    def lacking(self, identity: Identity, need: AzureNeed, sent: Sent) -> Denial | None:
        """Why the identity may not, None where it may. A denial that only `warned` is let through in the end."""
        held = (
            [*identity.azure, *self.granted.get(identity.object_id, ())]
            if identity.object_id
            else identity.azure
        )
        allowing = [one for one in held if _covers(one, need)]
        if any(_judged(one, need) for one in allowing):
            return None
        fresh = self.fresh.get(identity.object_id, ()) if identity.object_id else ()
        if any(_covers(one, need) and _judged(one, need) for one in fresh):
            return None if sent.repeats else self._spreading(identity, need, sent)
        unknown = [
            one
            for one in (*held, *fresh)
            if not one.permissions and _within(one.scope.lower(), need.scope.lower())
        ]
        denial = self._denial(identity, need, sent, allowing)
        if not unknown:
            return denial
        return replace(
            denial, right=f"{denial.right}; {unknown[0].role} is in no table of roles, and may give it"
        )

    def _assigned(self, sent: Sent) -> HeldRole:
        role = sent.text("roleDefinitionId").rpartition("/")[2].lower()
        own = self.defined.get(role)
        name, permissions = (own.name, own.permissions) if own else ("", ())
        known = built_in_roles().get(role)
        if known is not None:
            name, permissions = known.name, known.permissions
        try:
            judge = parse_condition(sent.text("condition")) if sent.text("condition") else None
        except ConditionError:
            permissions, judge = (), None  # what cannot be read lets nothing through
        return HeldRole(
            name or f"role {role}",
            sent.text("scope").rstrip("/"),
            permissions,
            judge,
            urns=(sent.urn, own.urn) if own else (sent.urn,),
        )

    def _denial(self, identity: Identity, need: AzureNeed, sent: Sent, conditioned: list[HeldRole]) -> Denial:
        message = _worded(identity, need, sent)
        return Denial(
            sent.urn,
            "AUT302" if conditioned else "AUT301" if need.linked else "AUT300",
            message,
            *self._remedy(need, sent, conditioned),
            code=LINKED_AUTHORIZATION_FAILED if need.linked else AUTHORIZATION_FAILED,
            source=str(need.source),
        )

    def _remedy(self, need: AzureNeed, sent: Sent, conditioned: list[HeldRole]) -> tuple[str, str]:
        if conditioned:
            role = sent.text("roleDefinitionId").rpartition("/")[2].lower()
            known = built_in_roles().get(role)
            own = self.defined.get(role)
            name = known.name if known else own.name if own else "a role of the program"
            return f"the condition of {conditioned[0].role}, were it to list {name} ({role})", ""
        return f"{need.operation}{_hint(need.operation, data=need.data)}", need.scope

    def _spreading(self, identity: Identity, need: AzureNeed, sent: Sent) -> Denial:
        denial = self._denial(identity, need, sent, [])
        return replace(
            denial,
            rule="AUT303",
            right=f"waiting: the program itself grants {need.operation}, and a grant takes minutes to spread; add an "
            "error hook that sends it again",
            scope="",
            source=_SPREADS,
            warned=True,
        )


def _worded(identity: Identity, need: AzureNeed, sent: Sent) -> str:
    """As Azure's front door says it."""
    who = f"The client '{identity.name}' with object id '{identity.object_id or identity.name}'"
    if not need.linked:
        return (
            f"{who} does not have authorization to perform action '{need.operation}' over scope '{need.scope}' or the "
            "scope is invalid."
        )
    own = operation_of(arm_type_of(sent.id), "write")
    return (
        f"{who} has permission to perform action '{own}' on scope '{sent.id}'; however, it does not have permission to "
        f"perform action '{need.operation}' on the linked scope(s) '{need.scope}' or the linked scope(s) are invalid."
    )


def locked_denial(sent: Sent, lock: str) -> Denial:
    """A deletion that a lock forbids."""
    return Denial(
        sent.urn,
        "AUT304",
        f"The scope '{sent.id}' cannot perform delete operation because following scope(s) are locked: "
        f"'{extended_by(lock)}'.",
        f"Microsoft.Authorization/locks/delete{_hint('Microsoft.Authorization/locks/delete')}",
        lock,
        code="ScopeLocked",
        status=409,
        source=LOCK_SOURCE,
    )


def _covers(held: HeldRole, need: AzureNeed) -> bool:
    return _within(held.scope.lower(), need.scope.lower()) and any(
        _permits(one, need.operation, need.data) for one in held.permissions
    )


@cache
def _permits(permission: Permission, operation: str, data: bool) -> bool:  # noqa: FBT001 - a key of the cache
    return permission.permits(operation, data=data)


def _within(scope: str, resource: str) -> bool:
    return scope in ("", "/") or resource == scope or resource.startswith(f"{scope}/")


def _judged(held: HeldRole, need: AzureNeed) -> bool:
    return held.judge is None or held.judge(Asked(need.operation, need.attributes))


def _hint(operation: str, *, data: bool = False) -> str:
    role = least_role(operation, data=data)
    return f" ({role} has it)" if role else ""


@cache
def least_role(operation: str, *others: str, data: bool = False) -> str:
    """The well-known built-in role that has the operation, the `others` too, and the least besides; empty where none
    has."""
    roles = [built_in_role(name) for name in Role]
    wanted = (operation, *others)
    fitting = [role for role in roles if all(permits(role, one, data=data) for one in wanted)]
    return min(fitting, key=lambda role: _breadth(role, operation, data=data)).name if fitting else ""


def _breadth(role: BuiltInRole, operation: str, *, data: bool) -> tuple[int, int, int]:
    """By the pattern that gives the operation, `Microsoft.Network/*` wider than `Microsoft.Network/privateDnsZones/*`,
    then by how much else there is."""
    given = [one for entry in role.permissions for one in (entry.data_actions if data else entry.actions)]
    fitting = [Permission(data_actions=(one,)) if data else Permission((one,)) for one in given]
    depth = max(
        one.count("/") + ("*" not in one)
        for one, alone in zip(given, fitting, strict=True)
        if alone.permits(operation, data=data)
    )
    taken = sum(len(entry.not_actions) + len(entry.not_data_actions) for entry in role.permissions)
    return (-depth, sum("*" in one for one in given), len(given) - taken)


def _permission(entry: dict[str, object]) -> Permission:
    def texts(key: str) -> Iterator[str]:
        found = entry.get(key)
        return (one for one in found if isinstance(one, str)) if isinstance(found, list) else iter(())

    return Permission(
        tuple(texts("actions")),
        tuple(texts("notActions")),
        tuple(texts("dataActions")),
        tuple(texts("notDataActions")),
    )
