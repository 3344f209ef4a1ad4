"""Looks at everything first; makes what is missing; changes what differs when asked to, and looks again."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, field

from bootstrap.commands import CannotError, Command, Shell
from bootstrap.piece import Look, Piece

RIGHT, FAILED, DIFFERS = 0, 1, 3


@dataclass
class Run:
    """One run over the pieces. `said` gets each line of the report."""

    pieces: list[Piece]
    shell: Shell
    dry_run: bool
    repair: bool
    said: Callable[[str], None]
    _right: set[str] = field(default_factory=set)

    def go(self) -> int:
        """The exit code. Where one piece cannot be looked at, nothing is made or changed."""
        looks: dict[str, Look] = {}
        blind = False
        for piece in self.pieces:
            try:
                looks[piece.name] = piece.look(self.shell)
            except CannotError as error:
                blind = True
                self.said(f"unknown    {piece.name}: {error}")
        if blind:
            self.said("nothing was made or changed: what cannot be looked at may be anything")
            return FAILED
        return self._act(looks)

    def _act(self, looks: dict[str, Look]) -> int:
        code = RIGHT
        for piece in self.pieces:
            look = looks[piece.name]
            waiting = [name for name in piece.needs if name not in self._right]
            if look.right:
                self.said(f"right      {piece.name}")
                self._right.add(piece.name)
                continue
            for difference in look.differences:
                self.said(f"differs    {piece.name}: {difference}")
            if waiting and not self.dry_run:
                self.said(f"waits      {piece.name}: for {', '.join(waiting)}")
                code = max(code, DIFFERS)
                continue
            try:
                code = max(code, self._bring(piece, look))
            except CannotError as error:
                self.said(f"failed     {piece.name}: {error}")
                return FAILED
        return code

    def _bring(self, piece: Piece, look: Look) -> int:
        """Makes, repairs, or says what it would do."""
        if self.dry_run:
            return self._print(piece, look)
        if not look.there:
            self._run(piece.make(self.shell))
        if look.differences and self.repair:
            self._run(piece.repair(self.shell))
        if look.differences and not self.repair:
            return DIFFERS
        after = piece.look(self.shell)
        if not after.right:
            left = "; ".join(after.differences) or "it is still missing"
            self.said(f"differs    {piece.name}: after the change {left}")
            return DIFFERS
        self.said(f"{'made' if not look.there else 'repaired':11}{piece.name}")
        self._right.add(piece.name)
        return RIGHT

    def _print(self, piece: Piece, look: Look) -> int:
        try:
            commands = [*([] if look.there else piece.make(self.shell))]
            commands += piece.repair(self.shell) if look.differences and self.repair else []
        except CannotError:
            # What a piece is made of may come from one that is not there yet, such as an identity's object id.
            self.said(f"would make {piece.name}, once {', '.join(piece.needs)} are there")
            return DIFFERS
        for command in commands:
            self.said(f"would run: {shlex.join(command)}")
        return DIFFERS

    def _run(self, commands: list[Command]) -> None:
        for command in commands:
            self.shell.change(command)
