"""Whether the identity by which a service encrypts may use the key: asked at the service's request, of the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from azure_facts.key_users import KEY_USERS, USES, KeyUser
from rehearsal.authorisation.azure_needs import AzureNeed
from rehearsal.authorisation.azure_rights import AzureRights
from rehearsal.authorisation.denial import Denial
from rehearsal.authorisation.model import Identity
from rehearsal.authorisation.sent import Sent
from rehearsal.cloud.identities import client_id, principal_id
from rehearsal.model.paths import walk
from rehearsal.model.values import UNKNOWN

_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
_VAULT = "azure-native:keyvault:Vault"


@dataclass
class KeyUsers:
    """What the program has made: identities by ARM id and client id, and vaults that go by roles, by host. Of what
    others made nobody knows who may, so nothing is said of it."""

    identities: dict[str, str] = field(default_factory=dict)
    vaults: dict[str, str] = field(default_factory=dict)

    def copy(self) -> KeyUsers:
        """As it is, for another act."""
        return KeyUsers(dict(self.identities), dict(self.vaults))

    def learn(self, sent: Sent) -> None:
        """An identity or a vault was made."""
        if sent.type == _IDENTITY:
            self.identities |= {sent.id.lower(): sent.id, client_id(sent.id).lower(): sent.id}
        elif sent.type == _VAULT:
            name = sent.id.rpartition("/")[2].lower()
            if walk(dict(sent.inputs), "properties.enableRbacAuthorization") is True:
                self.vaults[name] = sent.id
            else:
                self.vaults.pop(name, None)

    def lacking(self, azure: AzureRights, sent: Sent) -> Iterator[Denial]:
        """The service's refusal where its identity lacks one of what it needs; at most one."""
        user = KEY_USERS.get(sent.type)
        if user is None:
            return
        key, named = _text(walk(dict(sent.inputs), user.key)), _named(walk(dict(sent.inputs), user.identity))
        vault = self.vaults.get(key.partition("://")[2].partition(".")[0].lower(), "")
        identity = self.identities.get(named.lower(), "")
        if not vault or not identity:
            return
        who = Identity(identity.rpartition("/")[2], "", principal_id(identity).lower())
        for operation in USES:
            found = azure.lacking(who, AzureNeed(operation, vault, user.source, data=True), sent)
            if found is not None:
                yield _worded(user, found, key, named)
                return


def _worded(user: KeyUser, found: Denial, key: str, named: str) -> Denial:
    if found.warned:
        return found
    return replace(
        found,
        rule="AUT330",
        message=user.message.format(key=key, identity=named),
        right=f"{found.right}, for the identity {named}",
        code=user.code,
    )


def _named(found: object) -> str:
    """One ARM id or client id; of several identities it is not known which asks the vault."""
    several = list(found) if isinstance(found, dict | list) else [found]
    return _text(several[0]) if len(several) == 1 else ""


def _text(found: object) -> str:
    return found if isinstance(found, str) and found is not UNKNOWN else ""
