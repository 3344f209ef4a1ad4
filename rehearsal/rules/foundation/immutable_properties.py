"""What Azure never changes, and the provider previews as an update."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.immutables import IMMUTABLE_PROPERTIES
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_STATEFUL = {
    token: paths
    for token, rows in IMMUTABLE_PROPERTIES.items()
    if (paths := [path for row in rows if row.stateful for path in row.paths])
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only properties that the program sets. Covered: named in replace_on_changes or ignore_changes, or a
    part of one that is."""
    options = resource.options
    covered = {*options.replace_on_changes, *options.ignore_changes}
    open_ends = [
        path
        for path in _STATEFUL[resource.type]
        if (resource.is_unknown(path) or resource.value(path) is not None) and not _is_covered(path, covered)
    ]
    others = _others(world)
    if open_ends and (others is None or others[0] is resource):
        more = f"; {len(others) - 1} more resources have such properties" if others and others[1:] else ""
        yield Violation(
            "replaceOnChanges",
            f"a later change of {', '.join(open_ends)} would preview as an update and fail; name them in "
            f"replace_on_changes (with protect where the name is held after deletion){more}",
        )


def _others(world: World) -> list[Resource] | None:
    """Where nobody in the program declares such a thing, all resources that have such properties: the first speaks for
    them. Where somebody does, each speaks for itself."""
    if any(resource.options.replace_on_changes for resource in world.resources):
        return None
    return [
        resource
        for resource in world.of_types(tuple(_STATEFUL))
        if not resource.external
        and any(
            resource.is_unknown(path) or resource.value(path) is not None for path in _STATEFUL[resource.type]
        )
    ]


def _is_covered(path: str, covered: set[str]) -> bool:
    steps = path.split(".")
    return "*" in covered or any(".".join(steps[:length]) in covered for length in range(1, len(steps) + 1))


RULE = Rule(
    id="IMM002",
    service="Azure Resource Manager",
    title="immutable properties that the provider does not know are declared as such",
    applies_to=tuple(sorted(_STATEFUL)),
    status=400,
    code="PropertyChangeNotAllowed",
    source="pulumi/pulumi-azure-native issue 577; provider/pkg/gen/replacement.go has no entry for these types",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_WORKSPACE, replace_on_changes=("computeMode",)),)),
    passes=Case(
        (declare(tokens.DATABRICKS_WORKSPACE, replace_on_changes=("computeMode", "managedResourceGroupId")),)
    ),
    severity=Severity.WARNING,
)
