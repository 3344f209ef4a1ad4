"""What identities hold. A role that nobody asked for is a difference, too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from azure_facts.roles import built_in_role
from bootstrap.access import show_identity
from bootstrap.commands import CannotError, Command, Json, Shell, items, text
from bootstrap.identities import Held
from bootstrap.lent import LENT, LentScope
from bootstrap.names import Names
from bootstrap.options import Options
from bootstrap.own_roles import OwnRole
from bootstrap.piece import MISSING, Look


@dataclass(frozen=True)
class Roles:
    """What an identity holds on the environment's subscription, above it, and anywhere in the bootstrap's own.

    What the stack grants lies deeper in the environment's. What a group gives is looked at too, and people mend it.
    """

    names: Names
    purpose: str
    held: tuple[Held, ...]
    options: Options
    needs: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the report shows it."""
        return f"roles of {self.purpose}"

    def _condition(self, held: Held) -> str:
        return held.condition(self.options) if held.condition else ""

    def look(self, shell: Shell) -> Look:
        """Missing ones are made; a role without its condition, or one that nobody asked for, is a difference."""
        identity = show_identity(shell, self.names, self.purpose)
        if identity is None:
            return MISSING
        found = self._found(shell, identity)
        wrong = [
            f"{held.role} on the {held.scope} has {_shown(text(one, 'condition'))}, not {_shown(self._condition(held))}"
            for held, one in self._pairs(found)
            if one is not None and _plain(text(one, "condition")) != _plain(self._condition(held))
        ]
        more = [
            f"holds {text(one, 'roleDefinitionName')} on {text(one, 'scope')}{_through(identity, one)}"
            for one in self._extra(found)
        ]
        missing = any(one is None for _, one in self._pairs(found))
        return Look(there=not missing, differences=(*wrong, *more))

    def make(self, shell: Shell) -> list[Command]:
        """Those that are missing."""
        identity = _identity_or_complain(shell, self.names, self.purpose)
        found = self._found(shell, identity)
        return [self._creation(identity, held) for held, one in self._pairs(found) if one is None]

    def repair(self, shell: Shell) -> list[Command]:
        """A condition cannot be taken from one assignment to another: it is made anew with its own."""
        identity = _identity_or_complain(shell, self.names, self.purpose)
        found = self._found(shell, identity)
        commands = [_deletion(one) for one in self._extra(found) if not _through(identity, one)]
        for held, one in self._pairs(found):
            if one is not None and _plain(text(one, "condition")) != _plain(self._condition(held)):
                commands += [_deletion(one), self._creation(identity, held)]
        return commands

    def _pairs(self, found: list[Json]) -> list[tuple[Held, Json]]:
        return [(held, next((one for one in found if self._is(held, one)), None)) for held in self.held]

    def _is(self, held: Held, one: Json) -> bool:
        if isinstance(held.role, OwnRole):
            same_role = text(one, "roleDefinitionName") == self.names.own_role(held.role)
        else:
            same_role = text(one, "roleDefinitionId").lower().endswith(built_in_role(held.role).guid)
        return same_role and text(one, "scope").lower() == held.scope.id(self.names).lower()

    def _extra(self, found: list[Json]) -> list[Json]:
        asked = [one for _, one in self._pairs(found) if one is not None]
        return [one for one in found if one not in asked]

    def _found(self, shell: Shell, identity: Json) -> list[Json]:
        # --include-groups: an identity may hold a role as a member of a group, too. Without a scope the command gives
        # what is inherited, too (Azure/azure-cli, command_modules/role/custom.py; learn.microsoft.com
        # role-based-access-control/role-assignments-list-cli, read 2026-11-30).
        command = ("az", "role", "assignment", "list", "--all", "--include-groups", "--assignee")
        found: dict[str, Json] = {}
        hub = self.names.hub_network.split("/")[2:3]
        for subscription in dict.fromkeys((self.names.subscription, self.names.home, *hub)):
            of = (text(identity, "principalId"), "--subscription", subscription, "--output", "json")
            listed = items({"found": shell.look(*command, *of)}, "found")
            found |= {text(one, "id"): one for one in listed}
        return [one for one in found.values() if self._ours(text(one, "scope")) and not self._lent(one)]

    def _lent(self, one: Json) -> bool:
        """What the hub's owner gave (bootstrap/lent.py) is neither made nor taken here."""
        return text(one, "scope").lower() == self.names.hub_network.lower() and any(
            text(one, "roleDefinitionId").lower().endswith(built_in_role(lent.role).guid)
            for lent in LENT
            if lent.scope is LentScope.HUB_NETWORK and self.purpose in lent.to
        )

    def _ours(self, scope: str) -> bool:
        """Not what lies deeper in the environment's subscription. In a home of its own nobody grants but this."""
        names = self.names
        home = names.home_id if names.home != names.subscription else names.group_id
        ours = rf"{names.subscription_id}|{home}(/.*)?|/|/providers/Microsoft\.Management/.*"
        if names.hub_network and scope.lower() == names.hub_network.lower():
            return True
        return bool(re.fullmatch(ours, scope, re.IGNORECASE))

    def _creation(self, identity: Json, held: Held) -> Command:
        condition = (
            ("--condition", self._condition(held), "--condition-version", "2.0")
            if self._condition(held)
            else ()
        )
        own = isinstance(held.role, OwnRole)
        role = self.names.own_role(held.role) if own else built_in_role(held.role).guid
        return self._assignment(identity, role, held.scope.id(self.names), *condition)

    def _assignment(self, identity: Json, role: str, scope: str, *options: str) -> Command:
        who = (
            "--assignee-object-id",
            text(identity, "principalId"),
            "--assignee-principal-type",
            "ServicePrincipal",
        )
        return (
            "az",
            "role",
            "assignment",
            "create",
            *who,
            "--role",
            role,
            "--scope",
            scope,
            *options,
            "--output",
            "none",
        )


def _identity_or_complain(shell: Shell, names: Names, purpose: str) -> Json:
    found = show_identity(shell, names, purpose)
    if found is None:
        raise CannotError(f"{names.identity(purpose)} is not found right after it was made; run this again")
    return found


def _through(identity: Json, assignment: Json) -> str:
    principal = text(assignment, "principalId")
    if principal == text(identity, "principalId"):
        return ""
    return f" as a member of the group {principal}: take it out, or the role from the group, by hand"


def _deletion(assignment: Json) -> Command:
    return ("az", "role", "assignment", "delete", "--ids", text(assignment, "id"), "--output", "none")


def _plain(condition: str) -> str:
    return " ".join(condition.split())


def _shown(condition: str) -> str:
    return f"the condition {_plain(condition)!r}" if condition.strip() else "no condition"
