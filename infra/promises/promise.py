"""One promise: who does what, from where, on what. Its words are those of `azure_facts.actions`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pulumi

from azure_facts.actions import action

FORM = 1
"""The version of the output's form (docs/promises.md)."""


class PartyKind(StrEnum):
    """How somebody is named in the output."""

    PERSONA = "persona"
    IDENTITY = "identity"
    """A user-assigned identity, by ARM id."""
    SYSTEM = "system"
    """The identity that a resource has of its own, by the resource's ARM id."""
    APPLICATION = "application"
    """A service principal, by client id."""
    GROUP = "group"
    """Whom roles are given to by object id, or a group of Databricks by name."""


@dataclass(frozen=True)
class Party:
    """Who is promised something. `name` is for readers. Of a persona, `id` is its key and `group` the object id."""

    kind: PartyKind
    id: str
    name: str
    group: str = ""

    def output(self) -> dict[str, str]:
        """As the form has it."""
        with_group = {"group": self.group} if self.group else {}
        return {str(self.kind): self.id, **with_group, "name": self.name}


class OriginKind(StrEnum):
    """From where somebody asks, as the output names it."""

    PLACE = "place"
    """A key of the output's `places`."""
    SUBNET = "subnet"
    MANAGED_NETWORK = "managed_network"
    DATABRICKS = "databricks"
    SERVICE = "service"
    KUBERNETES = "kubernetes"


@dataclass(frozen=True)
class Origin:
    """From where. `id` is an ARM id, or the key of a place; `plane` is one of a Databricks workspace's."""

    kind: OriginKind
    id: str
    plane: str = ""

    def output(self) -> dict[str, str]:
        """As the form has it."""
        return {str(self.kind): self.id} | ({"plane": self.plane} if self.plane else {})

    @staticmethod
    def place(key: str) -> Origin:
        """A place of the output's own list."""
        return Origin(OriginKind.PLACE, key)

    @staticmethod
    def service(resource_id: str) -> Origin:
        """A service, from the network that it stands in."""
        return Origin(OriginKind.SERVICE, resource_id)


@dataclass(frozen=True)
class Door:
    """Over what: a sub-resource of private link, or a host. `port` of None is the action's own."""

    group: str = ""
    host: str = ""
    port: int | None = None


@dataclass(frozen=True)
class Promise:
    """`name` tells it from all others and stays the same. `on` is an ARM id, an object of Databricks, or empty for a
    host. `setting` is the configuration key that gives road and right."""

    name: str
    who: Party
    origin: Origin
    does: str
    on: pulumi.Input[str]
    setting: str
    door: Door | None = None

    def output(self) -> dict[str, pulumi.Input[object]]:
        """As the form has it; over what is always said where there is a road."""
        over = self._over()
        return {
            "who": self.who.output(),
            "from": self.origin.output(),
            "does": self.does,
            "on": self.on,
            **({"over": over} if over else {}),
            "setting": self.setting,
        }

    def _over(self) -> dict[str, str | int]:
        row = action(self.does)
        if not row.needs_road:
            return {}
        door = self.door or Door()
        port = door.port or row.port
        if door.host:
            return {"host": door.host, "port": port}
        group = door.group or (row.groups[0] if row.groups else "")
        return {"group": group, "port": port} if group else {"host": row.host, "port": port}
