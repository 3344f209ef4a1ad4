"""What in a preview only a service can make up: the simulated cloud gives it a value, which means nothing to Azure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import is_unknown
from rehearsal.model.values import UNKNOWN, Secret

_ATOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|[0-9A-F]{16,}|[0-9]{12,}"
)
"""GUIDs, hashes and numbers of services."""

_OF_THE_PROGRAM = ("tenantId", "subscriptionId")
"""Outputs that repeat what the configuration says."""


class ServiceMade:
    """The values that the services of these resources make up, and what holds one of them."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        everything = tuple(resources)
        self._atoms = frozenset(atom for each in everything for atom in _atoms_made(each))
        self._texts = tuple(sorted({text for each in everything for text in _texts_made(each)}))

    def taken_out(self, value: object) -> object:
        """The value with `UNKNOWN` in the place of every text or number that holds something made up, also of what a
        program has put together with it."""
        if isinstance(value, dict):
            return {key: self.taken_out(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.taken_out(each) for each in value]
        if isinstance(value, Secret):
            return Secret(self.taken_out(value.value))
        if isinstance(value, str):
            return UNKNOWN if self._is_made(value) else value
        return UNKNOWN if is_unknown(value) else value

    def _is_made(self, text: str) -> bool:
        if is_unknown(text):
            return True
        if any(atom in self._atoms for atom in _ATOM.findall(text)):
            return True
        return any(made in text for made in self._texts)


def _atoms_made(resource: Resource) -> Iterator[str]:
    if not resource.custom or resource.external:
        return
    own = {atom for text in _texts(resource.inputs) for atom in _ATOM.findall(text)}
    for text in _texts(resource.outputs):
        yield from (atom for atom in _ATOM.findall(text) if atom not in own and atom not in resource.id)
    entry = CATALOGUE.get(resource.type)
    if entry is not None and entry.has_opaque_id:
        yield from _ATOM.findall(resource.id)


def _texts_made(resource: Resource) -> Iterator[str]:
    """Whole outputs with letters of the service's own, which nothing else tells from a name."""
    entry = CATALOGUE.get(resource.type)
    for outputs in entry.outputs if entry else ():
        for path, template in outputs.values.items():
            found = walk(resource.outputs, path)
            if isinstance(template, str) and "{alnum:" in template and isinstance(found, str):
                yield found


def _texts(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, str(name))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, key)
    elif isinstance(value, Secret):
        yield from _texts(value.value, key)
    elif isinstance(value, str) and key not in _OF_THE_PROGRAM:
        yield value
