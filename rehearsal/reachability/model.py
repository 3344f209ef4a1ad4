"""The words of reachability: a place asks, a door answers, a road leads from one to the other, hop by hop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a road leads there. UNKNOWN where what decides it lies outside the program, or is known to the services
    alone: nothing is refused for it."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    """Where a request comes from."""

    NETWORK = "network"
    """A virtual network: `id`. What it resolves and whether it peers back is taken from the place, where the network is
    not of the program."""
    INTERNET = "internet"
    """Addresses of the internet: `ranges`, or any where there are none."""
    SUBNET = "subnet"
    """Machines in a subnet: `id`."""
    MANAGED_NETWORK = "managed_network"
    """Compute of an Azure ML workspace: `id` of the workspace. Plane `spark` is serverless Spark."""
    DATABRICKS = "databricks"
    """A plane of a Databricks workspace: `id`, and `plane` (`classic`, `serverless` or `control`)."""
    SERVICE = "service"
    """A resource itself, from the network that it is in: `id` of a data factory or one of its runtimes, a
    Synapse workspace, an app, … Planes: `azure` is a factory's runtime outside its managed network, `spark`
    Synapse's pools."""
    KUBERNETES = "kubernetes"
    """Pods of a cluster: `id`."""


@dataclass(frozen=True)
class Place:
    """Who is where. Ids are ARM ids, in any case.

    `ranges` are the addresses that others see. Of a network outside the program: `resolves` are the private DNS zones,
    by name, whose records it gets, and `peered_back` says that its owner peers with the networks that peer with it.
    `setting` is the configuration key that says so.
    """

    kind: PlaceKind
    id: str = ""
    plane: str = ""
    name: str = ""
    ranges: tuple[str, ...] = ()
    resolves: tuple[str, ...] = ()
    peered_back: bool = False
    setting: str = ""

    def __str__(self) -> str:
        return self.name or self.id.rpartition("/")[2] or str(self.kind)


@dataclass(frozen=True)
class Door:
    """What is called: a resource by ARM id and private link sub-resource (`group`; empty: its usual one), or a `host`.

    Of a resource with a `host` of its own (an endpoint behind a cluster's router) both may be given.
    """

    target: str
    group: str = ""
    host: str = ""
    port: int = 443

    def __str__(self) -> str:
        name = self.host or self.target.rpartition("/")[2]
        return f"{name} ({self.group})" if self.group and not self.host else name


@dataclass(frozen=True)
class Hop:
    """One step of a road, as a sentence, and the declared resources that it relies on. `taken`: nobody declares it; it
    is taken as the settings say."""

    what: str
    urns: tuple[str, ...] = ()
    taken: bool = False


@dataclass(frozen=True)
class Road:
    """What was found. `missing` says what closes the road or leaves it unknown, `setting` which configuration key would
    give it (empty where that is not known), `source` where the fact was read."""

    verdict: Verdict
    hops: tuple[Hop, ...] = ()
    missing: str = ""
    setting: str = ""
    source: str = ""

    @property
    def urns(self) -> tuple[str, ...]:
        """Every declared resource that the road relies on, each once."""
        return tuple(dict.fromkeys(urn for hop in self.hops for urn in hop.urns))

    def then(self, following: Road) -> Road:
        """Both, one after the other: closed where one of them is, else unknown where one of them is."""
        worse = max((self, following), key=lambda road: _GRAVITY[road.verdict])
        source = worse.source or self.source or following.source
        return replace(worse, hops=(*self.hops, *following.hops), source=source)

    def after(self, *hops: Hop) -> Road:
        """The same road with `hops` before it."""
        return replace(self, hops=(*hops, *self.hops))


_GRAVITY = {Verdict.OPEN: 0, Verdict.UNKNOWN: 1, Verdict.CLOSED: 2}


def leads(what: str, *urns: str, taken: bool = False) -> Road:
    """A road of one hop."""
    return Road(Verdict.OPEN, (Hop(what, urns, taken),))


def ends(missing: str, *urns: str, source: object = "", setting: str = "") -> Road:
    """A closed road, and what is missing."""
    return Road(Verdict.CLOSED, (Hop(missing, urns),), missing, setting, str(source))


def unsure(missing: str, *urns: str, source: object = "") -> Road:
    """A road of which nobody can say whether it leads there, and why."""
    return Road(Verdict.UNKNOWN, (Hop(missing, urns),), missing, "", str(source))


def joined(roads: Iterable[Road]) -> Road:
    """One road after the other; open where there are none."""
    whole = Road(Verdict.OPEN)
    for road in roads:
        whole = whole.then(road)
    return whole


def best(roads: Iterable[Road]) -> Road:
    """The first open one of several, else the first unknown one, else the first. Raises ValueError for none."""
    return min(roads, key=lambda road: _GRAVITY[road.verdict])
