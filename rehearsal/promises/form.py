"""The form of the stack output `promises`, key by key. What the keys mean is in docs/promises.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rehearsal.promises.model import PartyKind

FORM = 1
"""The version of the form that this reader knows."""

_Text = Annotated[str, StringConstraints(min_length=1)]
_Port = Annotated[int, Field(ge=1, le=65535)]


_PLANES: Mapping[str, tuple[str | None, ...]] = {
    "databricks": ("classic", "serverless", "control"),
    "managed_network": (None, "spark"),
    "service": (None, "spark"),
}
"""Of each place that has planes; None where it may be left out."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=True)


class PlaceEntry(_Model):
    """A place outside the stack, or one that it shares with others: a network with its address ranges, or people on the
    internet. `resolves` are the private zones that its resolver answers for; `peered_back` says that the other side of
    our peering exists; `source` is the setting that says so."""

    kind: Literal["network", "internet"]
    network: str = ""
    ranges: list[_Text] = []
    resolves: list[_Text] = []
    peered_back: bool = False
    source: str = ""


class WhoEntry(_Model):
    """Exactly one of the kinds; a persona names its group besides. `databricks` is the name by which Databricks knows a
    persona's group, `object_id` the service principal of an application in Entra: each is needed where the object is
    of the other service."""

    persona: _Text | None = None
    identity: _Text | None = None
    system: _Text | None = None
    application: _Text | None = None
    group: _Text | None = None
    name: str = ""
    databricks: str = ""
    object_id: str = ""

    def value(self, kind: PartyKind) -> str:
        """The value under the key of the kind, empty where it is absent."""
        return {
            PartyKind.PERSONA: self.persona,
            PartyKind.IDENTITY: self.identity,
            PartyKind.SYSTEM: self.system,
            PartyKind.APPLICATION: self.application,
            PartyKind.GROUP: self.group,
        }[kind] or ""

    @model_validator(mode="after")
    def _one_kind(self) -> WhoEntry:
        named = [kind for kind in PartyKind if self.value(kind)]
        if named == [PartyKind.PERSONA, PartyKind.GROUP]:
            return self
        if named == [PartyKind.PERSONA]:
            raise ValueError("a persona also names its group, by object id")
        if len(named) != 1:
            raise ValueError(f"takes exactly one of {', '.join(PartyKind)} (and group beside persona)")
        return self


class FromEntry(_Model):
    """Exactly one place; `plane` belongs to databricks, and to managed_network and service where their
    Spark asks."""

    place: _Text | None = None
    subnet: _Text | None = None
    managed_network: _Text | None = None
    databricks: _Text | None = None
    service: _Text | None = None
    kubernetes: _Text | None = None
    plane: Literal["classic", "serverless", "control", "spark"] | None = None

    @property
    def named(self) -> list[tuple[str, str]]:
        """The places that are given, by their keys."""
        given = {
            "place": self.place,
            "subnet": self.subnet,
            "managed_network": self.managed_network,
            "databricks": self.databricks,
            "service": self.service,
            "kubernetes": self.kubernetes,
        }
        return [(key, value) for key, value in given.items() if value is not None]

    @model_validator(mode="after")
    def _one_place(self) -> FromEntry:
        if len(self.named) != 1:
            places = [key for key in FromEntry.model_fields if key != "plane"]
            raise ValueError(f"takes exactly one of {', '.join(places)}")
        planes = _PLANES.get(self.named[0][0], (None,))
        if self.plane not in planes:
            wanted = ", ".join(plane for plane in planes if plane) or "none"
            raise ValueError(f"{self.named[0][0]} takes the plane {wanted}")
        return self


class OverEntry(_Model):
    """A private link sub-resource of the object, or a host; the word's own where neither is given, or the object's host
    of its own where both an object and a host are."""

    group: _Text | None = None
    host: _Text | None = None
    port: _Port = 443

    @model_validator(mode="after")
    def _one_door(self) -> OverEntry:
        if self.group is not None and self.host is not None:
            raise ValueError("takes one of group and host")
        return self


class PromiseEntry(_Model):
    """One promise."""

    who: WhoEntry
    from_: Annotated[FromEntry, Field(alias="from")]
    does: _Text
    on: str = ""
    over: OverEntry | None = None
    setting: str = ""


class PromisesOutput(_Model):
    """The whole output."""

    form: Literal[1]
    places: dict[_Text, PlaceEntry] = {}
    promises: dict[_Text, PromiseEntry] = {}
