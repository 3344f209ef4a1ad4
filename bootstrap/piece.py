"""A piece: something that must be there in one form, and the commands that bring it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bootstrap.commands import Command, Shell


@dataclass(frozen=True)
class Look:
    """What was found. Without `there` the piece is to be made; `differences` say what is not as it should be."""

    there: bool
    differences: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether nothing is to be done."""
        return self.there and not self.differences


MISSING = Look(there=False)
RIGHT = Look(there=True)


class Piece(Protocol):
    """`name` is unique. `needs` names the pieces without which this one is neither made nor changed."""

    @property
    def name(self) -> str:
        """What it is called in the report."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """The pieces that must be right before."""
        ...

    def look(self, shell: Shell) -> Look:
        """Asks, and changes nothing. Raises CannotError where it is not known."""
        ...

    def make(self, shell: Shell) -> list[Command]:
        """What makes it where it is missing. May ask for what the service made up, such as an object id."""
        ...

    def repair(self, shell: Shell) -> list[Command]:
        """What takes each difference away, and nothing else."""
        ...
