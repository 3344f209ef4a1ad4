"""The outputs of a resource that are known before it exists: all but those that only its service can make up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.entry import ResourceType
from rehearsal.cloud.registry_accounts import ML_REGISTRY, without_accounts
from rehearsal.cloud.templates import placeholders
from rehearsal.model.paths import split_path, walk
from rehearsal.model.urns import package_of
from rehearsal.model.values import UNKNOWN, Secret

_MADE_UP = frozenset({"guid", "digits", "hex", "hexUpper", "alnum", "workspaceNumber", "workspaceHost"})
_OF_IDENTITIES = frozenset({"principalId", "clientId"})


def known_outputs(
    resource_type: str, inputs: Mapping[str, object], outputs: Mapping[str, object], *, stands: bool
) -> dict[str, object]:
    """The outputs as a preview may show them; unknown is what rests on an unknown input and, unless the resource
    `stands` already, what its service makes up."""
    result = dict(outputs)
    known = CATALOGUE.get(resource_type)
    unknown = {name for name, value in inputs.items() if value is UNKNOWN}
    if known is not None:
        if unknown & set(placeholders(known.path)) or (known.has_opaque_id and not stands):
            unknown.add("id")
        for path, names in _templates(known):
            made_up = bool(names & _MADE_UP) and not stands
            if (made_up or names & unknown) and walk(inputs, path) is None and walk(result, path) is not None:
                result = _with_unknown(result, [str(step) for step in split_path(path)])
        own = placeholders(known.path)[-1:]
        if package_of(resource_type) == "azure-native" and (
            unknown & set(own) or (not stands and not any(inputs.get(name) for name in own))
        ):
            result = _unknown_name(known, inputs, result)
    if resource_type == ML_REGISTRY and not stands:
        result["regionDetails"] = without_accounts(result.get("regionDetails"))
    if "identity" in result and not stands:
        result["identity"] = _without_principals(result["identity"])
    return result


def _unknown_name(
    known: ResourceType, inputs: Mapping[str, object], result: dict[str, object]
) -> dict[str, object]:
    """The name is made up by the provider, unless there is only one that it can have."""
    own = placeholders(known.path)[-1]
    return result if own in known.default_names and inputs.get(own) is None else {**result, "name": UNKNOWN}


def _templates(known: ResourceType) -> Iterator[tuple[str, set[str]]]:
    for group in known.outputs:
        for path, template in group.values.items():
            yield path, set(_names(template))


def _names(template: object) -> Iterator[str]:
    if isinstance(template, str):
        yield from placeholders(template)
    elif isinstance(template, Mapping):
        for key, item in template.items():
            yield from _names(key)
            yield from _names(item)
    elif isinstance(template, (list, tuple)):
        for item in template:
            yield from _names(item)


def _with_unknown(values: Mapping[str, object], steps: list[str]) -> dict[str, object]:
    key, *rest = steps
    below = values.get(key)
    if isinstance(below, Secret):
        below = below.value
    if rest and isinstance(below, dict):
        return {**values, key: _with_unknown(below, rest)}
    return {**values, key: UNKNOWN}


def _without_principals(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {
        key: UNKNOWN if key in _OF_IDENTITIES else _without_principals(item) for key, item in value.items()
    }
