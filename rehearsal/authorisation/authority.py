"""Who may do what at one moment of a platform's life: Azure and Databricks as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from azure_facts.arm_id_parsing import is_arm_id
from azure_facts.databricks_acting import (
    REGISTER_CONNECTORS,
    REGISTERING,
    REGISTERING_ROLES,
    RESOLVED_HOST,
)
from azure_facts.databricks_groups import ADMIN_OPERATION, ADMIN_OPERATION_SOURCE
from rehearsal.authorisation.azure_needs import AzureNeed, azure_needs
from rehearsal.authorisation.azure_rights import AzureRights, locked_denial
from rehearsal.authorisation.databricks_learning import learn
from rehearsal.authorisation.databricks_names import text_at
from rehearsal.authorisation.databricks_rights import DatabricksRights
from rehearsal.authorisation.databricks_standing import DatabricksStanding
from rehearsal.authorisation.denial import PERMISSION_DENIED, Denial
from rehearsal.authorisation.key_users import KeyUsers
from rehearsal.authorisation.model import Identity, Lifecycle
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.cloud.databricks_values import provider_host, workspace_values

_WORKSPACE = "azure-native:databricks:Workspace"
_READ_WORKSPACE = "Microsoft.Databricks/workspaces/read"


@dataclass
class Authority:
    """Judges requests, and learns from those that were carried out. `copy` before another act."""

    lifecycle: Lifecycle
    azure: AzureRights = field(default_factory=AzureRights)
    keys: KeyUsers = field(default_factory=KeyUsers)
    databricks: DatabricksStanding | None = None
    workspaces: dict[str, str] = field(default_factory=dict)
    """Host -> ARM id."""

    @property
    def standing(self) -> DatabricksStanding:
        """What Databricks knows."""
        if self.databricks is None:
            self.databricks = DatabricksStanding(self.lifecycle.metastore)
        return self.databricks

    def copy(self) -> Authority:
        """As it is, for another act."""
        return Authority(
            self.lifecycle, self.azure.copy(), self.keys.copy(), self.standing.copy(), dict(self.workspaces)
        )

    def lacking(self, identity: Identity, sent: Sent, verb: Verb) -> Iterator[Denial]:
        """Why the services would refuse a request of this identity; nothing where they would not."""
        if sent.package == "databricks":
            yield from self._in_databricks(identity, sent, verb)
            return
        for need in (*azure_needs(sent, verb), *self.azure.source_needs(sent, verb)):
            denial = self.azure.lacking(identity, need, sent)
            if denial is not None:
                yield denial
        if verb in (Verb.CREATE, Verb.UPDATE) and not sent.external:
            yield from self.keys.lacking(self.azure, sent)
        lock = self.azure.lock_over(sent) if verb is Verb.DELETE else ""
        if lock:
            yield locked_denial(sent, lock)

    def carried_out(self, identity: Identity, sent: Sent, verb: Verb) -> None:
        """The request took effect."""
        if verb is Verb.DELETE:
            self.azure.forget(sent)
        elif verb in (Verb.CREATE, Verb.UPDATE) and not sent.external:
            if sent.package == "databricks":
                learn(self.standing, sent, self.acting(identity, sent) or identity)
            else:
                self.azure.learn(sent)
                self.keys.learn(sent)
                if sent.type == _WORKSPACE:
                    self.workspaces[str(workspace_values(sent.id)["workspaceHost"])] = sent.id

    def acting(self, identity: Identity, sent: Sent) -> Identity | None:
        """Whose name a request goes out in: a provider with a client id of its own is somebody else. None where
        nobody is declared by that id."""
        client = sent.of_provider("azureClientId") or sent.of_provider("clientId")
        if not client or client == identity.databricks.name:
            return identity
        others = self.lifecycle.identities.values()
        return next((one for one in others if one.databricks.name == client), None)

    def _in_databricks(self, identity: Identity, sent: Sent, verb: Verb) -> Iterator[Denial]:
        who = self.acting(identity, sent)
        if who is None:
            client = sent.of_provider("azureClientId") or sent.of_provider("clientId")
            yield Denial(
                sent.urn,
                "AUT320",
                f"The provider signs in as {client}, and no identity of {self.lifecycle.place} has that name: nobody "
                "can say what it may do.",
                f"an identity whose databricks.name is {client}",
                warned=True,
            )
            return
        workspace = self._workspace(sent)
        if sent.of_provider("azureWorkspaceResourceId") and not sent.of_provider("host"):
            need = AzureNeed(_READ_WORKSPACE, workspace, RESOLVED_HOST)
            denial = self.azure.lacking(who, need, sent)
            if denial is not None and not denial.warned:
                yield denial
                return
        rights = DatabricksRights(who, self.standing, self._is_admin(who, workspace, sent))
        yield from self._without_public(sent, rights.lacking(sent, verb))
        if verb is Verb.CREATE and sent.type in REGISTER_CONNECTORS:
            yield from self._registering(who, sent)

    def _registering(self, who: Identity, sent: Sent) -> Iterator[Denial]:
        """Databricks looks for the roles by name: a role of one's own with the same operations is not enough."""
        connector = text_at(sent, "azureManagedIdentity.accessConnectorId")
        if is_arm_id(connector) and not self.azure.holds(who, REGISTERING_ROLES, connector):
            yield Denial(
                sent.urn,
                "AUT331",
                "Registering a credential requires the contributor role over the corresponding access connector with "
                f"ID {connector}.",
                " or ".join(REGISTERING_ROLES),
                connector,
                code=PERMISSION_DENIED,
                source=str(REGISTERING),
            )

    def _without_public(self, sent: Sent, found: Iterator[Denial]) -> Iterator[Denial]:
        public = {url.removesuffix(".git").lower() for url in self.lifecycle.public_repositories}
        for denial in found:
            if denial.rule != "AUT316" or sent.text("url").removesuffix(".git").lower() not in public:
                yield denial

    def _workspace(self, sent: Sent) -> str:
        """The ARM id of the workspace that a provider talks to; empty where nobody says."""
        named = sent.of_provider("azureWorkspaceResourceId")
        return named or self.workspaces.get(provider_host(sent.provider), "")

    def _is_admin(self, who: Identity, workspace: str, sent: Sent) -> bool:
        if not workspace:
            return False
        need = AzureNeed(ADMIN_OPERATION, workspace, ADMIN_OPERATION_SOURCE)
        denial = self.azure.lacking(who, need, sent)
        return denial is None or denial.warned
