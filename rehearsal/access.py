"""Who may do what, where: the role assignments of an inventory, and the lists that services keep of their own, with
names in the place of ids.

Does not own access that statements inside a database give, nor what an outside group's role assignments elsewhere say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from azure_facts.roles import built_in_roles
from rehearsal.access_lists import listed_access
from rehearsal.model.access import AccessGrant
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_values import all_texts, text_at
from rehearsal.model.urns import short_type
from rehearsal.model.values import UNKNOWN_TEXT, JsonObject

_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
_DEFINITION = "azure-native:authorization:RoleDefinition"
_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
_DATABRICKS_PRINCIPALS = frozenset(
    f"databricks:index/{name}"
    for name in (
        "group:Group",
        "permissionAssignment:PermissionAssignment",
        "servicePrincipal:ServicePrincipal",
        "user:User",
    )
)


def access_grants(resources: Iterable[InventoryResource]) -> tuple[AccessGrant, ...]:
    """All that is granted among the resources of an inventory, sorted."""
    listed = list(resources)
    principals = _principal_names(listed)
    by_id = {item.id.lower(): item for item in listed if item.id.startswith("/")}
    return tuple(sorted((*_assigned(listed, principals, by_id), *_in_lists(listed, principals, by_id))))


def _assigned(
    resources: Iterable[InventoryResource],
    principals: Mapping[str, str],
    by_id: Mapping[str, InventoryResource],
) -> Iterator[AccessGrant]:
    listed = list(resources)
    roles = {guid: role.name for guid, role in built_in_roles().items()} | _custom_roles(listed)
    for item in listed:
        if item.type != _ASSIGNMENT:
            continue
        inputs = item.inputs
        object_id = _text(inputs, "principalId")
        guid = _text(inputs, "roleDefinitionId").rpartition("/")[2].lower()
        yield AccessGrant(
            principal=principals.get(object_id, object_id or "a principal known after deployment"),
            principal_type=_text(inputs, "principalType"),
            scope=_scope_name(_text(inputs, "scope"), by_id),
            role=roles.get(guid, f"role {guid}" if guid else "a role known after deployment"),
            description=_text(inputs, "description"),
            condition=_text(inputs, "condition"),
            urn=item.urn,
        )


def _in_lists(
    resources: Iterable[InventoryResource],
    principals: Mapping[str, str],
    by_id: Mapping[str, InventoryResource],
) -> Iterator[AccessGrant]:
    listed = list(resources)
    names = {**principals, **_databricks_names(listed)}
    objects = {
        item.id: item
        for item in listed
        if item.type.startswith("databricks:") and item.type not in _DATABRICKS_PRINCIPALS
    }
    rows = [(row, item) for item in listed for row in listed_access(item.type, item.inputs, item.id)]
    # A grant names its principal without saying what it is; permissions elsewhere say it.
    types = {row.principal: row.principal_type for row, _ in rows if row.principal_type}
    for row, item in rows:
        who = _scope_name(row.principal, by_id) if row.principal.startswith("/") else row.principal
        place = objects.get(row.where)
        where = f"{short_type(place.type)} {_label(place)}" if place else names.get(row.where, row.where)
        yield AccessGrant(
            principal=_known(names.get(who, who), "a principal"),
            principal_type=row.principal_type or types.get(row.principal, ""),
            scope=_known(
                _scope_name(where, by_id) if where.startswith("/subscriptions/") else where, "an object"
            ),
            role=row.what,
            description="",
            condition="",
            urn=item.urn,
        )


def _known(found: str, what: str) -> str:
    return found if found not in ("", UNKNOWN_TEXT) else f"{what} known after deployment"


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
            if key in ("principalId", "objectId") and isinstance(item, str):
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
    return scope or "a scope known after deployment"


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
