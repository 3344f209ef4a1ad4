"""References between resources: what they name must exist, and a dependency edge must make it exist first.

A plain string that happens to be another resource's id or name works in a preview and fails on the day the
two are created in the other order: the engine creates in parallel all resources that no edge keeps apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from azure_facts.arm_id_parsing import is_arm_id, levels, resource_group_of
from rehearsal.checks.host_references import host_targets
from rehearsal.checks.named_references import named_targets
from rehearsal.cloud.catalogue.references import EXISTS_BY_ITSELF, INLINE_CHILDREN
from rehearsal.cloud.injected_subnets import injected_subnets
from rehearsal.model.finding import Finding
from rehearsal.model.paths import strings
from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.world import World

_SOURCE = "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-not-found"


def check_references(world: World) -> Iterator[Finding]:
    """Refuses references without an edge (REF001) and to what nothing creates (REF002)."""
    inline = _inline_children(world)
    named, hosts = named_targets(world), host_targets(world)
    for resource in world.resources:
        if not resource.custom or resource.external:
            continue
        seen: set[str] = set()
        for path, target in _targets(resource, world, inline):
            if isinstance(target, str):
                yield _nothing_creates(resource, path, target)
            elif target.urn not in seen and not world.depends_on(resource, target):
                seen.add(target.urn)
                yield _missing_edge(resource, path, target)
        for path, target in (*named(resource), *hosts(resource)):
            if target.urn not in seen and not world.depends_on(resource, target):
                seen.add(target.urn)
                yield _missing_edge(resource, path, target)


def external_ids(world: World) -> tuple[str, ...]:
    """ARM ids that the inputs name and that lie outside what this stack creates, sorted, in lower case: the stack
    works only where they exist. Left out is what needs no proof: the subscription, and what services make
    themselves."""
    found: set[str] = set()
    for resource in world.resources:
        for _, text, _ in strings(resource.plain_inputs):
            if not is_arm_id(text):
                continue
            passed = levels(text)
            if (
                len(passed) > 1
                and not any(level in world.by_id for level in passed)
                and not _exists(passed[-1], found)
            ):
                found.add(passed[-1])
    return tuple(sorted(found))


def _targets(
    resource: Resource, world: World, inline: frozenset[str]
) -> Iterator[tuple[str, Resource | str]]:
    """Every registered resource, or id that nothing creates, to which the inputs or the resource's own place
    refer."""
    named = [(path, text) for path, text, _ in strings(dict(resource.inputs))]
    for path, text in (*named, *injected_subnets(resource.type, resource.inputs)):
        # Tags are texts for people; Azure does not follow them.
        if is_arm_id(text) and not path.startswith("tags"):
            for target in _resolve(resource, levels(text), world, inline):
                yield path, target
    # An id in the place of a name (GEN303) makes an id of two, which leads nowhere.
    if is_arm_id(resource.id) and resource.id.lower().count("/subscriptions/") == 1:
        for target in _resolve(resource, levels(resource.id)[:-1], world, inline):
            yield _place_path(resource, target if isinstance(target, str) else target.id), target


def _resolve(
    resource: Resource, passed: tuple[str, ...], world: World, inline: frozenset[str]
) -> Iterator[Resource | str]:
    """The innermost registered resource that the id passes, and the first id below it that nobody creates."""
    for depth in range(len(passed) - 1, -1, -1):
        target = world.by_id.get(passed[depth])
        if target is None or target is resource:
            continue
        yield target
        missing = next((level for level in passed[depth + 1 :] if not _exists(level, inline)), None)
        if (
            missing is not None
            and missing != resource.id.lower()
            and not holds_unknown(missing)
            and resource_group_of(missing) in world.by_id
        ):
            yield missing
        return


def _exists(arm_id: str, inline: Set[str]) -> bool:
    return arm_id in inline or any(pattern.match(arm_id) for pattern in EXISTS_BY_ITSELF)


def _inline_children(world: World) -> frozenset[str]:
    found = {child.lower() for resource in world.resources for child in resource.children}
    for (token, path), segment in INLINE_CHILDREN.items():
        for resource in world.of_types((token,)):
            for item in resource.items(path):
                found.add(f"{resource.id}/{segment}/{item.get('name')}".lower())
    return frozenset(found)


def _place_path(resource: Resource, above: str) -> str:
    """The input that puts the resource below what has the id `above`: the one that holds its name or id."""
    above = above.lower()
    for key, value in resource.plain_inputs.items():
        if isinstance(value, str) and value.lower().rstrip("/") in (above.rpartition("/")[2], above):
            return key
    return "scope" if "scope" in resource.inputs else ""


def _missing_edge(resource: Resource, path: str, target: Resource) -> Finding:
    return Finding(
        urn=resource.urn,
        rule="REF001",
        path=path,
        message=f"refers to {target.urn} without depending on it, so the two may be created in either order; pass an "
        "Output of that resource, or name it in depends_on",
        status=404,
        code="ResourceNotFound",
        source=_SOURCE,
    )


def _nothing_creates(resource: Resource, path: str, arm_id: str) -> Finding:
    return Finding(
        urn=resource.urn,
        rule="REF002",
        path=path,
        message=f"nothing creates it: {arm_id} lies in a resource group of this stack, and no resource registered has "
        "this id; declare it, or correct the id",
        status=404,
        code="ResourceNotFound",
        source=_SOURCE,
    )
