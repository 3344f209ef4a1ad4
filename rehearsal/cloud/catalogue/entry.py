"""The shape of a catalogue entry: what a service does with one resource type, as data.

Texts are templates. `{name}` takes the resource's own name, `{accountName}` any top-level input, `{id}`,
`{location}`, `{resourceGroupName}`, `{subscriptionId}`, `{tenantId}` and `{host}` (a Databricks workspace's)
what they say; values that only the service can make up are `{guid:label}`, `{digits:16}`, `{hex:16}`,
`{hexUpper:16}` and `{alnum:8}`: deterministic, from the resource's id and the label. The last placeholder of
an Azure id is the resource's own name; where the program leaves it out, the provider makes one up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

IN_RESOURCE_GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/"


@dataclass(frozen=True)
class OutputSet:
    """Outputs by property path. `when`/`unless` name an input whose presence (and truth) decides whether the
    service gives them."""

    values: Mapping[str, object]
    when: str = ""
    unless: str = ""


@dataclass(frozen=True)
class ResourceType:
    """One type: `path` is the template of its id. `secret_outputs` are property paths.

    `guid_name`: where the program gives no name the provider makes up a GUID, instead of the logical name and
    eight hex digits (pulumi-azure-native provider/pkg/provider `getDefaultName`). `default_names` are names
    with one legal value.
    """

    token: str
    path: str
    outputs: tuple[OutputSet, ...] = ()
    secret_outputs: tuple[str, ...] = ()
    guid_name: bool = False
    default_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_opaque_id(self) -> bool:
        """Whether the service makes the whole id up (a number, a hash), so that no program can know it
        beforehand."""
        return _MADE_UP.fullmatch(self.path) is not None


_MADE_UP = re.compile(r"(?:[a-z0-9-]|\{(?:digits|hex|hexUpper|alnum|guid):[\w-]+\})+")


def entry(
    token: str,
    path: str,
    outputs: Mapping[str, object] | None = None,
    *more: OutputSet,
    secrets: tuple[str, ...] = (),
    guid_name: bool = False,
    default_names: Mapping[str, str] | None = None,
) -> ResourceType:
    """A `ResourceType` in one line of a table."""
    first = (OutputSet(outputs),) if outputs else ()
    return ResourceType(token, path, (*first, *more), secrets, guid_name, default_names or {})
