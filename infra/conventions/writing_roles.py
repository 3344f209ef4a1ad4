"""Which operations and which built-in roles we count as writing: what people do not hold in production.

What a role permits is in `azure_facts.roles`; that some of it changes nothing worth guarding is our reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from azure_facts.roles import BuiltInRole, built_in_roles

_LOOKING = re.compile(
    r".*/read"
    # Azure ML: scores, fetches a token that expires, shows logs and nodes, downloads a notebook.
    r"|.*/onlineendpoints/(score|token|deployments/getlogs)/action"
    r"|.*/computes/listnodes/action"
    r"|.*/notebooks/storage/download/action"
    # Storage: a key that carries its holder's own rights; reading past a file's access list.
    r"|microsoft\.storage/.*/(generateuserdelegationkey|readfilebackupsemantics)/action"
    # Event Hubs, Service Bus, Event Grid.
    r"|.*/receive/action"
    # Key Vault: uses secrets and keys.
    r"|microsoft\.keyvault/vaults/secrets/(getsecret|readmetadata)/action"
    r"|microsoft\.keyvault/vaults/keys/(encrypt|decrypt|wrap|unwrap|sign|verify|release)/action"
    # Signs in to a cluster, where Kubernetes' own roles decide.
    r"|microsoft\.containerservice/managedclusters/(listcluster(user|monitoringuser)|managednamespaces/list)credential/action"
    # Queries.
    r"|microsoft\.documentdb/databaseaccounts/readonlykeys/action"
    r"|microsoft\.operationalinsights/workspaces/(search|analytics/query|jobs/export)/action"
)
_BESIDE = re.compile(
    r"microsoft\.(support/.*|insights/alertrules/.*|eventgrid/eventsubscriptions/(write|delete))"
)
"""What Azure adds to many reading roles: support tickets, classic alerts, and a subscription to key rotations."""

_JUDGED_READING = frozenset(
    {
        "Backup Reader",
        "Cognitive Services Content Understanding Reader",
        "Cognitive Services Custom Vision Reader",
        "Cognitive Services Language Reader",
        "Cognitive Services OpenAI User",
        "Cognitive Services Speech User",
        "Cognitive Services User",
        "Foundry Project Runtime User",
        "Key Vault Crypto User",
        "Security Reader",
    }
)
"""Roles that may change something on the side and are given to those who only use or watch a service, because no lesser
role lets them: a caller of an AI service leaves results in it, a key's user may also update the key's attributes."""


def changes_something(operation: str) -> bool:
    """Whether an operation writes, deletes or starts something."""
    return not _LOOKING.fullmatch(operation.lower())


def role_changes_something(role: BuiltInRole) -> bool:
    """Whether a holder can change something, in resources or in data, himself or through a credential that the role
    hands out."""
    return role.name not in _JUDGED_READING and any(
        changes_something(operation) and not _BESIDE.fullmatch(operation.lower())
        for operation in role.operations
    )


@cache
def writing_roles() -> Mapping[str, str]:
    """GUID to name of each built-in role that changes something."""
    return MappingProxyType(
        {guid: role.name for guid, role in built_in_roles().items() if role_changes_something(role)}
    )
