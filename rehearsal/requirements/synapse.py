"""Synapse: its lake."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from azure_facts.source import Source
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.requirements.requirement import Need, Requirement, declared
from rehearsal.rules import tokens

_LAKE = Source(
    "learn.microsoft.com synapse-analytics/security/how-to-grant-workspace-managed-identity-permissions (Storage Blob "
    "Data Contributor on the file system, or access control lists)",
    datetime.date(2026, 11, 30),
)


def _use_the_lake(workspace: Resource, world: World) -> Iterator[Need]:
    lake = declared(workspace.text("defaultDataLakeStorage.resourceId"), world)
    system = workspace.text("defaultDataLakeStorage.filesystem")
    if lake is None or not system or "SystemAssigned" not in workspace.text("identity.type"):
        return
    container = f"{lake.id}/blobServices/default/containers/{system}"
    who = Party(PartyKind.SYSTEM, workspace.id, workspace.name)
    place = Place(PlaceKind.SERVICE, workspace.id, name=workspace.name)
    yield Need(place, who, "write blobs", container, Door(lake.id, "dfs"))


REQUIREMENTS = (
    Requirement(
        "REQ340",
        "Synapse",
        "the workspace writes in its lake",
        (tokens.SYNAPSE_WORKSPACE,),
        _LAKE,
        _use_the_lake,
        Severity.WARNING,
    ),
)
