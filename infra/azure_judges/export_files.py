"""What `rehearsal export --format arm` wrote: a template for each scope, and the manifest that says whose they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.live.json_values import JsonMap, mapping, mappings, text

FORM = 1
MANIFEST = "manifest.json"
GROUP_TYPE = "microsoft.resources/resourcegroups"


class ExportFormError(Exception):
    """A file is missing or has another form; the text names it, and what makes it anew."""


@dataclass(frozen=True)
class Place:
    """The line of the program that declared a resource."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class ExportedResource:
    """`file`: the template that has it, `index`: where in its resources. `place`: None where nothing of the program's
    own declared it. `unknown`: the properties that only a service can make up."""

    id: str
    urn: str
    type: str
    file: str
    index: int
    place: Place | None
    unknown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that the program gave it."""
        return self.urn.rpartition("::")[2]


@dataclass(frozen=True)
class Template:
    """`scope`: the ARM id under which it is deployed, `/` for the tenant. `location`: of the deployment, where its
    scope needs one."""

    file: str
    scope: str
    location: str
    document: JsonMap


@dataclass(frozen=True)
class LeftOut:
    """A resource that no template has, and why."""

    urn: str
    reason: str


@dataclass(frozen=True)
class Export:
    """One stack's export."""

    stack: str
    tenant_id: str
    subscription_id: str
    templates: tuple[Template, ...]
    resources: tuple[ExportedResource, ...]
    left_out: tuple[LeftOut, ...]

    def check_subscription(self, tenant_id: str, subscription_id: str) -> None:
        """Raises `ExportFormError` where it is of another one."""
        own, asked = (self.tenant_id, self.subscription_id), (tenant_id, subscription_id)
        if [one.lower() for one in own] != [one.lower() for one in asked]:
            raise ExportFormError(
                f"the export is of subscription {self.subscription_id} of tenant {self.tenant_id}, and the stack file "
                f"names {subscription_id} of {tenant_id}"
            )


def read_export(folder: Path) -> Export:
    """All of it. Raises `ExportFormError`."""
    manifest = _document(folder / MANIFEST)
    if manifest.get("format") != FORM:
        raise ExportFormError(
            f"{folder / MANIFEST}: format is {manifest.get('format')!r}; this version reads {FORM}"
        )
    return Export(
        stack=text(manifest.get("stack")),
        tenant_id=text(manifest.get("tenantId")),
        subscription_id=text(manifest.get("subscriptionId")),
        templates=tuple(_templates(folder, manifest)),
        resources=tuple(_resource(one) for one in mappings(manifest.get("resources"))),
        left_out=tuple(
            LeftOut(text(one.get("urn")), text(one.get("reason")))
            for one in mappings(manifest.get("leftOut"))
        ),
    )


def _templates(folder: Path, manifest: JsonMap) -> Iterator[Template]:
    listed = mappings(manifest.get("templates"))
    for index, one in enumerate(listed):
        file, scope = text(one.get("file")), text(one.get("scope"))
        if not file or not scope.startswith("/"):
            raise ExportFormError(
                f"{folder / MANIFEST}: templates[{index}] must name its file, and its scope by an ARM id"
            )
        yield Template(file, scope, text(one.get("location")), _document(folder / file))


def _resource(one: JsonMap) -> ExportedResource:
    position = mapping(one.get("position"))
    line, index, unknown = position.get("line"), one.get("symbolicIndex"), one.get("unknown")
    place = Place(text(position.get("path")), line) if isinstance(line, int) else None
    return ExportedResource(
        id=text(one.get("id")),
        urn=text(one.get("urn")),
        type=text(one.get("type")),
        file=text(one.get("file")),
        index=index if isinstance(index, int) else -1,
        place=place,
        unknown=tuple(text(path) for path in unknown) if isinstance(unknown, list) else (),
    )


def _document(file: Path) -> JsonMap:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExportFormError(f"{file}: {error.strerror}; make validate writes it") from error
    except ValueError as error:
        raise ExportFormError(f"{file}: is no JSON ({error})") from error
    if not isinstance(read, dict):
        raise ExportFormError(f"{file}: must be a map")
    return read
