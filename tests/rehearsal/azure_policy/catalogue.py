"""The policies of `tests/data/azure_policies`, in the form in which Azure publishes them, and files made of them.

Each entry has a `definition`, the `parameters` of its assignment, and resources that violate it, comply with it, or
leave it undecided (`[unknown]` is in the place of what only a service can make up).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.azure_policy.evaluation import evaluate
from rehearsal.azure_policy.policy_file import read_policy_file
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.azure_policy import Evaluated
from rehearsal.model.values import UNKNOWN, UNKNOWN_TEXT, Json, JsonObject

DATA = Path(__file__).parents[2] / "data" / "azure_policies"
SUBSCRIPTION = "33333333-3333-3333-3333-333333333333"
TENANT = "11111111-1111-1111-1111-111111111111"
TODAY = datetime.date(2026, 11, 30)
CONDITIONS = ("operators", "logic", "fields", "counts", "functions")


@dataclass(frozen=True)
class Entry:
    """One policy of the catalogue. `rule` is the finding of what violates it."""

    id: str
    definition: JsonObject
    parameters: JsonObject
    cases: Mapping[str, Sequence[JsonObject]] = field(default_factory=dict)
    rule: str = "AZP300"


def entries(file: str) -> list[Entry]:
    return [_entry(file, raw) for raw in json.loads((DATA / f"{file}.json").read_text(encoding="utf-8"))]


def _entry(file: str, raw: dict[str, Json]) -> Entry:
    definition = raw["definition"]
    assert isinstance(definition, dict)
    properties = definition["properties"]
    assert isinstance(properties, dict)
    name = f"{file}-{re.sub('[^a-z0-9]+', '-', str(properties['displayName']).lower()).strip('-')}"
    parameters = raw.get("parameters", {})
    assert isinstance(parameters, dict)
    whole = {
        **definition,
        "id": f"/providers/Microsoft.Authorization/policyDefinitions/{name}",
        "type": "Microsoft.Authorization/policyDefinitions",
        "name": name,
    }
    cases = {
        case: [one for one in found if isinstance(one, dict)]
        for case in ("violates", "complies", "undecided")
        if isinstance(found := raw.get(case, []), list)
    }
    return Entry(name, whole, parameters, cases, str(raw.get("rule", "AZP300")))


def aliases() -> JsonObject:
    return json.loads((DATA / "aliases.json").read_text(encoding="utf-8"))


def assignment(
    entry: Entry, name: str = "", subscription: str = SUBSCRIPTION, /, **properties: Json
) -> JsonObject:
    """The policy assigned to the subscription."""
    return {
        "id": f"/subscriptions/{subscription}/providers/Microsoft.Authorization/policyAssignments/{name or entry.id}",
        "type": "Microsoft.Authorization/policyAssignments",
        "name": name or entry.id,
        "properties": {
            "displayName": f"Assigned {name or entry.id}",
            "scope": f"/subscriptions/{subscription}",
            "policyDefinitionId": entry.definition["id"],
            "parameters": dict(entry.parameters),
            "enforcementMode": "Default",
            **properties,
        },
    }


def document(
    definitions: Sequence[JsonObject] = (),
    assignments: Sequence[JsonObject] = (),
    subscription: str = SUBSCRIPTION,
    **parts: object,
) -> dict[str, object]:
    """A file of policies."""
    return {
        "format": 1,
        "tenantId": TENANT,
        "subscriptionId": subscription,
        "readOn": "2026-11-30",
        "managementGroups": ["/providers/Microsoft.Management/managementGroups/corp"],
        "assignments": list(assignments),
        "definitions": list(definitions),
        "initiatives": [],
        "exemptions": [],
        "aliases": aliases(),
        **parts,
    }


def of_entry(entry: Entry, **properties: Json) -> dict[str, object]:
    """A file with one policy."""
    return document([entry.definition], [assignment(entry, **properties)])


def assigned_catalogue(subscription: str, count: int) -> dict[str, object]:
    """So many assigned policies, each with a definition of its own."""
    catalogue = [entry for file in (*CONDITIONS, "effects") for entry in entries(file)]
    copies = [
        Entry(
            f"{entry.id}-{number}",
            {**entry.definition, "id": f"{entry.definition['id']}-{number}"},
            entry.parameters,
        )
        for number, entry in enumerate(catalogue * (count // len(catalogue) + 1))
    ][:count]
    return document(
        [entry.definition for entry in copies],
        [assignment(entry, "", subscription) for entry in copies],
        subscription,
    )


def arm_resource(raw: JsonObject) -> ArmResource:
    """A resource of the catalogue, in the group rg-main unless it says another."""
    resource_type, name = str(raw["type"]), str(raw["name"])
    namespace, *types = resource_type.split("/")
    pairs = "/".join(f"{kind}/{part}" for kind, part in zip(types, name.split("/"), strict=True))
    scope = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{raw.get('group', 'rg-main')}"
    within = str(raw.get("within", scope))
    body = _with_unknowns(raw["body"])
    assert isinstance(body, dict)
    return ArmResource(
        urn=f"urn:pulumi:dev::sample::{resource_type}::{name}",
        id=str(raw.get("id") or f"{within}/providers/{namespace}/{pairs}"),
        type=resource_type,
        name=name,
        api_version=str(raw.get("apiVersion", "2024-01-01")),
        scope=scope,
        body=body,
        converted=raw.get("converted") is not False,
    )


def group(name: str, tags: JsonObject) -> ArmResource:
    scope = f"/subscriptions/{SUBSCRIPTION}"
    return ArmResource(
        urn=f"urn:pulumi:dev::sample::group::{name}",
        id=f"{scope}/resourceGroups/{name}",
        type="Microsoft.Resources/resourceGroups",
        name=name,
        api_version="2024-03-01",
        scope=scope,
        body={"location": "westeurope", "tags": dict(tags)},
    )


def _with_unknowns(value: object) -> object:
    if isinstance(value, dict):
        return {key: _with_unknowns(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_unknowns(item) for item in value]
    return UNKNOWN if value == UNKNOWN_TEXT else value


def stack_of(raw: JsonObject) -> list[ArmResource]:
    """The resource of a case, and the `others` of its stack."""
    others = raw.get("others", [])
    assert isinstance(others, list)
    return [arm_resource(raw), *(arm_resource(one) for one in others if isinstance(one, dict))]


def without_tags(raw: JsonObject) -> frozenset[str]:
    """The types of the case that have no tags and no location."""
    return frozenset({str(raw["type"])} if raw.get("supportsTags") is False else ())


GROUPS = (group("rg-main", {"costCenter": "cc-1"}), group("rg-bare", {}))


def evaluated(
    folder: Path,
    policies: Mapping[str, object],
    resources: Sequence[ArmResource],
    *,
    tenants: frozenset[str] = frozenset(),
    untagged: frozenset[str] = frozenset(),
) -> Evaluated:
    """The file of policies, written and read, over the resources and two resource groups."""
    path = folder / "azure-policies.dev.json"
    path.write_text(json.dumps(policies), encoding="utf-8")
    return evaluate(
        read_policy_file(path),
        [*GROUPS, *resources],
        today=TODAY,
        tenants=tenants,
        supports_tags=lambda one: one.type not in untagged,
    )
