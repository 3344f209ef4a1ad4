"""All requirements. A new service is one more file, and one more line here."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.checks.table import Checked
from rehearsal.model.finding import Severity
from rehearsal.model.world import World
from rehearsal.promises.model import Ask
from rehearsal.requirements import (
    container_apps,
    data_factory,
    databricks,
    kubernetes,
    machine_learning,
    synapse,
)
from rehearsal.requirements.requirement import Requirement

REQUIREMENTS: tuple[Requirement, ...] = (
    *machine_learning.REQUIREMENTS,
    *kubernetes.REQUIREMENTS,
    *container_apps.REQUIREMENTS,
    *data_factory.REQUIREMENTS,
    *synapse.REQUIREMENTS,
    *databricks.REQUIREMENTS,
)

_TOLD = {Severity.REFUSAL: "refused or warned", Severity.WARNING: "warned"}

TOLD_OF_REQUIREMENTS = tuple(
    Checked(row.id, _TOLD[row.severity], f"{row.service}: {row.what}", str(row.source))
    for row in REQUIREMENTS
)
"""Refused in a program that says what it promises, and warned about in any other."""


def required(world: World) -> Iterator[Ask]:
    """What the resources of a program need, in the order of the table."""
    for row in REQUIREMENTS:
        yield from row.asks(world)
