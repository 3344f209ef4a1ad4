"""By which names the services know a party: object ids in Azure, application ids and group names in Databricks."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.guids import is_guid
from rehearsal.cloud.identities import client_id, principal_id
from rehearsal.model.json_values import text_at
from rehearsal.model.values import plain
from rehearsal.model.world import World
from rehearsal.promises.model import Party, PartyKind

_MADE_BY_AZURE = ("identity.principalId", "identityProfile.kubeletidentity.objectId")
"""Where the outputs of a resource name them. Nodes pull images as the kubelet identity (learn.microsoft.com
azure/aks/use-managed-identity, summary of managed identities)."""


@dataclass(frozen=True)
class Principal:
    """One party. `object_ids` are Entra's, in lower case, `name` is Databricks'; empty where the party has none or
    nobody says. `alone`: it is one identity and no group, and may be who deploys. `urns` are the declared resources
    without which it would not exist; `missing` says why it does not."""

    object_ids: tuple[str, ...] = ()
    name: str = ""
    urns: tuple[str, ...] = ()
    missing: str = ""
    alone: bool = False


def principal_of(world: World, party: Party) -> Principal:
    """Who a party is for the services."""
    match party.kind:
        case PartyKind.PERSONA:
            return Principal((party.id.lower(),), party.databricks)
        case PartyKind.GROUP:
            if is_guid(party.id):
                return Principal((party.id.lower(),), party.databricks)
            return Principal(_known(party.object_id), party.id)
        case PartyKind.APPLICATION:
            return Principal(_known(party.object_id), party.id, alone=True)
        case PartyKind.IDENTITY:
            declared = world.find(party.id)
            arm_id = declared.id if declared else party.id
            urns = (declared.urn,) if declared else ()
            return Principal((principal_id(arm_id),), client_id(arm_id), urns, alone=True)
        case PartyKind.SYSTEM:
            return _system_assigned(world, party.id)


def _known(object_id: str) -> tuple[str, ...]:
    return (object_id.lower(),) if object_id else ()


def _system_assigned(world: World, arm_id: str) -> Principal:
    """Those that Azure makes for a resource: its own, and that of a cluster's nodes. A resource that is not declared
    has whatever identity others gave it."""
    declared = world.find(arm_id)
    if declared is None or declared.external:
        return Principal((principal_id(declared.id if declared else arm_id),), alone=True)
    outputs = plain(dict(declared.outputs))
    made = (text_at(outputs, path).lower() for path in _MADE_BY_AZURE)
    object_ids = tuple(one for one in made if one)
    if not object_ids:
        return Principal(urns=(declared.urn,), missing=f"{declared.name} has no system-assigned identity")
    return Principal(object_ids, client_id(declared.id), (declared.urn,), alone=True)
