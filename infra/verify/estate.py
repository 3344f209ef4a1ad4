"""What only Azure knows of the deployed resources: their properties, read once each, or told by the stack's outputs."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.host_names import HostName, host_name
from infra.live.errors import CannotLookError, looking
from infra.live.json_values import mapping
from infra.live.session import Session

_PROVIDERS_VERSION = "2021-04-01"
Properties = Mapping[str, object]


class NoHostError(Exception):
    """The object is not there, or tells no host; the text says which."""


class UnknownHostError(Exception):
    """The table of host names has no row for the object: nothing of the platform's is at fault."""


_ENVIRONMENT = "microsoft.app/managedenvironments"


@dataclass
class Estate:
    """One reading of each resource, whoever asks for it first. `told`: properties by ARM id in lower case that need no
    reading."""

    session: Session
    told: Mapping[str, Properties] = field(default_factory=dict)
    _read: dict[str, Properties | CannotLookError | None] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def resource(self, arm_id: str) -> Properties | None:
        """The resource as Azure has it; None where there is none. Raises `CannotLookError`."""
        return self._once(arm_id.lower(), lambda: self._fetched(arm_id))

    def properties(self, arm_id: str) -> Properties:
        """Its `properties`, empty where there is no such resource. Raises `CannotLookError`."""
        told = self.told.get(arm_id.lower())
        return told if told is not None else mapping((self.resource(arm_id) or {}).get("properties"))

    def host(self, arm_id: str, group: str) -> str:
        """The host of a resource's sub-resource, or of the resource itself. Raises `NoHostError`, `UnknownHostError`,
        `CannotLookError`."""
        if arm_type_of(arm_id).lower() == _ENVIRONMENT:
            return self._host_of_an_app(arm_id)
        target, known = host_of(arm_id, group)
        if known.template:
            return self._made(target, known)
        properties = self.properties(target)
        for path in known.properties:
            found = at(properties, path)
            if isinstance(found, str) and found:
                return _host_in(found)
        raise NoHostError(f"{target} has no {' and no '.join(known.properties)}")

    def _host_of_an_app(self, environment: str) -> str:
        """Of the first app in the environment: a road to one is the road to all."""
        path = f"{environment[: environment.lower().index('/managedenvironments/')]}/containerApps"
        version = self.version(f"{path}/any")
        found = self._once(path.lower(), lambda: self._listed(path, version)) or {}
        listed = found.get("value")
        for app in listed if isinstance(listed, list) else ():
            inside = str(at(app, "properties.environmentId")).lower() == environment.lower()
            host = at(app, "properties.configuration.ingress.fqdn")
            if inside and isinstance(host, str) and host:
                return host
        raise NoHostError(f"no app answers in {environment.rpartition('/')[2]}")

    def version(self, arm_id: str) -> str:
        """The newest API version of the id's type that is no preview. Raises `CannotLookError`."""
        namespace, _, kind = arm_type_of(arm_id).partition("/")
        found = self._once(f"provider {namespace.lower()}", lambda: self._provider(namespace)) or {}
        listed = found.get("resourceTypes")
        for one in listed if isinstance(listed, list) else ():
            if str(mapping(one).get("resourceType", "")).lower() == kind.lower():
                versions = sorted(map(str, one.get("apiVersions", [])), reverse=True)
                stable = [version for version in versions if "preview" not in version]
                if versions:
                    return (stable or versions)[0]
        raise CannotLookError(f"Azure lists no API version of {namespace}/{kind}", "az provider show")

    def _made(self, target: str, known: HostName) -> str:
        name = target.rpartition("/")[2]
        region = guid = ""
        if "{region}" in known.template:
            region = str((self.resource(target) or {}).get("location", "")).replace(" ", "").lower()
        if "{guid}" in known.template:
            guid = str(self.properties(target).get("workspaceId", ""))
        if ("{region}" in known.template and not region) or ("{guid}" in known.template and not guid):
            raise NoHostError(f"there is no {target}, or it does not say where it answers")
        return known.template.format(name=name.lower(), region=region, guid=guid)

    def _fetched(self, arm_id: str) -> Properties | None:
        with looking(arm_id.rpartition("/")[2], "Reader"):
            return self.session.ask_arm("GET", arm_id, self.version(arm_id))

    def _listed(self, path: str, version: str) -> Properties | None:
        with looking(path.rpartition("/")[2], "Reader"):
            return self.session.ask_arm("GET", path, version)

    def _provider(self, namespace: str) -> Properties | None:
        with looking(f"the types of {namespace}", "a sign-in"):
            return self.session.ask_arm("GET", f"/providers/{namespace}", _PROVIDERS_VERSION)

    def _once(self, key: str, read: Callable[[], Properties | None]) -> Properties | None:
        """What was read first; a failure too, so that nobody waits for it twice."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._read:
                try:
                    self._read[key] = read()
                except CannotLookError as error:
                    self._read[key] = error
            found = self._read[key]
        if isinstance(found, CannotLookError):
            raise found
        return found


def _host_in(text: str) -> str:
    """Of a URL, of a connection string that holds one, or the text itself."""
    url = re.search(r"https?://[^;,\s]+", text)
    return (urlsplit(url[0]).hostname or "") if url else text


def host_of(arm_id: str, group: str) -> tuple[str, HostName]:
    """The resource that has the host, the object itself or what it is part of, and the row of the table. Raises
    `UnknownHostError`."""
    length = len(arm_id)
    for level in reversed(levels(arm_id)):
        found = host_name(arm_type_of(level), group)
        if found is not None:
            return arm_id[: min(length, len(level))], found
    raise UnknownHostError(f"nothing is known of the host of {arm_type_of(arm_id)} ({group or 'no group'})")


def has_host(arm_id: str, group: str) -> bool:
    """Whether the object, or what it is part of, has a host for the sub-resource."""
    return any(host_name(arm_type_of(level), group) is not None for level in levels(arm_id))


def at(value: object, path: str) -> object:
    """What stands at a dotted path; None where nothing does."""
    for step in path.split("."):
        value = mapping(value).get(step)
    return value
