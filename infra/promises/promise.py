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
    """Somebody who gets roles by object id, or a group of Databricks by name."""


@dataclass(frozen=True)
class Party:
    """Who is promised something. `name` is for readers. Of a persona, `id` is its key, `group` the object id, and
    `databricks` the name by which the workspace knows its group. `object_id` is an application's in Entra."""

    kind: PartyKind
    id: pulumi.Input[str]
    name: str
    group: str = ""
    databricks: str = ""
    object_id: str = ""

    def output(self) -> dict[str, pulumi.Input[str]]:
        """As the form has it."""
        others = {"group": self.group, "databricks": self.databricks, "object_id": self.object_id}
        said = {key: value for key, value in others.items() if value}
        return {str(self.kind): self.id, **said, "name": self.name}


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
        """A service, from the network that it is in."""
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
        """As the form has it."""
        over = self.over()
        return {
            "who": self.who.output(),
            "from": self.origin.output(),
            "does": self.does,
            "on": self.on,
            **({"over": over} if over else {}),
            "setting": self.setting,
        }

    def over(self) -> dict[str, str | int]:
        """Over what, as the form has it; empty where the action's own door is one for everybody, or none."""
        row = action(self.does)
        if not row.needs_road:
            return {}
        door = self.door or Door()
        port = door.port or row.port
        if door.host:
            return {"host": door.host, "port": port}
        group = door.group or (row.groups[0] if row.groups else "")
        # Resource Manager is the same host for everybody.
        return {"group": group, "port": port} if group else {}
