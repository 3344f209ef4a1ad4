"""The settings of a workspace as the provider sends them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens


def setting(conf: Resource, key: str) -> str:
    """A setting's text, empty where it is left out or unknown. The provider sends each value as text, truth values and
    numbers too (terraform-provider-databricks workspace/resource_workspace_conf.go, read 2026-11-30)."""
    value = conf.value(f"customConfig.{key}")
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, (int, float)) else value if isinstance(value, str) else ""


def of_the_same_workspace(resource: Resource, world: World) -> Iterator[Resource]:
    """The WorkspaceConfs that reach their workspace as `resource` does."""
    for conf in world.of_types((tokens.WORKSPACE_CONF,)):
        if conf.provider_urn == resource.provider_urn:
            yield conf
