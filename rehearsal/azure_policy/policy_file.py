"""Reading the file of policies: what is assigned to a subscription and its management groups, as Azure's REST API
gives it.

It is JSON with `format`, `tenantId`, `subscriptionId`, `readOn`, `managementGroups` (ids, the nearest first), and the
raw objects `assignments`, `definitions`, `initiatives`, `exemptions` and `aliases` (by resource type). It may hold
the aliases of every type of Azure, so it is parsed without a copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pulumi_stack_files.files import read_text
from rehearsal.azure_policy.aliases import AliasTable
from rehearsal.model.errors import RehearsalError, refused_files
from rehearsal.model.json_reader import JsonReader, WrongJsonError
from rehearsal.model.values import JsonObject

FORMAT = 1
MOST_BYTES = 256 << 20
"""Room for the aliases of every type of Azure."""


@dataclass(frozen=True, eq=False)
class PolicyFile:
    """`definitions` and `initiatives` are by id in lower case; `management_groups` are ids in lower case."""

    path: Path
    tenant_id: str
    subscription_id: str
    read_on: str
    management_groups: tuple[str, ...]
    assignments: tuple[JsonObject, ...]
    definitions: Mapping[str, JsonObject]
    initiatives: Mapping[str, JsonObject]
    exemptions: tuple[JsonObject, ...]
    aliases: AliasTable


def policies_of(stack_file: Path, asked_for: Path | None) -> PolicyFile | None:
    """The file that was asked for, or the one beside the stack's file; None where there is none. Raises
    `RehearsalError` as `read_policy_file` does."""
    stack = stack_file.name.removeprefix("Pulumi.").removesuffix(stack_file.suffix)
    path = asked_for or stack_file.with_name(f"azure-policies.{stack}.json")
    return read_policy_file(path) if asked_for or path.is_file() else None


def read_policy_file(path: Path) -> PolicyFile:
    """The file. Raises `RehearsalError`, which names it, for what is no JSON or not of this form."""
    with refused_files():
        text = read_text(path, MOST_BYTES)
    try:
        document: object = json.loads(text, parse_constant=_refused_constant)
        if not isinstance(document, dict):
            raise WrongJsonError("the document must be an object")
        return _policy_file(path, JsonReader(document))
    except WrongJsonError as error:
        raise RehearsalError(f"{path}: {error} (the form is in docs/azure-policies.md)") from error
    except (ValueError, RecursionError) as error:
        raise RehearsalError(f"{path}: is no JSON ({error})") from error


def _refused_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _policy_file(path: Path, document: JsonReader) -> PolicyFile:
    if document.whole_number("format") != FORMAT:
        raise WrongJsonError(f"format must be {FORMAT}; write the file anew")
    return PolicyFile(
        path=path,
        tenant_id=document.text("tenantId"),
        subscription_id=document.text("subscriptionId"),
        read_on=document.text("readOn", ""),
        management_groups=tuple(each.lower() for each in document.texts("managementGroups")),
        assignments=_objects(document, "assignments"),
        definitions=_by_id(document, "definitions"),
        initiatives=_by_id(document, "initiatives"),
        exemptions=_objects(document, "exemptions"),
        aliases=AliasTable(document.mapping("aliases")),
    )


def _objects(document: JsonReader, key: str) -> tuple[JsonObject, ...]:
    """Sorted by id, whatever the order in the file."""
    found = [(each.text("id"), each.values) for each in document.readers(key)]
    return tuple(values for _, values in sorted(found, key=lambda item: item[0].lower()))


def _by_id(document: JsonReader, key: str) -> Mapping[str, JsonObject]:
    return {each.text("id").lower(): each.values for each in document.readers(key)}
