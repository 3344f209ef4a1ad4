"""Reading an inventory document: the inverse of `Inventory.to_json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rehearsal.model.access import AccessGrant
from rehearsal.model.azure_policy import read_azure_policies
from rehearsal.model.errors import RehearsalError
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.inventory import (
    FORMAT,
    DeploymentStep,
    FirstDeployment,
    Inventory,
    InventoryResource,
)
from rehearsal.model.json_reader import JsonReader, WrongJsonError, parse_json
from rehearsal.model.policy import EnforcementLevel, PackResult, PolicyFinding
from rehearsal.model.position import read_position
from rehearsal.model.promised import VERDICTS, OpenRoad, Promised
from rehearsal.model.resource import Options
from rehearsal.model.urns import is_urn

_WRITE_AGAIN = "write it again with preview --json FILE"
_TO_WRITE_ONE = "write one with preview --json FILE"


def read_inventory(path: Path) -> Inventory:
    """The inventory in a file. Raises `RehearsalError`, which names the file: what keeps it from being read, or what
    is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{path}: is no UTF-8 text; {_TO_WRITE_ONE}") from error
    return parse_inventory(text, str(path))


def parse_inventory(text: str, source: str) -> Inventory:
    """The inventory in a text. Raises `RehearsalError`, which begins with `source`."""
    try:
        document = parse_json(text)
    except WrongJsonError as error:
        raise RehearsalError(f"{source}: {error}; {_TO_WRITE_ONE}") from error
    if not isinstance(document, dict) or "resources" not in document:
        raise RehearsalError(f"{source}: is no inventory; {_TO_WRITE_ONE}")
    written = document.get("format")
    if written != FORMAT:
        raise RehearsalError(
            f"{source}: has format {written!r}, this version reads format {FORMAT}; read it with the version of the "
            f"rehearsal that wrote it, or {_WRITE_AGAIN}"
        )
    try:
        return _inventory(JsonReader(document))
    except WrongJsonError as error:
        raise RehearsalError(f"{source}: is no whole inventory: {error}; {_WRITE_AGAIN}") from error


def _inventory(document: JsonReader) -> Inventory:
    resources = tuple(_resource(item) for item in document.readers("resources"))
    _check_parents(resources)
    return Inventory(
        stack=document.text("stack"),
        project=document.text("project", ""),
        today=document.text("today", ""),
        resources=resources,
        counts=document.map_of_counts("counts"),
        outputs=document.mapping("outputs"),
        refusals=tuple(_finding(item, Severity.REFUSAL) for item in document.readers("refusals")),
        warnings=tuple(_finding(item, Severity.WARNING) for item in document.readers("warnings")),
        generic_types=document.map_of_counts("genericTypes"),
        generic_functions=document.map_of_counts("genericFunctions"),
        first_deployment=_deployment(document.reader("firstDeployment")),
        external_ids=document.texts("externalIds"),
        policies=tuple(_pack(item) for item in document.readers("policies")),
        access=tuple(_grant(item) for item in document.readers("access")),
        promises=tuple(_promised(item) for item in document.readers("promises")),
        roads=tuple(_road(item) for item in document.readers("roads")),
        azure_policies=None
        if document.is_null("azurePolicies")
        else read_azure_policies(document.reader("azurePolicies")),
        error=document.text("error", ""),
    )


def _resource(item: JsonReader) -> InventoryResource:
    urn = item.text("urn")
    if not is_urn(urn):
        raise WrongJsonError(f"{item.place}.urn must be a URN")
    return InventoryResource(
        urn=urn,
        type=item.text("type"),
        name=item.text("name"),
        id=item.text("id"),
        custom=item.flag("custom"),
        external=item.flag("external", default=False),
        parent=item.text("parent"),
        provider=item.text("provider", ""),
        dependencies=item.texts("dependencies"),
        property_dependencies=item.map_of_lists("propertyDependencies"),
        inputs=item.mapping("inputs"),
        outputs=item.mapping("outputs"),
        options=_options(item),
    )


def _options(item: JsonReader) -> Options:
    first = None if item.is_null("deleteBeforeReplace") else item.flag("deleteBeforeReplace")
    return Options(
        protect=item.flag("protect", default=False),
        retain_on_delete=item.flag("retainOnDelete", default=False),
        delete_before_replace=first,
        deleted_with=item.text("deletedWith", ""),
        replace_with=item.texts("replaceWith"),
        ignore_changes=item.texts("ignoreChanges"),
        replace_on_changes=item.texts("replaceOnChanges"),
        additional_secret_outputs=item.texts("additionalSecretOutputs"),
        custom_timeouts=item.map_of_texts("customTimeouts"),
        import_id=item.text("importId", ""),
        aliases=item.texts("aliases"),
        hooks=item.map_of_lists("hooks"),
    )


def _check_parents(resources: Iterable[InventoryResource]) -> None:
    """A parent is a URN, and no resource is above itself: the way up from child to parent must end."""
    parents = {resource.urn: resource.parent for resource in resources}
    safe: set[str] = {""}
    for urn, parent in parents.items():
        if parent and not is_urn(parent):
            raise WrongJsonError(f"the parent of {urn} must be a URN")
        _check_way_up(urn, parents, safe)


def _check_way_up(start: str, parents: Mapping[str, str], safe: set[str]) -> None:
    way: set[str] = set()
    here = start
    while here not in safe:
        if here in way:
            raise WrongJsonError(f"{here} is its own ancestor")
        way.add(here)
        here = parents.get(here, "")
    safe |= way


def _finding(item: JsonReader, severity: Severity) -> Finding:
    return Finding(
        urn=item.text("urn"),
        rule=item.text("rule"),
        path=item.text("path", ""),
        message=item.text("message"),
        severity=severity,
        status=None if item.is_null("status") else item.whole_number("status"),
        code=item.text("code", ""),
        source=item.text("source", ""),
        position=read_position(item.text("position", "")),
    )


def _pack(item: JsonReader) -> PackResult:
    name = item.text("pack")
    return PackResult(
        name=name,
        version=item.text("version", ""),
        policies=item.whole_number("policies", 0),
        findings=tuple(_policy_finding(finding, name) for finding in item.readers("findings")),
    )


def _policy_finding(item: JsonReader, pack: str) -> PolicyFinding:
    level = item.text("level")
    if level not in list(EnforcementLevel):
        raise WrongJsonError(f"{item.place}.level must be one of {', '.join(EnforcementLevel)}")
    return PolicyFinding(
        urn=item.text("urn"),
        policy=item.text("policy"),
        message=item.text("message"),
        pack=pack,
        level=EnforcementLevel(level),
        severity=item.text("severity", ""),
    )


def _deployment(item: JsonReader) -> FirstDeployment:
    return FirstDeployment(
        minutes=item.number("minutes", 0.0),
        critical_path=tuple(
            DeploymentStep(
                urn=step.text("urn"),
                starts=step.number("starts"),
                minutes=step.number("minutes"),
                source=step.text("source", ""),
            )
            for step in item.readers("criticalPath")
        ),
    )


def _grant(item: JsonReader) -> AccessGrant:
    return AccessGrant(
        principal=item.text("principal"),
        principal_type=item.text("principalType"),
        scope=item.text("scope"),
        role=item.text("role"),
        description=item.text("description"),
        condition=item.text("condition"),
        urn=item.text("urn"),
    )


def _promised(item: JsonReader) -> Promised:
    if item.text("verdict") not in VERDICTS:
        raise WrongJsonError(f"{item.place}.verdict must be one of {', '.join(VERDICTS)}")
    return Promised(
        kind=item.text("kind"),
        name=item.text("name"),
        question=item.text("question"),
        verdict=item.text("verdict"),
        grave=item.flag("grave"),
        rule=item.text("rule", ""),
        missing=item.text("missing", ""),
        setting=item.text("setting", ""),
        road=item.texts("road"),
        right=item.texts("right"),
    )


def _road(item: JsonReader) -> OpenRoad:
    return OpenRoad(item.text("from"), item.text("to"), item.flag("promised"))
