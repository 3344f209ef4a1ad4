"""Identities, and who may become them. What nobody asked for is a difference, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from azure_facts.federated_subjects import AUDIENCE, held_by_many
from bootstrap.commands import CannotError, Command, Json, Shell, items, text
from bootstrap.identities import Identity
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
                *self.names.inside,
                *at,
            )
        ]

    def repair(self, shell: Shell) -> list[Command]:
        """There is nothing to differ."""
        return []


Truster = Callable[[Shell], Trust]
"""May ask the service that wrote the subject."""


@dataclass(frozen=True)
class Federation:
    """The federated credentials of an identity, each by its name."""

    names: Names
    identity: Identity
    trusts: Mapping[str, Truster]
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
        wrong = [
            why for name in self.trusts if name in found for why in self._wrong(shell, name, found[name])
        ]
        more = [
            f"{name} lets {text(one, 'subject')} in" + _because(one)
            for name, one in found.items()
            if name not in self.trusts
        ]
        return Look(there=all(name in found for name in self.trusts), differences=(*wrong, *more))

    def make(self, shell: Shell) -> list[Command]:
        """Those that are missing. Refuses a subject that more than one place has."""
        found = self._found(shell) if show_identity(shell, self.names, self.identity.purpose) else {}
        missing = [name for name in self.trusts if name not in found]
        return [self._command("create", name, *_trusting(self._trust(shell, name))) for name in missing]

    def repair(self, shell: Shell) -> list[Command]:
        """What should not be there goes, what is ours is set right."""
        found = self._found(shell)
        gone = [self._command("delete", name, "--yes") for name in found if name not in self.trusts]
        wrong = [name for name in self.trusts if name in found and self._wrong(shell, name, found[name])]
        return [
            *gone,
            *(self._command("update", name, *_trusting(self._trust(shell, name))) for name in wrong),
        ]

    def _trust(self, shell: Shell, name: str) -> Trust:
        trust = self.trusts[name](shell)
        why = held_by_many(trust.issuer, trust.subject)
        if why:
            raise CannotError(f"{self.name}: {trust.subject} is not federated: {why}")
        return trust

    def _wrong(self, shell: Shell, name: str, found: Json) -> list[str]:
        trust = self._trust(shell, name)
        wanted = {"issuer": trust.issuer, "subject": trust.subject}
        wrong = [
            f"{key} is {text(found, key)}, not {value}"
            for key, value in wanted.items()
            if text(found, key) != value
        ]
        audiences = items(found, "audiences")
        return [
            *wrong,
            *([] if audiences == [AUDIENCE] else [f"audiences are {audiences}, not [{AUDIENCE!r}]"]),
        ]

    def _found(self, shell: Shell) -> dict[str, Json]:
        name = self.names.identity(self.identity.purpose)
        command = (
            "az",
            "identity",
            "federated-credential",
            "list",
            "--identity-name",
            name,
            *self.names.inside,
        )
        listed = items({"found": shell.look(*command, "--output", "json")}, "found")
        return {text(one, "name"): one for one in listed}

    def _command(self, verb: str, name: str, *options: str) -> Command:
        of = ("--name", name, "--identity-name", self.names.identity(self.identity.purpose))
        credential = ("az", "identity", "federated-credential", verb)
        return (*credential, *of, *self.names.inside, *options, "--output", "none")


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
        return [("az", "identity", "delete", "--name", name, *self.names.inside, "--output", "none")]


def show_identity(shell: Shell, names: Names, purpose: str) -> Json:
    """As az shows it; None where there is none."""
    name = names.identity(purpose)
    return shell.look("az", "identity", "show", "--name", name, *names.inside, "--output", "json")


def _trusting(trust: Trust) -> tuple[str, ...]:
    return ("--issuer", trust.issuer, "--subject", trust.subject, "--audiences", AUDIENCE)


def _because(credential: Json) -> str:
    why = held_by_many(text(credential, "issuer"), text(credential, "subject"))
    return f": {why}" if why else ""
