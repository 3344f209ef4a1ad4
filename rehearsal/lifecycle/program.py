"""What a rehearsed program sends, in the order in which the engine may send it."""

from __future__ import annotations

from rehearsal.authorisation.sent import Sent
from rehearsal.model.paths import strings
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_WORKSPACE = "azure-native:databricks:Workspace"
_MAKES_A_SECRET = frozenset({"databricks:index/token:Token", "databricks:index/oboToken:OboToken"})


def sent_by(world: World) -> tuple[Sent, ...]:
    """One for each resource that exists in a cloud, dependencies first."""
    return tuple(
        _sent(resource, world)
        for resource in sorted(world.resources, key=lambda one: one.order)
        if resource.custom and not resource.type.startswith("pulumi:")
    )


def _sent(resource: Resource, world: World) -> Sent:
    provider = world.provider_of(resource)
    return Sent(
        urn=resource.urn,
        type=resource.type,
        id=resource.id,
        inputs=resource.plain_inputs,
        provider=provider.plain_inputs if provider else {},
        external=resource.external,
        repeats="on_error" in resource.options.hooks,
        secret=_is_secret(resource),
        follows_workspace=provider is not None and _follows(provider, world),
    )


def _is_secret(resource: Resource) -> bool:
    """Whether it is sent a secret, or makes one."""
    return resource.type in _MAKES_A_SECRET or any(secret for _, _, secret in strings(dict(resource.inputs)))


def _follows(provider: Resource, world: World) -> bool:
    """A number that comes from the workspace's outputs is not known while the workspace is about to change."""
    named = provider.property_dependencies.get("workspaceId", ())
    return any(world.by_urn[urn].type == _WORKSPACE for urn in named if urn in world.by_urn)
