"""Who may do what, where: the role assignments of an inventory, with names in the place of ids.

Works on the inventory's plain data, so that a saved one can be read too. Does not own access inside Databricks or a
database, nor what an outside group's role assignments elsewhere say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from rehearsal.access_roles import BUILT_IN_ROLE_NAMES
from rehearsal.sdk import UNKNOWN
from rehearsal.values import masked

_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
_DEFINITION = "azure-native:authorization:RoleDefinition"
_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
_UNKNOWN = str(masked(UNKNOWN))

Described = Mapping[str, object]
"""One resource as an inventory describes it."""


@dataclass(frozen=True, order=True)
class AccessGrant:
    """One role assignment. Sorts by principal, then scope, then role.

    `principal` is the name of an identity of this program, else an object id; `principal_type` is Azure's own word
    (Group, ServicePrincipal, User), empty where the program leaves it out. `scope` is `<short type> <name>`.
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
    """Every role assignment among the resources of an inventory, sorted."""
    listed = list(resources)
    principals = _principal_names(listed)
    roles = {**BUILT_IN_ROLE_NAMES, **_custom_roles(listed)}
    by_id = {str(item["id"]).lower(): item for item in listed if str(item["id"]).startswith("/")}
    return tuple(
        sorted(
            AccessGrant(
                principal=principals.get(object_id, object_id or "a principal known after deployment"),
                principal_type=_text(inputs, "principalType"),
                scope=_scope_name(_text(inputs, "scope"), by_id),
                role=roles.get(guid, f"role {guid}" if guid else "a role known after deployment"),
                description=_text(inputs, "description"),
                condition=_text(inputs, "condition"),
                urn=str(item["urn"]),
            )
            for item in listed
            if item["type"] == _ASSIGNMENT
            for inputs in (mapping(item, "inputs"),)
            for object_id in (_text(inputs, "principalId"),)
            for guid in (_text(inputs, "roleDefinitionId").rpartition("/")[2].lower(),)
        )
    )


def render_access(grants: Iterable[AccessGrant]) -> list[str]:
    """The section of the printed report, without a blank line before it; nothing where nothing is granted."""
    by_principal: dict[str, list[AccessGrant]] = {}
    for grant in grants:
        heading = f"{grant.principal_type} {grant.principal}".strip()
        by_principal.setdefault(heading, []).append(grant)
    if not by_principal:
        return []
    count = sum(len(listed) for listed in by_principal.values())
    lines = [f"Access ({plural(count, 'role')} of {plural(len(by_principal), 'principal')}):"]
    for heading, listed in by_principal.items():
        lines.append(f"  {heading}")
        for grant in listed:
            why = f" ({grant.description})" if grant.description else ""
            limit = ", under a condition" if grant.condition else ""
            lines.append(f"    {grant.role} on {grant.scope}{limit}{why}")
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


def _custom_roles(resources: Iterable[Described]) -> Mapping[str, str]:
    return {
        _text(inputs, "roleDefinitionId").rpartition("/")[2].lower(): _text(inputs, "roleName")
        for item in resources
        if item["type"] == _DEFINITION
        for inputs in (mapping(item, "inputs"),)
    }


def _scope_name(scope: str, by_id: Mapping[str, Described]) -> str:
    found = by_id.get(scope.rstrip("/").lower())
    if found is not None:
        return f"{short_type(str(found['type']))} {_arm_name(str(found['id']), str(found['name']))}"
    parts = scope.strip("/").split("/")
    if "providers" in parts:
        return f"{_arm_type(parts)} {parts[-1]}"
    if len(parts) >= 2:
        return f"{parts[-2].removesuffix('s')} {parts[-1]}"
    return scope or "a scope known after deployment"


def _arm_type(parts: list[str]) -> str:
    """`Microsoft.Storage/storageAccounts` from the pieces of an ARM id."""
    tail = parts[len(parts) - 1 - parts[::-1].index("providers") + 1 :]
    return "/".join([tail[0], *tail[1::2]])


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
