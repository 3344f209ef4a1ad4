"""The aliases that a file of policies needs: those whose name occurs in one of its policies, of some tens of thousands.

A name is looked for in every text, so that what a parameter or a template function hands on is found too. The arrays
around what is named are kept (`….ipRules[*]` for `….ipRules[*].value`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from infra.live.json_values import JsonMap, mappings, text

_NAME = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9]+)+/[a-z0-9_./\[\]*$-]+")


def aliases_mentioned(
    providers: Iterable[JsonMap], policies: Iterable[JsonMap]
) -> Mapping[str, list[JsonMap]]:
    """The raw alias objects by resource type (`Microsoft.Storage/storageAccounts`), from the list of providers."""
    named = {name for policy in policies for name in _names(policy)}
    found: dict[str, list[JsonMap]] = {}
    for provider in providers:
        for kind in mappings(provider.get("resourceTypes")):
            kept = [one for one in mappings(kind.get("aliases")) if text(one.get("name")).lower() in named]
            if kept:
                found[f"{text(provider.get('namespace'))}/{text(kind.get('resourceType'))}"] = kept
    return found


def _names(value: object) -> Iterator[str]:
    """Every text that may be an alias, in lower case, and what encloses it."""
    if isinstance(value, str):
        for name in _NAME.findall(value.lower()):
            yield from _enclosing(name)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _names(one)
    elif isinstance(value, list):
        for one in value:
            yield from _names(one)


def _enclosing(name: str) -> Iterator[str]:
    yield name
    for end in re.finditer(r"\[\*\]", name):
        yield name[: end.start()]
        yield name[: end.end()]
