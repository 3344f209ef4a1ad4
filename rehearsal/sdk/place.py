"""Where a checked value is."""

from __future__ import annotations

from dataclasses import dataclass

from rehearsal.model import paths


@dataclass(frozen=True)
class Place:
    """The property path of a value, and whether it is inside a secret (then no message may show it)."""

    path: str = ""
    is_secret: bool = False

    def child(self, key: str) -> Place:
        """The place of a property or map key below this one."""
        return Place(paths.child(self.path, key), self.is_secret)

    def item(self, index: int) -> Place:
        """The place of a list's item."""
        return Place(paths.item(self.path, index), self.is_secret)

    def secret(self) -> Place:
        """The same place, inside a secret."""
        return Place(self.path, is_secret=True)
