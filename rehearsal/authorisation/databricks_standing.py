"""What Databricks knows of principals and objects, as a program changes it: members, owners, privileges, managers."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from azure_facts.databricks_acting import AUTOMATIC_PRIVILEGES
from azure_facts.unity_catalog import EVERYTHING, privileges_by_argument
from rehearsal.authorisation.databricks_names import METASTORE, above_of, git_host
from rehearsal.authorisation.model import Identity, Metastore

EVERYBODY = "account users"
_TOKENS = "tokens"


def names_of(identity: Identity) -> frozenset[str]:
    """By which Databricks knows an identity: itself, its groups, and the group of all."""
    own = identity.databricks.name or identity.name
    return frozenset({own, *identity.databricks.groups, EVERYBODY})


@dataclass
class DatabricksStanding:
    """By workspace nothing is kept apart: a program has one, or objects that do not meet."""

    metastore: Metastore
    members: set[str] = field(default_factory=set)
    admins: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)
    """Securable (`catalog lake`) -> owner."""
    privileges: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Securable -> principal -> privileges."""
    locations: dict[str, str] = field(default_factory=dict)
    """URL -> external location."""
    managers: dict[str, set[str]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)
    """Application id -> principals."""
    applications: dict[str, str] = field(default_factory=dict)
    """A principal's number in the workspace -> application id."""
    credentials: set[tuple[str, str]] = field(default_factory=set)
    """(principal, provider)."""
    makers: dict[str, str] = field(default_factory=dict)
    """Id of an object, as permissions name it -> who made it."""
    levels: dict[str, dict[str, str]] = field(default_factory=dict)
    """Id of an object -> principal -> level."""

    def copy(self) -> DatabricksStanding:
        """For another act."""
        return copy.deepcopy(self)

    def is_manager(self, who: Identity, application: str) -> bool:
        """Of a service principal; account admins are every one's."""
        standing = who.databricks
        given = standing.account_admin or application in standing.manages
        return given or bool(self.managers.get(application, set()) & names_of(who))

    def is_user(self, who: Identity, application: str) -> bool:
        """Whether jobs may run as the principal: it itself may, and a manager is no user."""
        standing = who.databricks
        given = application in (standing.name, *standing.uses)
        return given or bool(self.users.get(application, set()) & names_of(who))

    def owns(self, who: Identity, securable: str) -> bool:
        """Owner, or MANAGE, which is as much."""
        if self.owners.get(securable, "") in names_of(who):
            return True
        return "MANAGE" in self.privileges_on(who, securable)

    def privileges_on(self, who: Identity, securable: str) -> set[str]:
        """Those of an object itself, and those inherited from its catalog and schema."""
        held = self.privileges.get(securable, {})
        found = {one for name in names_of(who) for one in held.get(name, ())}
        if "ALL_PRIVILEGES" in found:
            found |= {
                one for known in privileges_by_argument().values() for one in known if one not in EVERYTHING
            }
        above = above_of(securable)
        return found | self.privileges_on(who, above) if above else found

    def on_metastore(self, who: Identity, *, admin: bool) -> set[str]:
        """What the file and the program grant there, and what admins have by themselves."""
        found = set(who.databricks.metastore) | self.privileges_on(who, METASTORE)
        return found | AUTOMATIC_PRIVILEGES if admin and self.metastore is Metastore.AUTOMATIC else found

    def location_of(self, url: str) -> str:
        """The external location that a URL lies in; empty where the program has none."""
        root = url.rstrip("/")
        found = (one for at, one in self.locations.items() if root == at or root.startswith(f"{at}/"))
        return next(found, "") if root else ""

    def may_create_tokens(self, who: Identity) -> bool:
        """Everybody, until a list says who."""
        listed = self.levels.get(_TOKENS)
        return listed is None or bool(listed.keys() & (names_of(who) | {"users"}))

    def has_credential(self, who: Identity, provider: str) -> bool:
        """Its own, by hand or by the program."""
        own = who.databricks.name or who.name
        return git_host(provider) in {
            *map(git_host, who.databricks.git_credentials),
            *(found for name, found in self.credentials if name == own),
        }
