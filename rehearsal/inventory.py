"""Making the inventory of what a rehearsal recorded: masked and sorted."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from rehearsal.access import access_grants
from rehearsal.model.azure_policy import AzurePolicies
from rehearsal.model.finding import Finding
from rehearsal.model.inventory import DeploymentStep, FirstDeployment, Inventory, InventoryResource
from rehearsal.model.policy import PackResult
from rehearsal.model.promised import OpenRoad, Promised
from rehearsal.model.resource import Resource
from rehearsal.model.values import JsonObject, masked
from rehearsal.people import people_in
from rehearsal.timeline import Timeline


def make_inventory(
    *,
    project: str,
    stack: str,
    today: str,
    resources: Iterable[Resource],
    outputs: Mapping[str, object],
    component_outputs: Mapping[str, Mapping[str, object]],
    refusals: Iterable[Finding],
    warnings: Iterable[Finding],
    generic_types: Mapping[str, int],
    generic_functions: Mapping[str, int],
    deployment: Timeline,
    external_ids: tuple[str, ...],
    policies: Iterable[PackResult],
    promises: tuple[Promised, ...] = (),
    roads: tuple[OpenRoad, ...] = (),
    azure_policies: AzurePolicies | None = None,
    error: str = "",
) -> Inventory:
    """Masks and sorts what a rehearsal recorded."""
    ordered = sorted(resources, key=lambda resource: resource.urn)
    described = tuple(_describe(resource, component_outputs.get(resource.urn)) for resource in ordered)
    shown = _masked(outputs)
    return Inventory(
        project=project,
        stack=stack,
        today=today,
        resources=described,
        counts=dict(sorted(Counter(resource.type for resource in ordered).items())),
        outputs=shown,
        refusals=tuple(refusals),
        warnings=tuple(warnings),
        generic_types=dict(sorted(generic_types.items())),
        generic_functions=dict(sorted(generic_functions.items())),
        first_deployment=_first_deployment(deployment),
        external_ids=external_ids,
        policies=tuple(policies),
        access=access_grants(described, people=people_in(shown)),
        promises=promises,
        roads=roads,
        azure_policies=azure_policies,
        error=error,
    )


def write_atomically(path: Path, text: str) -> None:
    """Writes the whole file or nothing: into a neighbour first, then in its place. A link stays one, and a device or a
    pipe, such as /dev/stdout, gets the text itself. Raises `OSError`."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    path = path.resolve() if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _describe(resource: Resource, component_outputs: Mapping[str, object] | None) -> InventoryResource:
    outputs = component_outputs if resource.is_component else {**resource.inputs, **resource.outputs}
    return InventoryResource(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        id=resource.id,
        custom=resource.custom,
        external=resource.external,
        parent=resource.parent,
        provider=resource.provider,
        dependencies=resource.dependencies,
        property_dependencies=resource.property_dependencies,
        inputs=_masked(resource.inputs),
        outputs=_masked(outputs or {}),
        options=resource.options,
    )


def _masked(values: Mapping[str, object]) -> JsonObject:
    return {key: masked(value) for key, value in values.items()}


def _first_deployment(deployment: Timeline) -> FirstDeployment:
    """To a tenth of a minute: more would look as if the estimates were exact."""
    return FirstDeployment(
        minutes=round(deployment.minutes, 1),
        critical_path=tuple(
            DeploymentStep(step.urn, round(step.starts, 1), step.minutes, step.source)
            for step in deployment.path
        ),
    )
