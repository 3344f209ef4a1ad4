"""Who asks for what, from where: the question that promises of a program and requirements of its resources share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rehearsal.model.errors import BadSettingsError
from rehearsal.model.finding import Severity
from rehearsal.reachability.model import Door, Place

OUTPUT = "promises"
"""The name of the stack output."""


class PromisesError(BadSettingsError):
    """The output is wrong: every problem, each on a line with its key."""


class PartyKind(StrEnum):
    """How an asking party is named. The value is the key in the output form."""

    PERSONA = "persona"
    """People of an Entra group. `Party.id` is the group's object id."""
    IDENTITY = "identity"
    """A user-assigned identity, by its ARM id."""
    SYSTEM = "system"
    """The system-assigned identity of a resource, by the resource's ARM id."""
    APPLICATION = "application"
    """A service principal, by its client id."""
    GROUP = "group"
    """An Entra group by its object id, or a Databricks group by its name."""


@dataclass(frozen=True)
class Party:
    """Who asks. `id` is what the kind says; `name` is for readers, and a persona's name besides.

    Azure and Databricks know one party by different names: `databricks` is that of a persona's group there, `object_id`
    that of an application's service principal in Entra. Empty where the program does not say.
    """

    kind: PartyKind
    id: str
    name: str = ""
    databricks: str = ""
    object_id: str = ""

    def __str__(self) -> str:
        return self.name or self.id.rpartition("/")[2]


@dataclass(frozen=True)
class Ask:
    """One question: may `who`, from `place`, do what the word `does` says, with the object `on`?

    `on` is an ARM id, `databricks:<kind>/<name>@<workspace ARM id>`, or empty for a word that takes no right. `door`
    is what the road leads to; None where the word's own applies. `needed_by` is the URN of the resource that does not
    work without it, empty for a promise. `rule` is the id under which a failure is reported; `source` says why it is
    needed; `setting` is the configuration key that gives road or right.
    """

    who: Party
    place: Place
    does: str
    on: str
    door: Door | None = None
    needed_by: str = ""
    rule: str = ""
    source: str = ""
    setting: str = ""
    severity: Severity = Severity.REFUSAL


@dataclass(frozen=True)
class Promise:
    """One entry of a program's output: its name there, and the question."""

    name: str
    ask: Ask


@dataclass(frozen=True)
class Promises:
    """The whole output. `places` are those that the program names, by their names."""

    places: Mapping[str, Place] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
