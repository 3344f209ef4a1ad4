"""The file of a subscription's policies: what is assigned on one day, in stable bytes, that may be committed.

Who wrote an object and when (`systemData`, and the metadata that the portal adds) names people and says nothing about
what a policy does: the file has none of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping

from infra.azure_judges.assigned import Assigned
from infra.live.json_values import JsonMap, text

FORM = 1

_WRITTEN_BY = frozenset({"assignedBy", "createdBy", "createdOn", "updatedBy", "updatedOn"})


def policy_file(assigned: Assigned, tenant_id: str, subscription_id: str, read_on: datetime.date) -> str:
    """The whole text."""
    document = {
        "format": FORM,
        "tenantId": tenant_id,
        "subscriptionId": subscription_id,
        "readOn": read_on.isoformat(),
        "managementGroups": list(assigned.management_groups),
        "assignments": _sorted(assigned.assignments, "id"),
        "definitions": _sorted(assigned.definitions, "id"),
        "initiatives": _sorted(assigned.initiatives, "id"),
        "exemptions": _sorted(assigned.exemptions, "id"),
        "aliases": {kind: _sorted(found, "name") for kind, found in sorted(assigned.aliases.items())},
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _sorted(objects: Iterable[JsonMap], key: str) -> list[object]:
    ordered = sorted(objects, key=lambda one: (text(one.get(key)).lower(), text(one.get(key))))
    return [_kept(one) for one in ordered]


def _kept(value: object, *, metadata: bool = False) -> object:
    """The value with its keys in one order. A definition's own conditions keep theirs: lists are never sorted."""
    if isinstance(value, Mapping):
        return {
            key: _kept(one, metadata=key == "metadata")
            for key, one in sorted(value.items())
            if key != "systemData" and not (metadata and key in _WRITTEN_BY)
        }
    if isinstance(value, list):
        return [_kept(one) for one in value]
    return value
