"""Who may do what, where: the role assignments of an inventory, and the lists that services keep of their own, with
names in the place of ids.

Does not own access that statements inside a database give, nor what an outside group's role assignments elsewhere say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from azure_facts.databricks_groups import ADMIN_OPERATION
from azure_facts.roles import built_in_roles, permits
from rehearsal.access_lists import ListedAccess, listed_access
from rehearsal.model.access import AccessGrant
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_values import all_texts, text_at
from rehearsal.model.urns import short_type
from rehearsal.model.values import UNKNOWN_TEXT, JsonObject

_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
_DEFINITION = "azure-native:authorization:RoleDefinition"
_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
_WORKSPACE = "azure-native:databricks:Workspace"
_WORKSPACE_ID = re.compile(r"/microsoft\.databricks/workspaces/[^/]+$")
_DATABRICKS_PRINCIPALS = frozenset(
    f"databricks:index/{name}"
    for name in (
        "group:Group",
        "permissionAssignment:PermissionAssignment",
        "servicePrincipal:ServicePrincipal",
        "user:User",
    )
)


_NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Names:
    """What ids mean: principals, ARM resources, custom roles, Databricks objects and principals."""

    principals: Mapping[str, str]
    by_id: Mapping[str, InventoryResource]
    roles: Mapping[str, str]
    objects: Mapping[str, InventoryResource]
    in_databricks: Mapping[str, str]


def access_grants(
    resources: Iterable[InventoryResource],
    others: Iterable[InventoryResource] = (),
    people: Mapping[str, str] = _NOBODY,
) -> tuple[AccessGrant, ...]:
    """All that is granted among the resources of an inventory, sorted.

    `people` are names of principals outside the program, by object id or group name (`rehearsal.people`). `others` give
    names only: a resource that a preview replaces has no id afterwards, and is called what it was before.
    What is not known before deployment is called after the resource that says it, so that no two are one.
    """
    listed = list(resources)
    names = _names([*listed, *others])
    found = (*_assigned(listed, names), *_workspace_admins(listed, names), *_in_lists(listed, names))
    return tuple(sorted(replace(one, principal=people.get(one.principal, one.principal)) for one in found))


def _names(resources: Sequence[InventoryResource]) -> _Names:
    """The first of two resources with one id gives its name."""
    backwards = resources[::-1]
    return _Names(
        principals=_principal_names(resources),
        by_id={item.id.lower(): item for item in backwards if item.id.startswith("/")},
        roles={guid: role.name for guid, role in built_in_roles().items()} | _custom_roles(resources),
        objects={
            item.id: item
            for item in backwards
            if item.type.startswith("databricks:")
            and item.type not in _DATABRICKS_PRINCIPALS
            and item.id not in ("", UNKNOWN_TEXT)
        },
        in_databricks=_databricks_names(resources),
    )


def _assigned(resources: Iterable[InventoryResource], names: _Names) -> Iterator[AccessGrant]:
    for item in resources:
        if item.type != _ASSIGNMENT:
            continue
        inputs = item.inputs
        object_id = _text(inputs, "principalId")
        guid = _text(inputs, "roleDefinitionId").rpartition("/")[2].lower()
        yield AccessGrant(
            principal=names.principals.get(object_id, object_id or _unknown("a principal", item)),
            principal_type=_text(inputs, "principalType"),
            scope=_scope_name(_text(inputs, "scope"), names.by_id) or _unknown("a scope", item),
            role=names.roles.get(guid, f"role {guid}" if guid else _unknown("a role", item)),
            description=_text(inputs, "description"),
            condition=_text(inputs, "condition"),
            urn=item.urn,
        )


def _workspace_admins(resources: Iterable[InventoryResource], names: _Names) -> Iterator[AccessGrant]:
    """Who is an admin of a Databricks workspace by a role on its Azure resource, or above: no list of Databricks says
    it."""
    listed = list(resources)
    workspaces = {item.id.lower() for item in listed if item.type == _WORKSPACE and item.id.startswith("/")}
    for item in listed:
        if item.type != _ASSIGNMENT:
            continue
        scope = _text(item.inputs, "scope").lower().rstrip("/")
        role = built_in_roles().get(_text(item.inputs, "roleDefinitionId").rpartition("/")[2].lower())
        if not scope or role is None or not permits(role, ADMIN_OPERATION):
            continue
        within = {one for one in workspaces if f"{one}/".startswith(f"{scope}/")}
        if not within and _WORKSPACE_ID.search(scope):
            within = {scope}
        (grant,) = _assigned([item], names)
        for workspace in sorted(within):
            yield replace(
                grant,
                scope=_scope_name(workspace, names.by_id),
                role="workspace admin in Databricks",
                description=f"by {role.name} on {grant.scope}",
                condition="",
            )


def _in_lists(resources: Iterable[InventoryResource], names: _Names) -> Iterator[AccessGrant]:
    known = {**names.principals, **names.in_databricks}
    rows = [(row, item) for item in resources for row in listed_access(item.type, item.inputs, item.id)]
    # A grant names its principal without saying what it is; permissions elsewhere say it.
    types = {row.principal: row.principal_type for row, _ in rows if row.principal_type}
    alike: Counter[tuple[str, ListedAccess]] = Counter()
    for row, item in rows:
        who = _scope_name(row.principal, names.by_id) if row.principal.startswith("/") else row.principal
        principal = known.get(who, who)
        if principal in ("", UNKNOWN_TEXT):
            alike[item.urn, row] += 1
            count = alike[item.urn, row]
            principal = _unknown("a principal", item) + (f" no. {count}" if count > 1 else "")
        yield AccessGrant(
            principal=principal,
            principal_type=row.principal_type or types.get(row.principal, ""),
            scope=_place(row.where, names, known) or _unknown("an object", item),
            role=row.what,
            description="",
            condition="",
            urn=item.urn,
        )


def _place(where: str, names: _Names, known: Mapping[str, str]) -> str:
    """The name of an object or scope; empty where only the deployment can tell."""
    place = names.objects.get(where)
    if place is not None:
        return f"{short_type(place.type)} {_label(place)}"
    named = known.get(where, where)
    if named.startswith("/subscriptions/"):
        return _scope_name(named, names.by_id)
    return "" if named == UNKNOWN_TEXT else named


def _unknown(what: str, item: InventoryResource) -> str:
    """`a principal known after deployment (RoleAssignment app-reads)`."""
    return f"{what} known after deployment ({item.type.rpartition(':')[2]} {item.name})"


def _label(item: InventoryResource) -> str:
    """A Databricks object by the name that its users see."""
    inputs = item.inputs
    named = ("clusterName", "instancePoolName", "name", "path", "endpointName")
    return next((found for key in named if (found := _text(inputs, key))), item.name)


def _databricks_names(resources: Iterable[InventoryResource]) -> Mapping[str, str]:
    """Application ids and numbers by which Databricks knows principals, to their names."""
    names: dict[str, str] = {}
    for item in resources:
        if item.type not in _DATABRICKS_PRINCIPALS:
            continue
        inputs = item.inputs
        shown = ("displayName", "groupName", "userName", "servicePrincipalName")
        name = next((found for key in shown if (found := _text(inputs, key))), "")
        known = (
            item.id,
            _text(inputs, "applicationId"),
            _text(item.outputs, "applicationId"),
        )
        names |= {key: name for key in known if key and name and key != name}
    return names


def render_access(grants: Iterable[AccessGrant]) -> list[str]:
    """The section of the printed report, without a blank line before it; nothing where nothing is granted."""
    by_principal: dict[str, list[AccessGrant]] = {}
    for grant in grants:
        heading = f"{grant.principal_type} {grant.principal}".strip()
        by_principal.setdefault(heading, []).append(grant)
    if not by_principal:
        return []
    count = sum(len(listed) for listed in by_principal.values())
    lines = [
        f"Access ({plural(count, 'role or permission', 'roles and permissions')} of "
        f"{plural(len(by_principal), 'principal')}):"
    ]
    for heading, listed in by_principal.items():
        lines.append(f"  {heading}")
        together: dict[tuple[str, str, str], list[str]] = {}
        for grant in listed:
            together.setdefault((grant.scope, grant.condition, grant.description), []).append(grant.role)
        for (scope, condition, description), roles in together.items():
            why = f" ({description})" if description else ""
            limit = ", under a condition" if condition else ""
            lines.append(f"    {', '.join(roles)} on {scope}{limit}{why}")
    return lines


def _principal_names(resources: Iterable[InventoryResource]) -> Mapping[str, str]:
    """Object id to the name of whose it is.

    A user-assigned identity appears in the outputs of everything that uses it: its own name comes first.
    """
    names: dict[str, str] = {}
    for own_identities in (True, False):
        for item in resources:
            if (item.type == _IDENTITY) is not own_identities or item.type == _ASSIGNMENT:
                continue
            # An outside object id that a resource was given, as its owner for example, does not name the resource.
            given = all_texts(item.inputs)
            for object_id, path in _object_ids(item.outputs, ()):
                if object_id not in given:
                    suffix = f" ({path})" if path else ""
                    names.setdefault(object_id, f"{_arm_name(item.id, item.name)}{suffix}")
    return names


def _object_ids(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each principal id in a resource's outputs, with the last named property above it."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in ("principalId", "objectId") and isinstance(item, str) and item != UNKNOWN_TEXT:
                yield item, next((step for step in reversed(path) if step != "identity"), "")
            else:
                yield from _object_ids(item, (*path, str(key)))
    elif isinstance(value, list):
        for item in value:
            yield from _object_ids(item, path)


def _custom_roles(resources: Iterable[InventoryResource]) -> dict[str, str]:
    return {
        _text(item.inputs, "roleDefinitionId").rpartition("/")[2].lower(): _text(item.inputs, "roleName")
        for item in resources
        if item.type == _DEFINITION
    }


def _scope_name(scope: str, by_id: Mapping[str, InventoryResource]) -> str:
    found = by_id.get(scope.rstrip("/").lower())
    if found is not None:
        return f"{short_type(found.type)} {_path(found.id.strip('/').split('/'), found.name)}"
    parts = scope.strip("/").split("/")
    if "providers" in parts:
        return f"{_arm_type(parts)} {_path(parts, parts[-1])}"
    if len(parts) >= 2:
        return f"{parts[-2].removesuffix('s')} {parts[-1]}"
    return scope


def _arm_type(parts: list[str]) -> str:
    """`Microsoft.Storage/storageAccounts` from the pieces of an ARM id."""
    tail = parts[len(parts) - 1 - parts[::-1].index("providers") + 1 :]
    return "/".join([tail[0], *tail[1::2]])


def _path(parts: list[str], otherwise: str) -> str:
    """Every name on the way, since two accounts may hold containers of one name: `stlake/raw`. The name that a service
    gives to the only one of its kind says nothing."""
    if "providers" not in parts:
        return parts[-1] if len(parts) > 1 else otherwise
    tail = parts[len(parts) - 1 - parts[::-1].index("providers") + 2 :]
    names = tail[1::2]
    return "/".join([*(name for name in names[:-1] if name != "default"), *names[-1:]]) or otherwise


def _arm_name(arm_id: str, otherwise: str) -> str:
    return arm_id.rpartition("/")[2] if arm_id.startswith("/") else otherwise


def _text(values: JsonObject, key: str) -> str:
    found = text_at(values, key)
    return found if found != UNKNOWN_TEXT else ""


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """`1 role`, `2 roles`, `2 policies`."""
    return f"{count} {noun if count == 1 else plural_noun or f'{noun}s'}"
