"""Checks of every resource, of any type; rules of single services are in
`rehearsal.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rehearsal.checks.ids import check_names_and_ids
from rehearsal.checks.location import check_location
from rehearsal.checks.plain_text import check_plain_text
from rehearsal.checks.references import check_references
from rehearsal.checks.shapes import check_shapes
from rehearsal.checks.state import check_state
from rehearsal.model.finding import Finding
from rehearsal.model.world import World

CHECKS: tuple[Callable[[World], Iterable[Finding]], ...] = (
    check_shapes,
    check_location,
    check_names_and_ids,
    check_plain_text,
    check_state,
    check_references,
)


def run_checks(world: World) -> Iterator[Finding]:
    """Every check over the whole world."""
    for check in CHECKS:
        yield from check(world)
