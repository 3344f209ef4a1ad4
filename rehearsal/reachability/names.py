"""What a service's name resolves to in the network that asks: a private endpoint's address, the public one, or nothing.

A service's public name leads to its `privatelink` name once it has a private endpoint. Where a zone of that name is
linked with the asking network, that zone alone answers: without the record the name does not exist there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.network_traffic import FALLBACK_POLICY
from azure_facts.private_link import sub_resources
from azure_facts.regions import region_name
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Hop, Place
from rehearsal.reachability.parts import Endpoint, Link, last_part


class Answer(IntEnum):
    """What the asking network gets, from best to worst."""

    PRIVATE = 0
    PUBLIC = 1
    UNKNOWN = 2
    NOTHING = 3


@dataclass(frozen=True)
class Resolved:
    """An answer, how it came about, and what is missing where it is not the private one."""

    answer: Answer
    hops: tuple[Hop, ...] = ()
    missing: str = ""
    endpoint: Endpoint | None = None

    def __or__(self, other: Resolved) -> Resolved:
        """Both names are needed: the worse answer, and the hops of both."""
        worse = max((self, other), key=lambda one: one.answer)
        return replace(worse, hops=(*self.hops, *other.hops))


@dataclass(frozen=True)
class Resolver:
    """What answers in one network: zones by declared links, and zones by name as the settings say."""

    network: str
    links: Mapping[str, Link]
    place: Place | None
    declared: Declared

    @classmethod
    def of(cls, network: str, declared: Declared) -> Resolver:
        """That of a network, by its id in lower case."""
        return cls(network, declared.links.get(network, {}), declared.places.get(network), declared)

    @cached_property
    def is_known(self) -> bool:
        """Whether the program or its settings say what resolves there."""
        if self.place is not None:
            return True
        network = self.declared.world.find(self.network)
        if network is None or network.external or network.is_unknown("dhcpOptions.dnsServers"):
            return False
        return not network.value("dhcpOptions.dnsServers")

    def takes(self, name: str) -> bool:
        """Whether the settings say that a zone of this name answers."""
        return self.place is not None and name in self.place.resolves

    def named(self, name: str) -> Iterator[tuple[str, Link]]:
        """The linked zones of this name."""
        return ((zone, link) for zone, link in self.links.items() if last_part(zone) == name)

    def answers(self, name: str) -> bool:
        """Whether any zone of this name answers."""
        return self.takes(name) or any(True for _ in self.named(name))

    def fallback(self, name: str) -> bool:
        """Whether the public name answers where a linked zone of this name has no record."""
        linked = [link for _, link in self.named(name)]
        return bool(linked) and all(link.policy == FALLBACK_POLICY for link in linked)


def resolve(
    target: str, group: str, endpoints: Sequence[Endpoint], resolver: Resolver, *, others: bool
) -> Resolved:
    """What the name of a sub-resource resolves to. `endpoints` are those of it in networks; `others`: it has private
    endpoints elsewhere, in networks that services manage."""
    names = _zone_names(target, group, resolver.declared)
    answers = [_by_endpoint(endpoint, names, resolver) for endpoint in endpoints]
    if answers:
        return min(answers, key=lambda one: one.answer)
    return _without_endpoint(target, names, resolver, others=others)


def _without_endpoint(target: str, names: Sequence[str], resolver: Resolver, *, others: bool) -> Resolved:
    answered = [name for name in names if resolver.answers(name) and not resolver.fallback(name)]
    if not answered:
        return Resolved(Answer.PUBLIC)
    if others or not resolver.declared.is_declared(target):
        missing = (
            f"{answered[0]} has no record of {last_part(target)} where {last_part(resolver.network)} asks"
        )
        certain = others and resolver.declared.is_declared(target)
        return Resolved(Answer.NOTHING if certain else Answer.UNKNOWN, missing=missing)
    return Resolved(Answer.PUBLIC)


def _by_endpoint(endpoint: Endpoint, names: Sequence[str], resolver: Resolver) -> Resolved:
    """All names of an endpoint must resolve."""
    whole = Resolved(Answer.PRIVATE)
    for name in names or sorted({last_part(zone) for zone in endpoint.zones}):
        whole |= _by_zone(endpoint, name, resolver)
    return replace(whole, endpoint=endpoint)


def _by_zone(endpoint: Endpoint, name: str, resolver: Resolver) -> Resolved:
    registered = [(zone, urn) for zone, urn in endpoint.zones.items() if last_part(zone) == name]
    for zone, urn in registered:
        if (link := resolver.links.get(zone)) is not None:
            what = f"{name} has the record, and is linked with {last_part(resolver.network)}"
            return Resolved(Answer.PRIVATE, (Hop(what, _with_zone(zone, resolver, urn, link.urn)),))
        if not resolver.declared.is_declared(zone) and resolver.takes(name):
            what = (
                f"{name} has the record, and {last_part(resolver.network)} resolves it, as the settings say"
            )
            return Resolved(Answer.PRIVATE, (Hop(what, (urn,), taken=True),))
    if not registered and (record := _record(endpoint.target, name, resolver)) is not None:
        return record
    return _unregistered(endpoint, name, [zone for zone, _ in registered], resolver)


def _unregistered(endpoint: Endpoint, name: str, registered: Sequence[str], resolver: Resolver) -> Resolved:
    here = last_part(resolver.network)
    if resolver.answers(name) and not resolver.fallback(name):
        missing = f"{name} answers in {here}, and has no record of {endpoint.resource.name}"
        known = resolver.is_known and not _has_records_by_hand(name, resolver)
        return Resolved(Answer.NOTHING if known else Answer.UNKNOWN, missing=missing)
    missing = f"no {name} with the record of {endpoint.resource.name} is linked with {here}"
    somebody_else = any(not resolver.declared.is_declared(zone) for zone in registered)
    if not resolver.is_known or (somebody_else and resolver.place is None):
        return Resolved(Answer.UNKNOWN, missing=f"{missing} by this program")
    return Resolved(Answer.PUBLIC, missing=missing)


def _record(target: str, name: str, resolver: Resolver) -> Resolved | None:
    """A record that the program writes itself, by the target's own name."""
    for zone, link in resolver.named(name):
        found = resolver.declared.records.get(zone, {}).get(last_part(target))
        if found is not None:
            what = f"{name} has a record of {last_part(target)}, and is linked with {last_part(resolver.network)}"
            return Resolved(Answer.PRIVATE, (Hop(what, _with_zone(zone, resolver, found.urn, link.urn)),))
    return None


def _has_records_by_hand(name: str, resolver: Resolver) -> bool:
    """Whether a linked zone has records that the program writes and that are called as no endpoint's target is: one may
    be of a name that the service made up."""
    targets = {last_part(endpoint.target) for endpoint in resolver.declared.endpoints}
    return any(
        record not in targets
        for zone, _ in resolver.named(name)
        for record in resolver.declared.records.get(zone, {})
    )


def _with_zone(zone: str, resolver: Resolver, *urns: str) -> tuple[str, ...]:
    found = resolver.declared.world.find(zone)
    return (*urns, found.urn) if found is not None and not found.external else urns


def _zone_names(target: str, group: str, declared: Declared) -> tuple[str, ...]:
    """The zones of a sub-resource. Those of a region are known where the target's region is."""
    region = _region(target, declared)
    for found in sub_resources(arm_type_of(target)):
        if found.group.lower() == group.lower():
            regional = any("{region}" in zone for zone in found.zones)
            return found.zones_in(region) if region or not regional else ()
    return ()


def _region(target: str, declared: Declared) -> str:
    resource = declared.world.find(target)
    return region_name(resource.text("location")) if resource is not None else ""


def answers_to_host(host: str, resolver: Resolver) -> tuple[str, str, str] | None:
    """Of the zones that are linked, the one that a host name lies in: its id, the record's name in it, the link's URN.
    None where the public answers. A link that falls back to the public name is passed over: its zone has the names
    of endpoints, which are asked otherwise."""
    found: list[tuple[str, str, str]] = []
    for zone, link in resolver.links.items():
        name = last_part(zone)
        if link.policy == FALLBACK_POLICY:
            continue
        if host == name:
            found.append((zone, "@", link.urn))
        elif host.endswith(f".{name}"):
            found.append((zone, host.removesuffix(f".{name}"), link.urn))
    return max(found, key=lambda one: len(last_part(one[0])), default=None)


def record_names(name: str) -> Iterator[str]:
    """What a zone may call the record of a name in it: the name, then wildcards, the nearest first."""
    yield name
    rest = name
    while "." in rest:
        rest = rest.partition(".")[2]
        yield f"*.{rest}"
    yield "*"
