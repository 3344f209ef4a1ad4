"""Keeps what landed in the last day for people who find out why it did not load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from forecasting.landing import LandedFile

KEPT = timedelta(days=1)


def set_aside(
    files: Sequence[LandedFile], rejected: str, now: datetime, copy: Callable[[str, str], object]
) -> list[str]:
    """Copies, never moves: landed files stay as they came. The addresses of the copies."""
    copies = {file.path: f"{rejected}/{file.name}" for file in files if file.modified > now - KEPT}
    for source, target in copies.items():
        copy(source, target)
    return list(copies.values())
