"""What a workspace's managed network lets compute reach, as several rules ask it, and what their cases declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.ml_managed_network import APPROVED_OUTBOUND, NO_NETWORK
from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.cloud.service_values import guid
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, SUBSCRIPTION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Declared, Ref

IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"
"""Of `tokens.IDENTITY`'s example."""


def isolation(workspace: Resource) -> str:
    """The isolation mode; empty where there is no managed network."""
    mode = workspace.text("managedNetwork.isolationMode")
    return "" if mode == NO_NETWORK else mode


def host_names(workspace: Resource, world: World) -> tuple[str, ...]:
    """The hosts that rules by name approve."""
    return tuple(
        str(rule.get("destination"))
        for rule in outbound_rules(workspace, world)
        if rule.get("type") == "FQDN"
    )


def private_targets(workspace: Resource, world: World) -> Iterator[tuple[str, str]]:
    """Id, in lower case, and sub-resource of what rules reach by private endpoint."""
    for rule in outbound_rules(workspace, world):
        destination = rule.get("destination")
        if rule.get("type") == "PrivateEndpoint" and isinstance(destination, Mapping):
            yield (
                str(destination.get("serviceResourceId")).lower(),
                str(destination.get("subresourceTarget")).lower(),
            )


def spark_targets(workspace: Resource, world: World) -> Iterator[tuple[str, object]]:
    """Id, in lower case, and sub-resource of what serverless Spark reaches by private endpoint."""
    for rule in outbound_rules(workspace, world):
        destination = rule.get("destination")
        if isinstance(destination, Mapping) and destination.get("sparkEnabled") is True:
            yield str(destination.get("serviceResourceId")).lower(), destination.get("subresourceTarget")


def automatic(workspace: Resource, *, closed: bool) -> bool:
    """Whether the network makes its rules to a service under the workspace by itself: always where only approved
    targets are reached, otherwise where that service is `closed` to the public."""
    return isolation(workspace) == APPROVED_OUTBOUND or (bool(isolation(workspace)) and closed)


def holds(world: World, principal: str, role: Role, scope: str) -> bool:
    """Whether the stack grants `principal` the role on `scope` or above it."""
    definition = built_in_role(role).guid
    for given in world.of_types((tokens.ROLE_ASSIGNMENT,)):
        granted = given.text("scope").lower()
        if (
            given.text("principalId") == principal
            and given.text("roleDefinitionId").lower().endswith(definition)
            and granted
            and f"{scope.lower()}/".startswith(f"{granted}/")
        ):
            return True
    return False


def primary_principal(workspace: Resource, world: World) -> str:
    """The object id of the identity that the workspace acts as; empty where the stack does not declare it."""
    identity = world.find(workspace.text("primaryUserAssignedIdentity"))
    return principal_id(identity.id) if identity else ""


def outbound_rules(workspace: Resource, world: World) -> Iterator[Mapping[str, object]]:
    """The rules inside the workspace, and those that are resources of their own."""
    own = workspace.value("managedNetwork.outboundRules")
    if isinstance(own, Mapping):
        yield from (rule for rule in own.values() if isinstance(rule, Mapping))
    for beside in world.of_types((tokens.ML_OUTBOUND_RULE,)):
        if beside.id.lower().startswith(f"{workspace.id}/outboundrules/".lower()):
            properties = beside.value("properties")
            if isinstance(properties, Mapping):
                yield properties


def private_rule(target: Ref, part: str, *, spark: bool = False) -> dict[str, object]:
    """A rule for a case."""
    return {
        "type": "PrivateEndpoint",
        "category": "UserDefined",
        "destination": {"serviceResourceId": target, "subresourceTarget": part, "sparkEnabled": spark},
    }


def host_rule(host: str) -> dict[str, object]:
    """A rule for a case."""
    return {"type": "FQDN", "category": "UserDefined", "destination": host}


def workspace(
    mode: str,
    rules: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
    depends_on: tuple[str, ...] = (),
) -> Declared:
    """A workspace for a case, named `workspace`."""
    network: dict[str, object] = {"isolationMode": mode}
    if rules:
        network["outboundRules"] = dict(rules)
    return declare(
        tokens.ML_WORKSPACE,
        {"managedNetwork": network, **(changes or {})},
        name="workspace",
        depends_on=depends_on,
    )


def grant(
    scope: Ref, principal: str, role: Role, name: str = "grant", depends_on: tuple[str, ...] = ()
) -> Declared:
    """A grant for a case."""
    definition = (
        f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{built_in_role(role).guid}"
    )
    return declare(
        tokens.ROLE_ASSIGNMENT,
        {
            "scope": scope,
            "roleAssignmentName": guid(name, "grant"),
            "principalId": principal,
            "principalType": "ServicePrincipal",
            "roleDefinitionId": definition,
        },
        name=name,
        depends_on=depends_on,
    )
