"""The part of an export that ARM can be asked about: without what only a service can make up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from infra.azure_judges.export_files import Export, ExportedResource, LeftOut, Template
from infra.live.json_values import JsonMap, mappings, text


def askable(export: Export) -> Export:
    """The export without the resources that have such a value, and without what is inside of these: a stand-in for a
    principal's id would be judged as if it were one. They are among `left_out`, and nothing waits for them."""
    reasons = dict(_reasons(export))
    left_out = tuple(LeftOut(one.urn, reasons[one.id]) for one in export.resources if one.id in reasons)
    templates = (_without(one, export, frozenset(reasons)) for one in export.templates)
    return replace(
        export,
        templates=tuple(one for one in templates if one.document.get("resources")),
        resources=tuple(one for one in export.resources if one.id not in reasons),
        left_out=(*export.left_out, *left_out),
    )


def _reasons(export: Export) -> Iterator[tuple[str, str]]:
    """By id. A resource is inside of another where its id begins with the other's."""
    unknown = {one.id: one for one in export.resources if one.unknown}
    for one in export.resources:
        if one.unknown:
            yield one.id, f"has what only a service can make up ({', '.join(one.unknown)})"
        elif outer := _outer(one, unknown):
            yield one.id, f"is inside of {outer.name}, which is left out"


def _outer(resource: ExportedResource, unknown: dict[str, ExportedResource]) -> ExportedResource | None:
    lowered = resource.id.lower()
    return next((one for key, one in unknown.items() if lowered.startswith(f"{key.lower()}/")), None)


def _without(template: Template, export: Export, ids: frozenset[str]) -> Template:
    """The template without these resources, and without the waits for them."""
    indexes = {one.index for one in export.resources if one.file == template.file and one.id in ids}
    if not indexes:
        return template
    lowered = {one.lower() for one in ids}
    kept = [
        _not_waiting(one, lowered)
        for index, one in enumerate(mappings(template.document.get("resources")))
        if index not in indexes
    ]
    return replace(template, document={**template.document, "resources": kept})


def _not_waiting(resource: JsonMap, ids: set[str]) -> JsonMap:
    waits = resource.get("dependsOn")
    left = [one for one in waits if text(one).lower() not in ids] if isinstance(waits, list) else []
    return {
        key: left if key == "dependsOn" else value
        for key, value in resource.items()
        if key != "dependsOn" or left
    }
