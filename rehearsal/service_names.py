"""How a report calls a resource: the name that people see in the portal or the workspace."""

from __future__ import annotations

from azure_facts.guids import is_guid
from rehearsal.model.resource import Resource
from rehearsal.model.urns import short_type

_NAME_KEYS = ("displayName", "label", "path", "key", "comment")
"""Where the service-side name of a type is that has no `name` and no `…Name` input."""


def service_name(resource: Resource) -> str:
    """The name that the service shows; the logical name where the service has none, or only a GUID."""
    if resource.package == "azure-native" and resource.id:
        name = resource.id.rpartition("/")[2]
        return resource.name if is_guid(name) else name
    name = resource.text("name")
    if name:
        return name
    own = [key for key in sorted(resource.plain_inputs) if key.endswith("Name") and resource.text(key)]
    for key in (*own, *_NAME_KEYS):
        if resource.text(key):
            return resource.text(key)
    return resource.name


def titled(resource: Resource) -> str:
    """Type and name, such as `storage.StorageAccount dlsmldev`; a component has its logical name."""
    short = short_type(resource.type)
    return f"{short} {resource.name if resource.is_component else service_name(resource)}"
