"""Who runs this: whether a promise's party is the caller, so that a call in the caller's name tells something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from azure.core.exceptions import AzureError

from azure_facts.guids import is_guid
from infra.live.errors import CannotLookError, short
from infra.live.session import GRAPH, Caller, Session
from infra.verify.estate import Estate, at
from infra.verify.promise import Who
from infra.verify.sign_in import stop_if_ended

_MOST_GROUPS = 20
"""checkMemberGroups takes no more at once (learn.microsoft.com graph/api/directoryobject-checkmembergroups)."""


@dataclass(frozen=True)
class Self:
    """The caller and the groups that it is known to be in, object ids in lower case. `unknown`: why groups cannot be
    told, empty where they can."""

    caller: Caller
    estate: Estate
    groups: frozenset[str] = field(default_factory=frozenset)
    unknown: str = ""

    @property
    def is_person(self) -> bool:
        """Whether somebody signed in with a name, who is no identity of a workload."""
        return self.caller.is_person

    def why_not(self, who: Who) -> str:
        """Why a call by the caller is no call by the party; empty where it is one."""
        if who.kind in ("persona", "group"):
            # Roles are given by object id to one principal, too.
            mine = who.id.lower() == self.caller.object_id.lower()
            return "" if mine else self._why_no_member(who)
        if who.kind == "application":
            mine = not self.is_person and who.id.lower() == self.caller.application_id.lower()
            return "" if mine else f"it is asked by {who}"
        if who.id.lower() == self.caller.resource_id.lower():
            return ""
        if self.is_person:
            return f"it is asked by the identity {who}"
        return self._why_no_principal(who)

    def _why_no_member(self, who: Who) -> str:
        if who.is_of_databricks:
            return f"it is asked by the Databricks group {who}"
        if who.id.lower() in self.groups:
            return ""
        unsure = f"; whether this identity is one of them is not told: {self.unknown}" if self.unknown else ""
        return f"it is asked by {who}{unsure}"

    def _why_no_principal(self, who: Who) -> str:
        """An identity says whose principal it is; the caller's is in its token."""
        path = "properties.principalId" if who.kind == "identity" else "identity.principalId"
        try:
            principal = at(self.estate.resource(who.id), path)
        except CannotLookError as error:
            stop_if_ended(str(error))
            return f"it is asked by the identity {who}, which cannot be looked at: {error}"
        mine = isinstance(principal, str) and principal.lower() == self.caller.object_id.lower()
        return "" if mine else f"it is asked by the identity {who}"


def known_self(session: Session, estate: Estate, caller: Caller, parties: Iterable[Who]) -> Self:
    """The caller, with those of the parties' groups that it is in: by its token, else as Microsoft Graph says."""
    asked = sorted(
        {who.id.lower() for who in parties if who.kind in ("persona", "group") and is_guid(who.id)}
    )
    open_questions = [group for group in asked if group not in caller.groups]
    groups = set(caller.groups)
    unknown = ""
    for start in range(0, len(open_questions), _MOST_GROUPS):
        try:
            groups |= _memberships(session, caller, open_questions[start : start + _MOST_GROUPS])
        except CannotLookError as error:
            unknown = str(error)
            break
    return Self(caller, estate, frozenset(groups), unknown)


def _memberships(session: Session, caller: Caller, groups: Sequence[str]) -> set[str]:
    """Those of the groups that the caller is in, directly or not. Raises `CannotLookError`."""
    whose = "me" if caller.is_person else f"servicePrincipals/{caller.object_id}"
    url = f"{session.graph_url}/v1.0/{whose}/checkMemberGroups"
    try:
        answer = session.send("POST", url, f"{GRAPH}/.default", {"groupIds": list(groups)})
    except AzureError as error:
        raise CannotLookError(f"Microsoft Graph gives no answer ({short(error)})", "") from error
    if answer.status_code != 200:
        raise CannotLookError(f"Microsoft Graph answers {answer.status_code}", "")
    return {str(one).lower() for one in answer.json().get("value", [])}
