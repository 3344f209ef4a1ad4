"""A storage-event trigger: a storage account, and a path that says container and folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.arm_id_parsing import arm_type_of
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import TRIGGER, part
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.rule import Case, Rule, Violation

_ACCOUNT = "microsoft.storage/storageaccounts"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.type") != "BlobEventsTrigger":
        return
    scope = resource.text("properties.scope")
    if not resource.is_unknown("properties.scope") and arm_type_of(scope).lower() != _ACCOUNT:
        yield Violation("properties.scope", "must be the id of a storage account")
    if not resource.value("properties.events"):
        yield Violation("properties.events", "is empty; give Microsoft.Storage.BlobCreated")
    begins = resource.text("properties.blobPathBeginsWith")
    ends = resource.text("properties.blobPathEndsWith")
    if not begins and not ends:
        yield Violation("properties.blobPathBeginsWith", "give it or blobPathEndsWith")
    elif begins and not re.match(r"^/[^/]+/(blobs/.*)?$", begins):
        yield Violation(
            "properties.blobPathBeginsWith", f"'{begins}' must read /CONTAINER/blobs/FOLDER/, or /CONTAINER/"
        )


def _case(begins: str) -> Case:
    properties = {
        "type": "BlobEventsTrigger",
        "scope": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/dlsmldev",
        "events": ["Microsoft.Storage.BlobCreated"],
        "blobPathBeginsWith": begins,
    }
    return Case((part(TRIGGER, "landed", {"properties": properties}),))


RULE = Rule(
    id="ADF305",
    service="Data Factory trigger",
    title="a storage event's account and path",
    applies_to=(TRIGGER,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com data-factory/how-to-create-event-trigger",
    check=_check,
    trips=_case("/raw/landing/"),
    passes=_case("/raw/blobs/landing/"),
)
