"""The access lists that a program declares in Databricks, entry by entry, each with the resource that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from azure_facts.databricks_service_principals import application_of
from rehearsal.authorisation.databricks_names import permitted_on
from rehearsal.authorisation.sent import Sent
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_PREFIX = "databricks:index/"
_ASSIGNMENT = f"{_PREFIX}permissionAssignment:PermissionAssignment"
_ACCOUNT_ASSIGNMENT = f"{_PREFIX}mwsPermissionAssignment:MwsPermissionAssignment"
_SERVICE_PRINCIPAL = f"{_PREFIX}servicePrincipal:ServicePrincipal"
_GROUP = f"{_PREFIX}group:Group"
_GROUP_MEMBER = f"{_PREFIX}groupMember:GroupMember"
_USER = f"{_PREFIX}user:User"
_ENTITLEMENTS = f"{_PREFIX}entitlements:Entitlements"
_PERMISSIONS = f"{_PREFIX}permissions:Permissions"
_SECRET_ACL = f"{_PREFIX}secretAcl:SecretAcl"
_RULE_SET = f"{_PREFIX}accessControlRuleSet:AccessControlRuleSet"

_NAMES = ("groupName", "servicePrincipalName", "userName", "displayName")
_ENTITLED = ("groupId", "servicePrincipalId", "userId")
_LISTED = ("groupName", "servicePrincipalName", "userName")

ENTITLEMENTS: Mapping[str, str] = {
    "workspace_access": "workspaceAccess",
    "databricks_sql_access": "databricksSqlAccess",
    "workspace_consume": "workspaceConsume",
    "allow_cluster_create": "allowClusterCreate",
    "allow_instance_pool_create": "allowInstancePoolCreate",
}
"""Argument of the provider -> property of a program (terraform-provider-databricks docs/resources/entitlements.md)."""


@dataclass(frozen=True)
class Entry:
    """One line of a list: who is given what, on what, by which resource."""

    who: str
    what: str
    on: str
    urn: str


@dataclass(frozen=True)
class DeclaredInDatabricks:
    """The lists of one program. Workspaces are not kept apart: a program has one, or objects that do not meet."""

    world: World

    @cached_property
    def names(self) -> Mapping[str, str]:
        """A principal's number, as other resources refer to it -> by which name lists know it."""
        found: dict[str, str] = {}
        for resource in self.world.of_types((_ASSIGNMENT, _SERVICE_PRINCIPAL, _GROUP, _USER)):
            name = _application(resource) or next(
                (text for key in _NAMES if (text := resource.text(key))), ""
            )
            if name:
                found[resource.id] = name
        return found

    @cached_property
    def members(self) -> tuple[Entry, ...]:
        """USER or ADMIN of the workspace. Who is made through a workspace's provider is a member."""
        return tuple(self._members())

    def _members(self) -> Iterator[Entry]:
        for resource in self.world.of_types((_ASSIGNMENT, _ACCOUNT_ASSIGNMENT)):
            number = str(resource.value("principalId") or "")
            who = self.names.get(resource.id) or self.names.get(number, number)
            for level in _texts(resource, "permissions"):
                yield Entry(who, level, "", resource.urn)
        for resource in self.world.of_types((_SERVICE_PRINCIPAL, _GROUP, _USER)):
            yield Entry(self.names.get(resource.id, ""), "USER", "", resource.urn)

    @cached_property
    def groups(self) -> tuple[Entry, ...]:
        """Who is in which group of the program."""
        return tuple(
            Entry(
                self.names.get(resource.text("memberId"), resource.text("memberId")),
                "member",
                self.names.get(resource.text("groupId"), resource.text("groupId")),
                resource.urn,
            )
            for resource in self.world.of_types((_GROUP_MEMBER,))
        )

    @cached_property
    def entitlements(self) -> tuple[Entry, ...]:
        """By the provider's argument. Groups and service principals may carry their own."""
        return tuple(self._entitlements())

    def _entitlements(self) -> Iterator[Entry]:
        for resource in self.world.of_types((_ENTITLEMENTS, _SERVICE_PRINCIPAL, _GROUP, _USER)):
            number = next((text for key in _ENTITLED if (text := resource.text(key))), resource.id)
            for argument, key in ENTITLEMENTS.items():
                if resource.value(key) is True:
                    yield Entry(self.names.get(number, number), argument, "", resource.urn)

    @cached_property
    def permissions(self) -> Mapping[str, tuple[Entry, ...]]:
        """Levels on objects, by the id or path that the list names."""
        found: dict[str, list[Entry]] = {}
        for entry in (*self._levels(), *self._secret_lists()):
            found.setdefault(entry.on, []).append(entry)
        return {on: tuple(entries) for on, entries in found.items()}

    def _levels(self) -> Iterator[Entry]:
        for resource in self.world.of_types((_PERMISSIONS,)):
            on = permitted_on(Sent(resource.urn, resource.type, resource.id, resource.plain_inputs))
            for one in resource.items("accessControls"):
                who = next((str(one[key]) for key in _LISTED if one.get(key)), "")
                yield Entry(who, str(one.get("permissionLevel")), on, resource.urn)

    def _secret_lists(self) -> Iterator[Entry]:
        for resource in self.world.of_types((_SECRET_ACL,)):
            on = f"secret scope {resource.text('scope')}"
            yield Entry(resource.text("principal"), resource.text("permission"), on, resource.urn)

    @cached_property
    def roles(self) -> tuple[Entry, ...]:
        """Roles on service principals, `on` by application id."""
        return tuple(self._roles())

    def _roles(self) -> Iterator[Entry]:
        for resource in self.world.of_types((_RULE_SET,)):
            application = application_of(resource.text("name"))
            for rule in resource.items("grantRules") if application else ():
                principals = rule.get("principals")
                for one in principals if isinstance(principals, list) else ():
                    who = str(one).partition("/")[2]
                    yield Entry(who, str(rule.get("role")), application or "", resource.urn)


def _application(resource: Resource) -> str:
    """Of a service principal; an application that Databricks makes itself has an id in the outputs alone."""
    found = resource.outputs.get("applicationId")
    return resource.text("applicationId") or (found if isinstance(found, str) else "")


def _texts(resource: Resource, key: str) -> list[str]:
    found = resource.value(key)
    return [str(one) for one in found] if isinstance(found, list) else []
