"""Taking away, alone, everything that gives a road or a right: the grants, endpoints, zones and rules of a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from azure_facts.trusted_services import BYPASS
from rehearsal.model.resource import Resource
from rehearsal.model.values import plain
from rehearsal.model.world import World
from rehearsal.reachability.firewalls import FIREWALLS

_DATABRICKS = "databricks:index/"
_AZURE = "azure-native:"

_Inputs = Mapping[str, object]


@dataclass(frozen=True)
class Removal:
    """One thing that is taken away. `kind` is what it is, `what` names it for readers; `urn` is the resource that it is
    or that holds it, and `inputs` are what is left of that, None where all of it goes."""

    kind: str
    what: str
    urn: str
    inputs: _Inputs | None = None

    def world(self, world: World) -> World:
        """The program without it. Nothing else changes: resources that name it still do."""
        left = (
            self._left(resource) if resource.urn == self.urn else resource for resource in world.resources
        )
        return replace(world, resources=tuple(resource for resource in left if resource is not None))

    def _left(self, resource: Resource) -> Resource | None:
        return replace(resource, inputs=self.inputs) if self.inputs is not None else None


_WHOLE: Mapping[str, str] = {
    f"{_AZURE}authorization:RoleAssignment": "role assignment",
    f"{_AZURE}network:PrivateEndpoint": "private endpoint",
    f"{_AZURE}network:PrivateDnsZoneGroup": "zone group",
    f"{_AZURE}privatedns:VirtualNetworkLink": "zone link",
    f"{_AZURE}privatedns:PrivateRecordSet": "DNS record",
    f"{_AZURE}network:VirtualNetworkPeering": "peering",
    f"{_AZURE}network:SecurityRule": "NSG rule",
    f"{_AZURE}machinelearningservices:ManagedNetworkSettingsRule": "outbound rule",
    f"{_AZURE}datafactory:ManagedPrivateEndpoint": "outbound rule",
    f"{_AZURE}monitor:PrivateLinkScopedResource": "scoped resource",
    f"{_AZURE}synapse:IpFirewallRule": "firewall rule",
    f"{_AZURE}sql:FirewallRule": "firewall rule",
    f"{_AZURE}containerservice:TrustedAccessRoleBinding": "trusted access",
    f"{_AZURE}keyvault:AccessPolicy": "access policy",
    f"{_DATABRICKS}secretAcl:SecretAcl": "permission",
    f"{_DATABRICKS}permissionAssignment:PermissionAssignment": "membership",
    f"{_DATABRICKS}groupMember:GroupMember": "membership",
}
"""Types of which the whole resource is one road or right, and what it is called."""

_LISTED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    f"{_AZURE}network:NetworkSecurityGroup": (("securityRules", "name", "NSG rule"),),
    f"{_AZURE}machinelearningservices:Workspace": (("managedNetwork.outboundRules", "", "outbound rule"),),
    f"{_AZURE}storage:StorageAccount": (
        ("networkRuleSet.ipRules", "iPAddressOrRange", "firewall rule"),
        ("networkRuleSet.virtualNetworkRules", "virtualNetworkResourceId", "firewall rule"),
        ("networkRuleSet.resourceAccessRules", "resourceId", "firewall rule"),
    ),
    f"{_AZURE}keyvault:Vault": (
        ("properties.networkAcls.ipRules", "value", "firewall rule"),
        ("properties.networkAcls.virtualNetworkRules", "id", "firewall rule"),
        ("properties.accessPolicies", "objectId", "access policy"),
    ),
    f"{_AZURE}containerregistry:Registry": (("networkRuleSet.ipRules", "iPAddressOrRange", "firewall rule"),),
    f"{_AZURE}containerservice:ManagedCluster": (
        ("apiServerAccessProfile.authorizedIPRanges", "", "firewall rule"),
        ("aadProfile.adminGroupObjectIDs", "", "permission"),
    ),
    f"{_DATABRICKS}permissions:Permissions": (
        ("accessControls", "groupName servicePrincipalName userName", "permission"),
    ),
}
"""Type -> lists (or maps) in its inputs of which each entry is one, which of its keys names it, and what it is."""

_GRANTS = f"{_DATABRICKS}grants:Grants"
_RULE_SET = f"{_DATABRICKS}accessControlRuleSet:AccessControlRuleSet"
_FLAGS: Mapping[str, tuple[str, ...]] = {
    f"{_DATABRICKS}{name}": (
        "workspaceAccess",
        "databricksSqlAccess",
        "workspaceConsume",
        "allowClusterCreate",
        "allowInstancePoolCreate",
    )
    for name in ("entitlements:Entitlements", "servicePrincipal:ServicePrincipal", "group:Group")
}


def removals(world: World) -> Iterator[Removal]:
    """Each thing that a program declares to give a road or a right, in the order of its resources."""
    for resource in world.resources:
        if not resource.custom or resource.external:
            continue
        kind = _WHOLE.get(resource.type)
        if kind is not None:
            yield Removal(kind, resource.name, resource.urn)
        for path, naming, of_entry in _LISTED.get(resource.type, ()):
            yield from _entries(resource, path.split("."), naming.split(), of_entry)
        yield from _nested(resource)


def _entries(resource: Resource, path: Sequence[str], naming: Sequence[str], kind: str) -> Iterator[Removal]:
    inputs = resource.plain_inputs
    found = _at(inputs, path)
    if isinstance(found, list):
        for index, entry in enumerate(found):
            left = _changed(inputs, path, [one for at, one in enumerate(found) if at != index])
            yield Removal(kind, f"{resource.name}: {_name(entry, naming)}", resource.urn, left)
    elif isinstance(found, dict):
        for key in found:
            left = _changed(inputs, path, {name: one for name, one in found.items() if name != key})
            yield Removal(kind, f"{resource.name}: {key}", resource.urn, left)


def _nested(resource: Resource) -> Iterator[Removal]:
    """What lies two levels deep, and switches."""
    yield from _trusted(resource)
    if resource.type == _GRANTS:
        yield from _within(resource, "grants", "privileges", "principal", "grant")
    elif resource.type == _RULE_SET:
        yield from _within(resource, "grantRules", "principals", "role", "permission")
    for flag in _FLAGS.get(resource.type, ()):
        if resource.value(flag) is True:
            left = {**resource.plain_inputs, flag: False}
            yield Removal("entitlement", f"{resource.name}: {flag}", resource.urn, left)


def _trusted(resource: Resource) -> Iterator[Removal]:
    """Trusted services pass a firewall; who is open to everybody needs no such thing."""
    firewall = FIREWALLS.get(resource.type)
    if firewall is None or not firewall.bypass or BYPASS not in resource.text(firewall.bypass):
        return
    closed = resource.text(firewall.access).lower() == "disabled"
    if closed or resource.text(firewall.action).lower() == "deny":
        left = _changed(resource.plain_inputs, firewall.bypass.split("."), "None")
        yield Removal("firewall bypass", f"{resource.name}: trusted services", resource.urn, left)


def _within(resource: Resource, outer: str, inner: str, naming: str, kind: str) -> Iterator[Removal]:
    lines = resource.items(outer)
    for at, line in enumerate(lines):
        values = line.get(inner)
        for one in values if isinstance(values, list) else ():
            rest = [value for value in values if value != one] if isinstance(values, list) else []
            left = [{**line, inner: rest} if index == at else other for index, other in enumerate(lines)]
            yield Removal(
                kind,
                f"{resource.name}: {line.get(naming)} {one}",
                resource.urn,
                {**resource.plain_inputs, outer: left},
            )


def _at(values: object, path: Sequence[str]) -> object:
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
    return plain(values)


def _changed(values: _Inputs, path: Sequence[str], value: object) -> _Inputs:
    first, *rest = path
    inner = values.get(first)
    below = inner if isinstance(inner, dict) else {}
    return {**values, first: _changed(below, rest, value) if rest else value}


def _name(entry: object, naming: Sequence[str]) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    return next((str(entry[key]) for key in naming if entry.get(key)), "an entry").rpartition("/")[2]
