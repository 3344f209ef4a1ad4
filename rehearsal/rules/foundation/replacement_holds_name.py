"""Replacing a resource whose service keeps deleted names fails halfway."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.immutables import SOFT_DELETING
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """With an explicit name the provider deletes first; the new one then meets its own soft-deleted
    predecessor."""
    paths = resource.options.replace_on_changes
    if paths and not resource.options.protect:
        yield Violation(
            "replaceOnChanges",
            f"a change of {', '.join(paths)} would delete it and then fail, because "
            f"{SOFT_DELETING[resource.type]}; set "
            "protect, and rebuild under another name",
        )


_CHANGES = ("storageAccount", "keyVault", "hbiWorkspace", "encryption", "enableDataIsolation", "kind")

RULE = Rule(
    id="IMM001",
    service="Azure Resource Manager",
    title="what a service keeps after deletion is replaced only when unprotected on purpose",
    applies_to=tuple(sorted(SOFT_DELETING)),
    status=409,
    code="Conflict",
    source="pulumi-azure-native 3.29.0: a replacement with a given name deletes before it creates",
    check=_check,
    trips=Case((declare(tokens.ML_WORKSPACE, replace_on_changes=_CHANGES),)),
    passes=Case((declare(tokens.ML_WORKSPACE, replace_on_changes=_CHANGES, protect=True),)),
    severity=Severity.WARNING,
)
