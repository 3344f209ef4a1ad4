"""Where a fact was read, and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """`page` is a public document that was opened: a documentation page (`learn.microsoft.com azure/…`), a file of a
    public repository, an issue. `read` is the day."""

    page: str
    read: datetime.date

    def __str__(self) -> str:
        return f"{self.page} (read {self.read.isoformat()})"
