"""What identities hold. A role that nobody asked for is a difference, too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from azure_facts.roles import built_in_role
from bootstrap.access import show_identity
from bootstrap.commands import CannotError, Command, Json, Shell, items, text
from bootstrap.identities import Held
from bootstrap.names import Names
from bootstrap.options import Options
from bootstrap.piece import MISSING, Look


@dataclass(frozen=True)
class Roles:
    """What an identity holds on the subscription and in the bootstrap's group. What the stack grants lies deeper."""

    names: Names
    purpose: str
    held: tuple[Held, ...]
    options: Options
    needs: tuple[str, ...]
    custom: tuple[str, ...] = ()

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
            f"holds {text(one, 'roleDefinitionName')} on {text(one, 'scope')}" for one in self._extra(found)
        ]
        missing = any(one is None for _, one in self._pairs(found)) or self._custom_missing(found)
        return Look(there=not missing, differences=(*wrong, *more))

    def make(self, shell: Shell) -> list[Command]:
        """Those that are missing."""
        identity = _identity_or_complain(shell, self.names, self.purpose)
        found = self._found(shell, identity)
        missing = [self._creation(identity, held) for held, one in self._pairs(found) if one is None]
        names = self._custom_missing(found)
        return [*missing, *(self._assignment(identity, name, self.names.subscription_id) for name in names)]

    def repair(self, shell: Shell) -> list[Command]:
        """A condition cannot be taken from one assignment to another: it is made anew with its own."""
        identity = _identity_or_complain(shell, self.names, self.purpose)
        found = self._found(shell, identity)
        commands = [_deletion(one) for one in self._extra(found)]
        for held, one in self._pairs(found):
            if one is not None and _plain(text(one, "condition")) != _plain(self._condition(held)):
                commands += [_deletion(one), self._creation(identity, held)]
        return commands

    def _pairs(self, found: list[Json]) -> list[tuple[Held, Json]]:
        return [(held, next((one for one in found if self._is(held, one)), None)) for held in self.held]

    def _is(self, held: Held, one: Json) -> bool:
        same_role = text(one, "roleDefinitionId").lower().endswith(built_in_role(held.role).guid)
        return same_role and text(one, "scope").lower() == held.scope.id(self.names).lower()

    def _extra(self, found: list[Json]) -> list[Json]:
        asked = [one for _, one in self._pairs(found) if one is not None]
        return [
            one for one in found if one not in asked and text(one, "roleDefinitionName") not in self.custom
        ]

    def _custom_missing(self, found: list[Json]) -> list[str]:
        there = {text(one, "roleDefinitionName") for one in found}
        return [name for name in self.custom if name not in there]

    def _found(self, shell: Shell, identity: Json) -> list[Json]:
        command = ("az", "role", "assignment", "list", "--all", "--assignee", text(identity, "principalId"))
        of = ("--subscription", self.names.subscription, "--output", "json")
        found = items({"found": shell.look(*command, *of)}, "found")
        ours = re.compile(
            rf"{self.names.subscription_id}(/resourceGroups/{self.names.group}(/.*)?)?", re.IGNORECASE
        )
        above = re.compile(r"/|/providers/Microsoft\.Management/.*", re.IGNORECASE)
        return [
            one for one in found if ours.fullmatch(text(one, "scope")) or above.fullmatch(text(one, "scope"))
        ]

    def _creation(self, identity: Json, held: Held) -> Command:
        condition = (
            ("--condition", self._condition(held), "--condition-version", "2.0")
            if self._condition(held)
            else ()
        )
        return self._assignment(
            identity, built_in_role(held.role).guid, held.scope.id(self.names), *condition
        )

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


def _deletion(assignment: Json) -> Command:
    return ("az", "role", "assignment", "delete", "--ids", text(assignment, "id"), "--output", "none")


def _plain(condition: str) -> str:
    return " ".join(condition.split())


def _shown(condition: str) -> str:
    return f"the condition {_plain(condition)!r}" if condition.strip() else "no condition"
