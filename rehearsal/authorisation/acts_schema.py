"""The form of `Acts.<stack>.yaml`, key by key; what it means, and an example, is in `acts_file`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rehearsal.authorisation.model import Does, Membership, Metastore

_Text = Annotated[str, StringConstraints(min_length=1)]
_RoleName = Annotated[str, StringConstraints(pattern=r"^\S[^\r\n]*$")]
_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w. -]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RoleEntry(_Model):
    """A role that no program defines."""

    actions: list[_Text] = []
    not_actions: list[_Text] = []
    data_actions: list[_Text] = []
    not_data_actions: list[_Text] = []


class HeldEntry(_Model):
    """One role of an identity; `needs` are the operations that it is held for."""

    role: _Text
    scope: _Text
    condition: str = ""
    needs: list[_Text] = []
    why: str = ""
    source: str = ""


class StandingEntry(_Model):
    """What an identity is in Databricks by hand."""

    name: str = ""
    groups: list[_Text] = []
    account_admin: bool = False
    workspace: Membership = Membership.NONE
    metastore: list[_Text] = []
    manages: list[_Text] = []
    uses: list[_Text] = []
    git_credentials: list[_Text] = []
    source: str = ""


class IdentityEntry(_Model):
    """Who acts."""

    what: _Text
    object_id: str = ""
    azure: list[HeldEntry] = []
    databricks: StandingEntry = StandingEntry()


class OperationEntry(_Model):
    """One operation of an act that lists its own."""

    operation: _Text
    scope: _Text
    data: bool = False
    why: str = ""


class ActEntry(_Model):
    """One act."""

    does: Does
    by: _Text
    after: str = ""
    leaves: dict[_Text, _Text] = {}
    only: list[_Text] = []
    operations: list[OperationEntry] = []
    writes_state: bool = True


class StateEntry(_Model):
    """Where the engine keeps its state, and what encrypts its secrets."""

    container: _Text
    key: str = ""


class DatabricksEntry(_Model):
    """What is so in the account."""

    metastore: Metastore = Metastore.AUTOMATIC
    public_repositories: list[_Text] = []


class ActsFile(_Model):
    """The document."""

    stack_digest: str = ""
    subscription: _Text
    other_subscriptions: dict[_Text, _Text] = {}
    state: StateEntry | None = None
    custom_roles: dict[_RoleName, RoleEntry] = {}
    databricks: DatabricksEntry = DatabricksEntry()
    identities: Annotated[dict[_Name, IdentityEntry], Field(min_length=1)]
    acts: Annotated[dict[_Name, ActEntry], Field(min_length=1)]


def keys_at(place: Sequence[int | str]) -> tuple[str, ...]:
    """Those that a map of the document has, by where it lies; names and indexes count as one step each."""
    match place:
        case []:
            model: type[_Model] = ActsFile
        case ["state"]:
            model = StateEntry
        case ["databricks"]:
            model = DatabricksEntry
        case ["custom_roles", _]:
            model = RoleEntry
        case ["identities", _]:
            model = IdentityEntry
        case ["identities", _, "azure", _]:
            model = HeldEntry
        case ["identities", _, "databricks"]:
            model = StandingEntry
        case ["acts", _, "operations", _]:
            model = OperationEntry
        case _:
            model = ActEntry
    return tuple(model.model_fields)
