"""Whether an identity may make, change and read what Unity Catalog secures: owners, and privileges with inheritance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from azure_facts.databricks_acting import ADMIN_PRIVILEGES, GRANTING, SECURED
from azure_facts.source import Source
from azure_facts.unity_catalog import PRIVILEGES_PAGE, Securable
from rehearsal.authorisation.databricks_names import METASTORE, above_of, granted_on, securable_of
from rehearsal.authorisation.databricks_standing import DatabricksStanding, names_of
from rehearsal.authorisation.denial import PERMISSION_DENIED, Denial, refusal
from rehearsal.authorisation.model import Identity, Metastore
from rehearsal.authorisation.sent import Sent, Verb

_OWNERS_GRANT = "the owner of {}, a group that holds {}, or MANAGE on it"


@dataclass(frozen=True)
class UnityCatalogRights:
    """One identity before one standing."""

    who: Identity
    standing: DatabricksStanding
    is_admin: bool

    def changing(self, sent: Sent, verb: Verb) -> Iterator[Denial]:
        """Creating, changing and deleting an object."""
        if self.standing.metastore is Metastore.ABSENT:
            yield refusal(
                self.who,
                sent,
                "AUT319",
                "works in a workspace that no metastore is assigned to",
                "an account admin, who assigns one before the content, or the program with his rights",
                ADMIN_PRIVILEGES,
            )
            return
        if verb is Verb.CREATE:
            yield from self._creating(sent)
        elif not self._owns(securable_of(sent), parents=verb is Verb.DELETE):
            yield self._no_owner(sent, securable_of(sent), SECURED[sent.type].source)

    def _creating(self, sent: Sent) -> Iterator[Denial]:
        secured, key = SECURED[sent.type], securable_of(sent)
        above = above_of(key) if secured.above else ""
        if not above:
            if secured.privilege not in self.standing.on_metastore(self.who, admin=self.is_admin):
                yield self._no_privilege(sent, secured.privilege, "Metastore", secured.source)
        elif not self._has(above, secured.privilege):
            yield self._no_privilege(sent, secured.privilege, above, secured.source)
        if secured.securable is Securable.EXTERNAL_LOCATION:
            credential = f"{Securable.STORAGE_CREDENTIAL} {sent.text('credentialName')}"
            if credential in self.standing.owners and not self._has(credential, secured.privilege):
                yield self._no_privilege(sent, secured.privilege, credential, secured.source)
        location = self.standing.location_of(sent.text("storageRoot"))
        if location and not self._has(location, "CREATE_MANAGED_STORAGE"):
            yield self._no_privilege(sent, "CREATE_MANAGED_STORAGE", location, PRIVILEGES_PAGE)
        owner = sent.text("owner")
        if owner and owner not in names_of(self.who):
            yield refusal(
                self.who,
                sent,
                "AUT312",
                f"is not in {owner}, to whom it gives {key}, and cannot read it afterwards",
                f"membership of {owner}",
                secured.source,
            )

    def granting(self, sent: Sent) -> Iterator[Denial]:
        """Changing what is granted on an object."""
        on = granted_on(sent)
        if not self._owns(on, parents=True):
            yield self._no_owner(sent, on, GRANTING)

    def _has(self, securable: str, privilege: str) -> bool:
        if securable not in self.standing.owners:
            return True  # others made it, and nobody says who owns it
        return self._owns(securable, parents=False) or privilege in self.standing.privileges_on(
            self.who, securable
        )

    def _owns(self, securable: str, *, parents: bool) -> bool:
        if securable == METASTORE:
            return "MANAGE" in self.standing.on_metastore(self.who, admin=self.is_admin)
        if securable in self.standing.owners:
            if self.standing.owns(self.who, securable):
                return True
            above = above_of(securable)
            return parents and bool(above) and self._owns(above, parents=True)
        return True

    def _no_owner(self, sent: Sent, securable: str, source: Source) -> Denial:
        kind, _, name = securable.partition(" ")
        return Denial(
            sent.urn,
            "AUT312",
            f"User is not an owner of {kind.title()} '{name}'. It belongs to "
            f"{self.standing.owners.get(securable, 'nobody whom the program names')}.",
            _OWNERS_GRANT.format(securable, self.who.name),
            code=PERMISSION_DENIED,
            source=str(source),
        )

    def _no_privilege(self, sent: Sent, privilege: str, on: str, source: Source) -> Denial:
        words = privilege.replace("_", " ")
        return Denial(
            sent.urn,
            "AUT313",
            f"User does not have {words} on {on}.",
            f"{privilege} on the {on.lower()}, of it or of a group of its",
            code=PERMISSION_DENIED,
            source=str(source),
        )

    def reading(self, sent: Sent, source: Source) -> Iterator[Denial]:
        """By its owner; any privilege shows an object itself, not what is granted on it."""
        on = securable_of(sent) if sent.type in SECURED else granted_on(sent)
        browses = sent.type in SECURED and bool(self.standing.privileges_on(self.who, on))
        if on and not browses and not self._owns(on, parents=True):
            yield self._no_owner(sent, on, source)
