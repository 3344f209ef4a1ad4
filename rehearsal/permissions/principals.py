"""By which names the services know a party: object ids in Azure, application ids and group names in Databricks."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.guids import is_guid
from rehearsal.cloud.identities import client_id, principal_id
from rehearsal.model.json_values import text_at
from rehearsal.model.values import plain
from rehearsal.model.world import World
from rehearsal.promises.model import Party, PartyKind


@dataclass(frozen=True)
class Principal:
    """One party. `object_id` is Entra's, in lower case, `name` Databricks'; empty where the party has none or nobody
    says. `urns` are the declared resources without which it would not exist; `missing` says why it does not."""

    object_id: str = ""
    name: str = ""
    urns: tuple[str, ...] = ()
    missing: str = ""


def principal_of(world: World, party: Party) -> Principal:
    """Who a party is for the services."""
    match party.kind:
        case PartyKind.PERSONA:
            return Principal(party.id.lower(), party.databricks)
        case PartyKind.GROUP:
            if is_guid(party.id):
                return Principal(party.id.lower(), party.databricks)
            return Principal(party.object_id.lower(), party.id)
        case PartyKind.APPLICATION:
            return Principal(party.object_id.lower(), party.id)
        case PartyKind.IDENTITY:
            declared = world.find(party.id)
            arm_id = declared.id if declared else party.id
            return Principal(
                principal_id(arm_id), client_id(arm_id), urns=(declared.urn,) if declared else ()
            )
        case PartyKind.SYSTEM:
            return _system_assigned(world, party.id)


def _system_assigned(world: World, arm_id: str) -> Principal:
    """A resource that is not declared has whatever identity others gave it."""
    declared = world.find(arm_id)
    if declared is None or declared.external:
        return Principal(principal_id(declared.id if declared else arm_id))
    found = text_at(plain(dict(declared.outputs)), "identity.principalId")
    if not found:
        return Principal(urns=(declared.urn,), missing=f"{declared.name} has no system-assigned identity")
    return Principal(found.lower(), client_id(declared.id), (declared.urn,))
