"""What Databricks gives a party: membership, entitlements, permissions on objects, roles on service principals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from azure_facts.action_tables.action import Action, Operation
from azure_facts.databricks_groups import ADMIN_OPERATION, ADMIN_OPERATION_SOURCE, EVERYBODY
from azure_facts.databricks_permissions import PERMISSION_LEVELS, PermissionObject
from rehearsal.permissions.azure import AzureRoles
from rehearsal.permissions.databricks_declared import DeclaredInDatabricks, Entry
from rehearsal.permissions.model import Right, either, every, given, lacking, unsure
from rehearsal.permissions.principals import Principal
from rehearsal.permissions.unity_catalog import UnityCatalog
from rehearsal.promises.databricks_objects import DatabricksObject, names_above, objects_of
from rehearsal.reachability.model import Verdict

_MEMBERS = "users"
"""The workspace's group of all its members."""
_ROLES = "roles/"
_ON_PRINCIPAL = "servicePrincipal."
_NUMBERS = ("objectId", "servingEndpointId")
"""Outputs by which lists name an object, beside its id."""
_OF_MAKERS = ("CAN_MANAGE", "IS_OWNER", "MANAGE")
_SECRETS = ("READ", "WRITE", "MANAGE")
_WAREHOUSE = ("CAN_VIEW", "CAN_USE", "CAN_MONITOR", "CAN_MANAGE", "IS_OWNER")
"""Weakest first: who may only view a warehouse runs no query on it (learn.microsoft.com
azure/databricks/security/auth-authz/access-control, SQL warehouse ACLs, read 2026-11-30)."""
_OBJECTS = {
    "cluster": PermissionObject.CLUSTER,
    "cluster-policy": PermissionObject.CLUSTER_POLICY,
    "pool": PermissionObject.POOL,
    "job": PermissionObject.JOB,
    "experiment": PermissionObject.EXPERIMENT,
    "directory": PermissionObject.DIRECTORY,
    "serving-endpoint": PermissionObject.SERVING_ENDPOINT,
}


@dataclass(frozen=True)
class DatabricksAccess:
    """The workspaces of one program."""

    declared: DeclaredInDatabricks
    azure: AzureRoles
    catalog: UnityCatalog

    def right(self, who: Principal, action: Action, named: DatabricksObject) -> Right:
        """What the action takes in Databricks: a level, an entitlement or privileges."""
        if not who.name:
            return unsure("the name by which Databricks knows the party is not said", action.source)
        names = self._names(who)
        if action.level.startswith(_ON_PRINCIPAL):
            return self._role(names, action, named)
        admin = self._admin(who, names, named.workspace)
        member = either((self._member(names, action), admin))
        if action.privileges:
            return every((member, self.catalog.right(names, action.privileges, named, action.source)))
        if action.level == "USER":
            return member
        if action.level == "ADMIN" or action.entitlement == "admin":
            return admin
        own = self._entitled(names, action) if action.entitlement else self._level(who, names, action, named)
        return either((every((member, own)), admin))

    def _names(self, who: Principal) -> frozenset[str]:
        """Its own, those of its groups, and that of the group of everybody."""
        groups = {entry.on for entry in self.declared.groups if entry.who == who.name}
        return frozenset({who.name, *groups, EVERYBODY})

    def _member(self, names: frozenset[str], action: Action) -> Right:
        for entry in self.declared.members:
            if entry.who in names:
                return given(("member of the workspace",), (entry.urn,), action.source)
        missing = "membership of the workspace (a permission assignment)"
        if not self.declared.members:
            return unsure(f"{missing}; the program assigns nobody", action.source)
        return lacking(missing, action.source)

    def _admin(self, who: Principal, names: frozenset[str], workspace: str) -> Right:
        """By the program, or by a role in Azure on the workspace."""
        for entry in self.declared.members:
            if entry.who in names and entry.what == "ADMIN":
                return given(("admin of the workspace",), (entry.urn,), ADMIN_OPERATION_SOURCE)
        by_role = self.azure.right(who, (Operation(ADMIN_OPERATION),), workspace, ADMIN_OPERATION_SOURCE)
        if by_role.verdict is Verdict.OPEN:
            held = f"{by_role.held[0]}, which makes an admin of the workspace"
            if who.alone:
                return given((held,), by_role.urns, ADMIN_OPERATION_SOURCE)
            # Each of a group's people by himself, when he first opens the workspace from Azure's portal.
            return unsure(f"to have opened it once with {held}", ADMIN_OPERATION_SOURCE, by_role.urns)
        return lacking("to be an admin of the workspace", ADMIN_OPERATION_SOURCE)

    def _entitled(self, names: frozenset[str], action: Action) -> Right:
        """Who may open the workspace or its SQL sees shared dashboards there besides."""
        wanted = {action.entitlement}
        if action.entitlement == "workspace_consume":
            wanted |= {"workspace_access", "databricks_sql_access"}
        for entry in self.declared.entitlements:
            if entry.who in names and entry.what in wanted:
                return given((f"the entitlement {entry.what}",), (entry.urn,), action.source)
        return lacking(f"the entitlement {action.entitlement}", action.source)

    def _level(self, who: Principal, names: frozenset[str], action: Action, named: DatabricksObject) -> Right:
        enough = _enough(named.kind, action.level)
        for entry in self._listed(named):
            if entry.what in enough and (entry.who in names or entry.who == _MEMBERS):
                return given((f"{entry.what} on {named}",), (entry.urn,), action.source)
        missing = f"{action.level} on {named}"
        if who.alone and action.level in _OF_MAKERS:
            # The deploying identity is not stated; it manages the objects that it creates.
            return unsure(f"{missing}, which who makes it has", action.source)
        return lacking(missing, action.source)

    def _listed(self, named: DatabricksObject) -> Iterator[Entry]:
        """The lines of the object's own list, and of the folders that it lies in."""
        if named.kind == "secret-scope":
            yield from self.declared.permissions.get(f"secret scope {named.name}", ())
            return
        for key in self._keys(named.kind, named.name):
            yield from self.declared.permissions.get(key, ())
        for kind, name in names_above(named.name) if named.name.startswith("/") else ():
            for key in self._keys(kind, name):
                yield from self.declared.permissions.get(key, ())

    def _keys(self, kind: str, name: str) -> Iterable[str]:
        """By which lists name an object."""
        declared = objects_of(self.declared.world, kind).get(name, ())
        numbers = (resource.outputs.get(key) for resource in declared for key in _NUMBERS)
        ids = (*(resource.id for resource in declared), *(one for one in numbers if isinstance(one, str)))
        return dict.fromkeys((*ids, name) if name.startswith("/") else ids)

    def _role(self, names: frozenset[str], action: Action, named: DatabricksObject) -> Right:
        for entry in self.declared.roles:
            if entry.on == named.name and entry.what == f"{_ROLES}{action.level}" and entry.who in names:
                return given((f"{action.level} of {named}",), (entry.urn,), action.source)
        if named.name not in self._ruled:
            return unsure(f"{action.level} of {named}; the program declares no rule set of it", action.source)
        return lacking(f"{action.level} of {named}", action.source)

    @cached_property
    def _ruled(self) -> frozenset[str]:
        return frozenset(entry.on for entry in self.declared.roles)


def _enough(kind: str, level: str) -> frozenset[str]:
    """The level and every stronger one."""
    if kind == "secret-scope":
        order: tuple[str, ...] = _SECRETS
    elif kind == "warehouse":
        order = _WAREHOUSE
    else:
        known = _OBJECTS.get(kind)
        order = PERMISSION_LEVELS[known].levels if known else (level,)
    return frozenset(order[order.index(level) :] if level in order else (level,))
