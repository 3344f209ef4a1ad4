"""What other teams lend an environment's identities in their own subscriptions: the bootstrap cannot give it.

The owners of the hub, of the guard and of the log workspace do it once (docs/network.md, docs/recovery.md,
docs/bootstrap.md). Reader on the hub's network, for who previews, is in the bootstrap's own table: its runner may ask
for that with `--hub-network`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from azure_facts.roles import Role

PERSON = "person"
"""Who runs the first `up`; the other purposes are those of `bootstrap/identities.py`."""


class LentScope(StrEnum):
    """What is not ours."""

    HUB_NETWORK = "the hub's network"
    HUB_ZONES = "the group of the hub's private DNS zones"
    RESOURCE_GUARD = "the resource guard"
    FLOW_LOG_IDENTITY = "the identity that writes flow logs"
    LOG_WORKSPACE = "the log workspace"


@dataclass(frozen=True)
class Lent:
    """One role on something that another team owns, for whom, and the operations that it is for."""

    scope: LentScope
    role: Role
    to: tuple[str, ...]
    why: str
    page: str
    needs: tuple[str, ...]


READS_PEERING = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read"

LENT: tuple[Lent, ...] = (
    Lent(
        LentScope.HUB_NETWORK,
        Role.NETWORK_CONTRIBUTOR,
        (PERSON, "deploy"),
        "peers with it, reads its peering back, and links zones of ours to it",
        "docs/network.md",
        (
            "Microsoft.Network/virtualNetworks/peer/action",
            "Microsoft.Network/virtualNetworks/join/action",
            READS_PEERING,
        ),
    ),
    Lent(
        LentScope.HUB_ZONES,
        Role.PRIVATE_DNS_ZONE_CONTRIBUTOR,
        (PERSON, "deploy"),
        "puts the names of private endpoints into the zones",
        "docs/network.md",
        ("Microsoft.Network/privateDnsZones/join/action",),
    ),
    Lent(
        LentScope.RESOURCE_GUARD,
        Role.READER,
        (PERSON, "deploy"),
        "ties the backup vault to the guard",
        "docs/recovery.md",
        ("Microsoft.DataProtection/resourceGuards/read",),
    ),
    Lent(
        LentScope.FLOW_LOG_IDENTITY,
        Role.MANAGED_IDENTITY_OPERATOR,
        (PERSON, "deploy"),
        "lets flow logs write with it",
        "docs/network.md",
        ("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",),
    ),
    Lent(
        LentScope.LOG_WORKSPACE,
        Role.MONITORING_CONTRIBUTOR,
        (PERSON, "deploy"),
        "sends diagnostics to it",
        "docs/bootstrap.md",
        ("Microsoft.OperationalInsights/workspaces/sharedKeys/action",),
    ),
)


def lent_in_words() -> str:
    """One clause for each, for the help of the bootstrap."""
    return "; ".join(f"{one.role} on {one.scope} for {' and '.join(one.to)} ({one.page})" for one in LENT)
