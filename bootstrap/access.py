"""Identities, who may become them, and what they hold. What nobody asked for is a difference, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from azure_facts.federated_subjects import AUDIENCE, held_by_many
from azure_facts.roles import built_in_role
from bootstrap.commands import CannotError, Command, Json, Shell, items, text
from bootstrap.identities import Held, Identity
from bootstrap.names import Names
from bootstrap.piece import MISSING, RIGHT, Look


@dataclass(frozen=True)
class Trust:
    """Whose tokens are exchanged for the identity's."""

    issuer: str
    subject: str


@dataclass(frozen=True)
class ManagedIdentity:
    """The identity itself."""

    names: Names
    purpose: str
    location: str
    needs: tuple[str, ...] = ("resource group",)

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"identity {self.purpose}"

    def look(self, shell: Shell) -> Look:
        """Whether it is there."""
        return RIGHT if show_identity(shell, self.names, self.purpose) else MISSING

    def make(self, shell: Shell) -> list[Command]:
        """It has no property of ours."""
        at = ("--location", self.location, "--output", "none")
        return [
            (
                "az",
                "identity",
                "create",
                "--name",
                self.names.identity(self.purpose),
                *_inside(self.names),
                *at,
            )
        ]

    def repair(self, shell: Shell) -> list[Command]:
        """There is nothing to differ."""
        return []


@dataclass(frozen=True)
class Federation:
    """The one federated credential of an identity. `trust` may ask the service that wrote the subject."""

    names: Names
    identity: Identity
    trust: Callable[[Shell], Trust]
    needs: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the report shows it."""
        return f"federation of {self.identity.purpose}"

    def look(self, shell: Shell) -> Look:
        """All credentials of the identity: one more is one more road to it."""
        if not show_identity(shell, self.names, self.identity.purpose):
            return MISSING
        found = self._found(shell)
        differences = [
            f"{text(one, 'name')} lets {text(one, 'subject')} in" + _because(one)
            for one in found
            if text(one, "name") != self.identity.credential
        ]
        ours = next((one for one in found if text(one, "name") == self.identity.credential), None)
        if ours is None:
            return Look(there=False, differences=tuple(differences))
        return Look(there=True, differences=(*self._wrong(shell, ours), *differences))

    def make(self, shell: Shell) -> list[Command]:
        """Refuses a subject that more than one place has."""
        trust = self._trust(shell)
        return [self._command("create", *_trusting(trust))]

    def repair(self, shell: Shell) -> list[Command]:
        """What should not be there goes, what is ours is set right."""
        found = self._found(shell)
        gone = [
            self._command("delete", "--yes", name=text(one, "name"))
            for one in found
            if text(one, "name") != self.identity.credential
        ]
        ours = next((one for one in found if text(one, "name") == self.identity.credential), None)
        wrong = ours is not None and self._wrong(shell, ours)
        return [*gone, *([self._command("update", *_trusting(self._trust(shell)))] if wrong else [])]

    def _trust(self, shell: Shell) -> Trust:
        trust = self.trust(shell)
        why = held_by_many(trust.issuer, trust.subject)
        if why:
            raise CannotError(f"{self.name}: {trust.subject} is not federated: {why}")
        return trust

    def _wrong(self, shell: Shell, ours: Json) -> list[str]:
        trust = self._trust(shell)
        wanted = {"issuer": trust.issuer, "subject": trust.subject}
        wrong = [
            f"{key} is {text(ours, key)}, not {value}"
            for key, value in wanted.items()
            if text(ours, key) != value
        ]
        audiences = items(ours, "audiences")
        return [
            *wrong,
            *([] if audiences == [AUDIENCE] else [f"audiences are {audiences}, not [{AUDIENCE!r}]"]),
        ]

    def _found(self, shell: Shell) -> list[Json]:
        name = self.names.identity(self.identity.purpose)
        command = (
            "az",
            "identity",
            "federated-credential",
            "list",
            "--identity-name",
            name,
            *_inside(self.names),
        )
        return items({"found": shell.look(*command, "--output", "json")}, "found")

    def _command(self, verb: str, *options: str, name: str = "") -> Command:
        of = (
            "--name",
            name or self.identity.credential,
            "--identity-name",
            self.names.identity(self.identity.purpose),
        )
        credential = ("az", "identity", "federated-credential", verb)
        return (*credential, *of, *_inside(self.names), *options, "--output", "none")


@dataclass(frozen=True)
class Roles:
    """What an identity holds on the subscription and in the bootstrap's group. What the stack grants lies deeper."""

    names: Names
    purpose: str
    held: tuple[Held, ...]
    needs: tuple[str, ...]
    custom: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As the report shows it."""
        return f"roles of {self.purpose}"

    def look(self, shell: Shell) -> Look:
        """Missing ones are made; a role without its condition, or one that nobody asked for, is a difference."""
        identity = show_identity(shell, self.names, self.purpose)
        if identity is None:
            return MISSING
        found = self._found(shell, identity)
        wrong = [
            f"{held.role} on the {held.scope} has {_shown(text(one, 'condition'))}, not {_shown(held.condition)}"
            for held, one in self._pairs(found)
            if one is not None and _plain(text(one, "condition")) != _plain(held.condition)
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
            if one is not None and _plain(text(one, "condition")) != _plain(held.condition):
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
        condition = ("--condition", held.condition, "--condition-version", "2.0") if held.condition else ()
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


@dataclass(frozen=True)
class Unwanted:
    """An identity that the options do not ask for: it must not be there."""

    names: Names
    purpose: str
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As the report shows it."""
        return f"no identity {self.purpose}"

    def look(self, shell: Shell) -> Look:
        """Its absence is right."""
        if show_identity(shell, self.names, self.purpose) is None:
            return RIGHT
        return Look(
            there=True, differences=(f"{self.names.identity(self.purpose)} is there, and nothing uses it",)
        )

    def make(self, shell: Shell) -> list[Command]:
        """Never asked for."""
        return []

    def repair(self, shell: Shell) -> list[Command]:
        """Its credentials and what it holds go with it; assignments of a principal that is gone grant nothing."""
        name = self.names.identity(self.purpose)
        return [("az", "identity", "delete", "--name", name, *_inside(self.names), "--output", "none")]


def show_identity(shell: Shell, names: Names, purpose: str) -> Json:
    """As az shows it; None where there is none."""
    name = names.identity(purpose)
    return shell.look("az", "identity", "show", "--name", name, *_inside(names), "--output", "json")


def _identity_or_complain(shell: Shell, names: Names, purpose: str) -> Json:
    found = show_identity(shell, names, purpose)
    if found is None:
        raise CannotError(f"{names.identity(purpose)} is not found right after it was made; run this again")
    return found


def _inside(names: Names) -> tuple[str, ...]:
    return ("--resource-group", names.group, "--subscription", names.subscription)


def _trusting(trust: Trust) -> tuple[str, ...]:
    return ("--issuer", trust.issuer, "--subject", trust.subject, "--audiences", AUDIENCE)


def _deletion(assignment: Json) -> Command:
    return ("az", "role", "assignment", "delete", "--ids", text(assignment, "id"), "--output", "none")


def _because(credential: Json) -> str:
    why = held_by_many(text(credential, "issuer"), text(credential, "subject"))
    return f": {why}" if why else ""


def _plain(condition: str) -> str:
    return " ".join(condition.split())


def _shown(condition: str) -> str:
    return f"the condition {_plain(condition)!r}" if condition.strip() else "no condition"
