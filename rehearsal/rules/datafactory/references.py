"""What is named inside a factory is there: linked services, datasets, pipelines, credentials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import (
    CREDENTIAL,
    DATASET,
    LINKED_SERVICE,
    PIPELINE,
    TRIGGER,
    names_in_factory,
    part,
)
from rehearsal.rules.rule import Case, Rule, Violation

_KINDS: Mapping[str, str] = {
    "LinkedServiceReference": LINKED_SERVICE,
    "DatasetReference": DATASET,
    "PipelineReference": PIPELINE,
    "CredentialReference": CREDENTIAL,
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, kind, name in _references(resource.plain_inputs, ""):
        there = names_in_factory(_KINDS[kind], resource, world)
        if name not in there:
            have = ", ".join(sorted(there)) or "none"
            yield Violation(path, f"'{name}' is not in the factory (there: {have}); declare it first")


def _references(value: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Path, kind and name of each reference below a value; an expression is no name."""
    if isinstance(value, Mapping):
        kind, name = value.get("type"), value.get("referenceName")
        if kind in _KINDS and isinstance(name, str) and not name.startswith("@"):
            yield f"{path}.referenceName", str(kind), name
        for key, item in value.items():
            yield from _references(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references(item, f"{path}[{index}]")


def _case(name: str) -> Case:
    service = {"properties": {"type": "AzureBlobFS", "url": "https://dlsmldev.dfs.core.windows.net/"}}
    reference = {"type": "LinkedServiceReference", "referenceName": name}
    location = {"type": "AzureBlobFSLocation", "fileSystem": "raw"}
    dataset = {"properties": {"type": "Json", "linkedServiceName": reference, "location": location}}
    return Case(
        (part(LINKED_SERVICE, "lake", service), part(DATASET, "landed", dataset, "lake")),
    )


RULE = Rule(
    id="ADF301",
    service="Data Factory",
    title="linked services, datasets, pipelines and credentials that are named are there",
    applies_to=(DATASET, LINKED_SERVICE, PIPELINE, TRIGGER),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com data-factory/data-factory-troubleshoot-guide, invalid reference",
    check=_check,
    trips=_case("lakes"),
    passes=_case("lake"),
)
