"""Custom roles of the deploying identity: single operations where the built-in role that has them has too much."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from bootstrap.commands import Command, Json, Shell, items
from bootstrap.names import Names
from bootstrap.piece import MISSING, Look


class OwnRole(StrEnum):
    """The value is what people see, before workload and environment."""

    LOCK_SETTER = "Lock setter"
    ROLE_AUTHOR = "Custom role author"


ACTIONS = {
    # Locks Contributor has the deletion besides, and who deletes a lock deletes what it held.
    OwnRole.LOCK_SETTER: ["Microsoft.Authorization/locks/read", "Microsoft.Authorization/locks/write"],
    OwnRole.ROLE_AUTHOR: [
        "Microsoft.Authorization/roleDefinitions/write",
        "Microsoft.Authorization/roleDefinitions/delete",
    ],
}
_DESCRIPTIONS = {
    OwnRole.LOCK_SETTER: "Sets locks, and takes none off.",
    OwnRole.ROLE_AUTHOR: "Defines the platform's own roles.",
}


@dataclass(frozen=True)
class OwnRoleDefinition:
    """A few operations, and nothing else."""

    names: Names
    role: OwnRole
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"role {self.role}"

    def look(self, shell: Shell) -> Look:
        """A wider role of that name is a difference."""
        found = self._found(shell)
        if not found:
            return MISSING
        allowed = [action for one in items(found[0], "permissions") for action in items(one, "actions")]
        more = sorted({str(action) for action in allowed} ^ set(ACTIONS[self.role]))
        return Look(there=True, differences=(f"its operations differ in {', '.join(more)}",) if more else ())

    def make(self, shell: Shell) -> list[Command]:
        """In the subscription only."""
        return [self._command("create")]

    def repair(self, shell: Shell) -> list[Command]:
        """The definition as a whole."""
        return [self._command("update")]

    def _found(self, shell: Shell) -> list[Json]:
        of = ("--name", self.names.own_role(self.role), "--scope", self.names.subscription_id)
        return items(
            {"found": shell.look("az", "role", "definition", "list", *of, "--output", "json")}, "found"
        )

    def _command(self, verb: str) -> Command:
        definition = {
            "Name": self.names.own_role(self.role),
            "IsCustom": True,
            "Description": _DESCRIPTIONS[self.role],
            "Actions": ACTIONS[self.role],
            "AssignableScopes": [self.names.subscription_id],
        }
        return (
            "az",
            "role",
            "definition",
            verb,
            "--role-definition",
            json.dumps(definition),
            "--output",
            "none",
        )
