"""The custom role of a deploying identity that may define roles, where that is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bootstrap.commands import Command, Json, Shell, items
from bootstrap.names import Names
from bootstrap.piece import MISSING, Look

ACTIONS = ["Microsoft.Authorization/roleDefinitions/write", "Microsoft.Authorization/roleDefinitions/delete"]


@dataclass(frozen=True)
class RoleAuthor:
    """Two operations, and nothing else."""

    names: Names
    needs: tuple[str, ...] = ()
    name: str = "role author"

    def look(self, shell: Shell) -> Look:
        """A wider role of that name is a difference."""
        found = self._found(shell)
        if not found:
            return MISSING
        allowed = [action for one in items(found[0], "permissions") for action in items(one, "actions")]
        more = sorted({str(action) for action in allowed} ^ set(ACTIONS))
        return Look(there=True, differences=(f"its operations differ in {', '.join(more)}",) if more else ())

    def make(self, shell: Shell) -> list[Command]:
        """In the subscription only."""
        return [self._command("create")]

    def repair(self, shell: Shell) -> list[Command]:
        """The definition as a whole."""
        return [self._command("update")]

    def _found(self, shell: Shell) -> list[Json]:
        of = ("--name", self.names.role_author, "--scope", self.names.subscription_id)
        return items(
            {"found": shell.look("az", "role", "definition", "list", *of, "--output", "json")}, "found"
        )

    def _command(self, verb: str) -> Command:
        definition = {
            "Name": self.names.role_author,
            "IsCustom": True,
            "Description": "Defines the platform's own roles.",
            "Actions": ACTIONS,
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
