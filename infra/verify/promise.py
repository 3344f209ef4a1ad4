"""The promises as they are asked: read from the program's output `promises`, whose form docs/promises.md describes."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from azure_facts.action_tables.action import Action
from azure_facts.actions import UnknownActionError, action
from azure_facts.guids import is_guid

FORM = 1
_WHO = ("persona", "identity", "system", "application", "group")
_FROM = ("place", "subnet", "managed_network", "databricks", "service", "kubernetes")
DATABRICKS = "databricks:"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class FormError(Exception):
    """The promises cannot be read. The text is one line that names the key."""


@dataclass(frozen=True)
class Place:
    """A place outside the stack. `network`: its ARM id, where it is one. `resolves`: the private DNS zones of others
    that answer there."""

    name: str
    is_network: bool
    network: str = ""
    ranges: tuple[Network, ...] = ()
    resolves: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Who:
    """The asking party: `kind` is a key of the form. `id` is an ARM id, a client id, or a group's object id or name."""

    kind: str
    id: str
    name: str

    @property
    def is_of_databricks(self) -> bool:
        """Whether it is a group that Databricks knows by its name."""
        return self.kind == "group" and not is_guid(self.id)

    def __str__(self) -> str:
        return self.name or self.id.rpartition("/")[2]


@dataclass(frozen=True)
class Origin:
    """Where it is asked: `kind` is a key of the form, `id` a place's name or an ARM id, `plane` one of Databricks'."""

    kind: str
    id: str
    plane: str = ""

    def __str__(self) -> str:
        name = self.id.rpartition("/")[2]
        named = {
            "place": name,
            "subnet": f"subnet {name}",
            "managed_network": f"the managed network of {name}",
            "databricks": f"the {self.plane} plane of {name}",
            "service": f"{name} itself",
            "kubernetes": f"the pods of {name}",
        }
        return named[self.kind]


@dataclass(frozen=True)
class Promise:
    """One promise. `on` may be empty where `host` is given; an empty `group` and a port of 0 are the action's own."""

    name: str
    who: Who
    origin: Origin
    action: Action
    on: str
    group: str = ""
    host: str = ""
    port: int = 0
    setting: str = ""

    def __str__(self) -> str:
        named = self.on.partition("@")[0].rpartition("/")[2] or self.on.rpartition("/")[2]
        target = named if self.on else self.host
        return f"{self.who} from {self.origin}: {self.action.word} on {target}"


@dataclass(frozen=True)
class Promises:
    """The whole output."""

    places: Mapping[str, Place]
    promises: tuple[Promise, ...]


def read_promises(given: object) -> Promises:
    """The output's value, as JSON has it. Raises `FormError`."""
    document = _map(given, "promises")
    if document.get("form") != FORM:
        raise FormError(f"promises.form: is {document.get('form')!r}; this version reads form {FORM}")
    places = {name: _place(name, one) for name, one in _map(document.get("places", {}), "places").items()}
    listed = _map(document.get("promises", {}), "promises")
    return Promises(places, tuple(_promise(name, one, places) for name, one in listed.items()))


def _promise(name: str, given: object, places: Mapping[str, Place]) -> Promise:
    key = f"promises.{name}"
    entry = _map(given, key)
    over = _map({} if entry.get("over") is None else entry["over"], f"{key}.over")
    port = over.get("port", 0)
    if not isinstance(port, int):
        raise FormError(f"{key}.over.port: {port!r} is not a port; give a number from 1 to 65535")
    try:
        row = action(_text(entry, "does", key))
    except UnknownActionError as error:
        raise FormError(f"{key}.does: {error}") from error
    promise = Promise(
        name=name,
        who=_who(entry.get("who"), f"{key}.who"),
        origin=_origin(entry.get("from"), f"{key}.from", places),
        action=row,
        on=_text(entry, "on", key, needed=False),
        group=_text(over, "group", f"{key}.over", needed=False),
        host=_text(over, "host", f"{key}.over", needed=False),
        port=port,
        setting=_text(entry, "setting", key, needed=False),
    )
    if not promise.on and not promise.host:
        raise FormError(f"{key}: names neither an object (on) nor a host (over.host)")
    return promise


def _who(given: object, key: str) -> Who:
    entry = _map(given, key)
    kind = _one_of(entry, _WHO, key, beside="group")
    name = _text(entry, "name", key, needed=False)
    if kind == "persona":
        return Who(kind, _text(entry, "group", key), name or _text(entry, "persona", key))
    return Who(kind, _text(entry, kind, key), name)


def _origin(given: object, key: str, places: Mapping[str, Place]) -> Origin:
    entry = _map(given, key)
    kind = _one_of(entry, _FROM, key)
    origin = Origin(kind, _text(entry, kind, key), _text(entry, "plane", key, needed=False))
    if kind == "place" and origin.id not in places:
        raise FormError(f"{key}.place: there is no place {origin.id}; {instead(origin.id, places)}")
    return origin


def _place(name: str, given: object) -> Place:
    key = f"places.{name}"
    entry = _map(given, key)
    if entry.get("kind") not in ("network", "internet"):
        raise FormError(f"{key}.kind: is {entry.get('kind')!r}; it must be network or internet")
    try:
        ranges = tuple(ipaddress.ip_network(text) for text in _texts(entry, "ranges", key))
    except ValueError as error:
        raise FormError(f"{key}.ranges: {error}") from error
    is_network, network = entry["kind"] == "network", _text(entry, "network", key, needed=False)
    return Place(name, is_network, network, ranges, frozenset(_texts(entry, "resolves", key)))


def _one_of(entry: Mapping[str, object], kinds: Iterable[str], key: str, beside: str = "") -> str:
    """The one key of `kinds` that is given; `beside` may be given with the first of them."""
    given = [kind for kind in kinds if kind in entry]
    if len(given) == 2 and given[1] == beside:
        given = given[:1]
    if len(given) != 1:
        raise FormError(
            f"{key}: takes exactly one of {', '.join(kinds)}; it has {', '.join(given) or 'none'}"
        )
    return given[0]


def _map(given: object, key: str) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise FormError(f"{key}: must be a map")
    return given


def _text(entry: Mapping[str, object], name: str, key: str, *, needed: bool = True) -> str:
    found = entry.get(name)
    if isinstance(found, str) and (found or not needed):
        return found
    if found is None and not needed:
        return ""
    raise FormError(f"{key}.{name}: {'is missing' if found is None else f'{found!r} is not text'}")


def _texts(entry: Mapping[str, object], name: str, key: str) -> list[str]:
    found = entry.get(name, [])
    if not isinstance(found, list):
        raise FormError(f"{key}.{name}: must be a list")
    return [str(one) for one in found]


def instead(given: str, known: Iterable[str]) -> str:
    """What somebody may have meant."""
    names = sorted(known)
    close = get_close_matches(given, names, n=1)
    return f"did you mean {close[0]}?" if close else f"there is {', '.join(names) or 'none'}"
