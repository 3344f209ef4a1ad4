"""Who may do what, where: the role assignments of an inventory, and the lists that services keep of their own, with
names in the place of ids.

Works on the inventory's plain data, so that a saved one can be read too. Does not own access that statements inside a
database give, nor what an outside group's role assignments elsewhere say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from azure_facts.roles import built_in_roles
from rehearsal.access_lists import listed_access
from rehearsal.model.values import UNKNOWN, masked

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
_UNKNOWN = str(masked(UNKNOWN))

Described = Mapping[str, object]
"""One resource as an inventory describes it."""


@dataclass(frozen=True, order=True)
class AccessGrant:
    """One role assignment, or one line of a service's own list. Sorts by principal, then scope, then role.

    `principal` is the name of an identity of this program, else an object id or a group's name; `principal_type` is
    Azure's own word (Group, ServicePrincipal, User), empty where the program leaves it out. `scope` is
    `<short type> <name>`. `role` is a role's name, or a permission in the service's own words.
    """

    principal: str
    principal_type: str
    scope: str
    role: str
    description: str
    condition: str
    urn: str

    def to_json(self) -> Mapping[str, object]:
        """The grant as plain data, under the keys that an inventory uses."""
        document = asdict(self)
        return {"principalType": document.pop("principal_type"), **document}


def access_grants(resources: Iterable[Described]) -> tuple[AccessGrant, ...]:
    """All that is granted among the resources of an inventory, sorted."""
    listed = list(resources)
    principals = _principal_names(listed)
    by_id = {str(item["id"]).lower(): item for item in listed if str(item["id"]).startswith("/")}
    return tuple(sorted((*_assigned(listed, principals, by_id), *_in_lists(listed, principals, by_id))))


def _assigned(
    resources: Iterable[Described], principals: Mapping[str, str], by_id: Mapping[str, Described]
) -> Iterator[AccessGrant]:
    listed = list(resources)
    roles = {guid: role.name for guid, role in built_in_roles().items()} | _custom_roles(listed)
    for item in listed:
        if item["type"] != _ASSIGNMENT:
            continue
        inputs = mapping(item, "inputs")
        object_id = _text(inputs, "principalId")
        guid = _text(inputs, "roleDefinitionId").rpartition("/")[2].lower()
        yield AccessGrant(
            principal=principals.get(object_id, object_id or "a principal known after deployment"),
            principal_type=_text(inputs, "principalType"),
            scope=_scope_name(_text(inputs, "scope"), by_id),
            role=roles.get(guid, f"role {guid}" if guid else "a role known after deployment"),
            description=_text(inputs, "description"),
            condition=_text(inputs, "condition"),
            urn=str(item["urn"]),
        )


def _in_lists(
    resources: Iterable[Described], principals: Mapping[str, str], by_id: Mapping[str, Described]
) -> Iterator[AccessGrant]:
    listed = list(resources)
    names = {**principals, **_databricks_names(listed)}
    objects = {
        str(item["id"]): item
        for item in listed
        if str(item["type"]).startswith("databricks:") and item["type"] not in _DATABRICKS_PRINCIPALS
    }
    rows = [
        (row, item)
        for item in listed
        for row in listed_access(str(item["type"]), mapping(item, "inputs"), str(item["id"]))
    ]
    # A grant names its principal without saying what it is; permissions elsewhere say it.
    types = {row.principal: row.principal_type for row, _ in rows if row.principal_type}
    for row, item in rows:
        who = _scope_name(row.principal, by_id) if row.principal.startswith("/") else row.principal
        place = objects.get(row.where)
        where = (
            f"{short_type(str(place['type']))} {_label(place)}" if place else names.get(row.where, row.where)
        )
        yield AccessGrant(
            principal=_known(names.get(who, who), "a principal"),
            principal_type=row.principal_type or types.get(row.principal, ""),
            scope=_known(
                _scope_name(where, by_id) if where.startswith("/subscriptions/") else where, "an object"
            ),
            role=row.what,
            description="",
            condition="",
            urn=str(item["urn"]),
        )


def _known(found: str, what: str) -> str:
    return found if found not in ("", _UNKNOWN) else f"{what} known after deployment"


def _label(item: Described) -> str:
    """A Databricks object by the name that its users see."""
    inputs = mapping(item, "inputs")
    named = ("clusterName", "instancePoolName", "name", "path", "endpointName")
    return next((found for key in named if (found := _text(inputs, key))), str(item["name"]))


def _databricks_names(resources: Iterable[Described]) -> Mapping[str, str]:
    """Application ids and numbers by which Databricks knows principals, to their names."""
    names: dict[str, str] = {}
    for item in resources:
        if item["type"] not in _DATABRICKS_PRINCIPALS:
            continue
        inputs = mapping(item, "inputs")
        shown = ("displayName", "groupName", "userName", "servicePrincipalName")
        name = next((found for key in shown if (found := _text(inputs, key))), "")
        known = (
            str(item["id"]),
            _text(inputs, "applicationId"),
            _text(mapping(item, "outputs"), "applicationId"),
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


def short_type(token: str) -> str:
    """`storage.StorageAccount`, `databricks.Job`, `providers.databricks`."""
    parts = token.split(":")
    if parts[0] in ("azure-native", "pulumi") and len(parts) == 3:
        return f"{parts[1]}.{parts[2]}"
    return f"{parts[0]}.{parts[-1]}"


def _principal_names(resources: Iterable[Described]) -> Mapping[str, str]:
    """Object id to the name of whose it is.

    A user-assigned identity appears in the outputs of everything that uses it: its own name comes first.
    """
    names: dict[str, str] = {}
    for own_identities in (True, False):
        for item in resources:
            if (item["type"] == _IDENTITY) is not own_identities or item["type"] == _ASSIGNMENT:
                continue
            # An outside object id that a resource was given, as its owner for example, does not name the resource.
            given = _values(mapping(item, "inputs"))
            for object_id, path in _object_ids(mapping(item, "outputs"), ()):
                if object_id not in given:
                    suffix = f" ({path})" if path else ""
                    names.setdefault(object_id, f"{_arm_name(str(item['id']), str(item['name']))}{suffix}")
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


def _values(value: object) -> set[str]:
    if isinstance(value, Mapping):
        return {text for item in value.values() for text in _values(item)}
    if isinstance(value, list):
        return {text for item in value for text in _values(item)}
    return {value} if isinstance(value, str) else set()


def _custom_roles(resources: Iterable[Described]) -> dict[str, str]:
    return {
        _text(inputs, "roleDefinitionId").rpartition("/")[2].lower(): _text(inputs, "roleName")
        for item in resources
        if item["type"] == _DEFINITION
        for inputs in (mapping(item, "inputs"),)
    }


def _scope_name(scope: str, by_id: Mapping[str, Described]) -> str:
    found = by_id.get(scope.rstrip("/").lower())
    if found is not None:
        return f"{short_type(str(found['type']))} {_path(str(found['id']).strip('/').split('/'), str(found['name']))}"
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


def mapping(item: Described, key: str) -> Mapping[str, object]:
    """A mapping in a mapping, empty where there is none."""
    found = item.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(values: Mapping[str, object], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) and found != _UNKNOWN else ""


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """`1 role`, `2 roles`, `2 policies`."""
    return f"{count} {noun if count == 1 else plural_noun or f'{noun}s'}"
