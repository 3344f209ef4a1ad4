"""Identities, what they hold, and the acts of a platform's life, as `acts_file` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from azure_facts.abac_conditions import Judge
from azure_facts.roles import Permission


@dataclass(frozen=True)
class HeldRole:
    """A role of Azure on a scope (and on all below it). `judge` is its condition, None for none; `why` and `source` say
    what it is for and who gives it; `place` is where the file says so."""

    role: str
    scope: str
    permissions: tuple[Permission, ...]
    judge: Judge | None = None
    why: str = ""
    source: str = ""
    place: str = ""
    urns: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.role} on {self.scope}" + (", under a condition" if self.judge else "")


class Membership(StrEnum):
    """How Databricks' workspace knows somebody before the program says anything."""

    NONE = "none"
    MEMBER = "member"
    ADMIN = "admin"


@dataclass(frozen=True)
class Standing:
    """What an identity is in Databricks by hand, before the program runs.

    `name` is an application id or a user's name; `groups` are the account's. `manages` and `uses` are application ids
    of principals; `git_credentials` the providers (gitHub, …) of which it has a credential; `metastore` its privileges
    there, its groups' included; `source` says who gives all that.
    """

    name: str = ""
    groups: tuple[str, ...] = ()
    account_admin: bool = False
    workspace: Membership = Membership.NONE
    metastore: tuple[str, ...] = ()
    manages: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    git_credentials: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Identity:
    """Who acts. `object_id` is by which the program's own role assignments name it, empty where they do not."""

    name: str
    what: str
    object_id: str = ""
    azure: tuple[HeldRole, ...] = ()
    databricks: Standing = field(default_factory=Standing)


class Does(StrEnum):
    """What an act is."""

    UP = "up"
    """Creates everything, where nothing exists."""
    PREVIEW = "preview"
    """Previews a change of everything."""
    CHANGE = "change"
    """Sends everything again that can be changed in place."""
    REFRESH = "refresh"
    """Reads everything."""
    ROTATE = "rotate"
    """Sends again what holds or makes a secret."""
    DESTROY = "destroy"
    """Deletes everything, with protection taken off."""
    OPERATIONS = "operations"
    """What no engine does: the operations that the act lists."""


@dataclass(frozen=True)
class Operation:
    """One operation of an act that lists its own: `Microsoft.Storage/…/read` on a scope."""

    operation: str
    scope: str
    data: bool = False
    why: str = ""


@dataclass(frozen=True)
class Act:
    """One act: what somebody does, after which other act. `leaves` names types that the identity leaves to another,
    or `type::logical name` of one resource, each with the reason; with `only`, all but these are left out."""

    name: str
    does: Does
    by: str
    after: str = ""
    leaves: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    writes_state: bool = True


class Metastore(StrEnum):
    """How the workspace comes to Unity Catalog's metastore."""

    AUTOMATIC = "automatic"
    """Databricks assigns one to each new workspace: its admins have the privileges to create."""
    ASSIGNED = "assigned"
    """An account admin assigns one by hand, before the content: privileges are granted one by one."""
    ABSENT = "absent"
    """Nobody does, unless the program itself."""


@dataclass(frozen=True)
class Lifecycle:
    """What one file says. `state_container` and `secrets_key` are the ARM ids of what the engine keeps its state in and
    encrypts secrets with, empty for a backend that is not Azure's; `place` is the file."""

    place: str
    subscription: str
    identities: Mapping[str, Identity]
    acts: tuple[Act, ...]
    state_container: str = ""
    secrets_key: str = ""
    metastore: Metastore = Metastore.AUTOMATIC
    public_repositories: tuple[str, ...] = ()
    stack_digest: str = ""

    def without(self, identity: str, held: HeldRole) -> Lifecycle:
        """The same, with one role taken from an identity."""
        return self.with_roles(
            identity, tuple(one for one in self.identities[identity].azure if one is not held)
        )

    def with_roles(self, identity: str, azure: tuple[HeldRole, ...]) -> Lifecycle:
        """The same, with an identity that holds other roles."""
        return self._with(replace(self.identities[identity], azure=azure))

    def standing_as(self, identity: str, standing: Standing) -> Lifecycle:
        """The same, with an identity that Databricks knows otherwise."""
        return self._with(replace(self.identities[identity], databricks=standing))

    def _with(self, changed: Identity) -> Lifecycle:
        return replace(self, identities={**self.identities, changed.name: changed})
