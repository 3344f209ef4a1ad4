"""The result of a rehearsal as a stable document: what would be deployed, with every secret masked."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.access import AccessGrant, access_grants
from rehearsal.model.finding import Finding
from rehearsal.model.resource import Resource
from rehearsal.model.values import masked
from rehearsal.policy_pack.findings import PackResult
from rehearsal.timeline import Timeline

FORMAT = 1
"""Raised when a reader of the document would have to change."""


@dataclass(frozen=True)
class Inventory:
    """Plain JSON data, sorted: resources by URN, keys by name. `today` is an ISO date."""

    project: str
    stack: str
    today: str
    resources: tuple[Mapping[str, object], ...]
    counts: Mapping[str, int]
    outputs: Mapping[str, object]
    refusals: tuple[Mapping[str, object], ...]
    warnings: tuple[Mapping[str, object], ...]
    generic_types: Mapping[str, int]
    generic_functions: Mapping[str, int]
    deployment: Mapping[str, object]
    external_ids: tuple[str, ...]
    policies: tuple[Mapping[str, object], ...]

    @property
    def access(self) -> tuple[AccessGrant, ...]:
        """Who may do what, where: the role assignments among the resources."""
        return access_grants(self.resources)

    def to_json(self) -> str:
        """The document; two rehearsals of the same program and settings give the same bytes."""
        document = {
            "format": FORMAT,
            "project": self.project,
            "stack": self.stack,
            "today": self.today,
            "counts": self.counts,
            "genericTypes": self.generic_types,
            "genericFunctions": self.generic_functions,
            "externalIds": self.external_ids,
            "policies": self.policies,
            "firstDeployment": self.deployment,
            "outputs": self.outputs,
            "refusals": self.refusals,
            "warnings": self.warnings,
            "resources": self.resources,
            "access": [grant.to_json() for grant in self.access],
        }
        return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


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
) -> Inventory:
    """Masks and sorts what a rehearsal recorded."""
    ordered = sorted(resources, key=lambda resource: resource.urn)
    return Inventory(
        project=project,
        stack=stack,
        today=today,
        resources=tuple(_describe(resource, component_outputs.get(resource.urn)) for resource in ordered),
        counts=dict(sorted(Counter(resource.type for resource in ordered).items())),
        outputs=_masked(outputs),
        refusals=tuple(_finding(finding) for finding in refusals),
        warnings=tuple(_finding(finding) for finding in warnings),
        generic_types=dict(sorted(generic_types.items())),
        generic_functions=dict(sorted(generic_functions.items())),
        deployment=_timeline(deployment),
        external_ids=external_ids,
        policies=tuple(_pack(result) for result in policies),
    )


def write_atomically(path: Path, text: str) -> None:
    """Writes the whole file or nothing: into a neighbour first, then in its place."""
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


def _describe(resource: Resource, component_outputs: Mapping[str, object] | None) -> Mapping[str, object]:
    options = resource.options
    outputs = component_outputs if resource.is_component else {**resource.inputs, **resource.outputs}
    return {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "id": resource.id,
        "custom": resource.custom,
        "external": resource.external,
        "parent": resource.parent,
        "provider": resource.provider,
        "dependencies": list(resource.dependencies),
        "propertyDependencies": {key: list(urns) for key, urns in resource.property_dependencies.items()},
        "inputs": _masked(resource.inputs),
        "outputs": _masked(outputs or {}),
        "protect": options.protect,
        "retainOnDelete": options.retain_on_delete,
        "deleteBeforeReplace": options.delete_before_replace,
        "deletedWith": options.deleted_with,
        "replaceWith": list(options.replace_with),
        "ignoreChanges": list(options.ignore_changes),
        "replaceOnChanges": list(options.replace_on_changes),
        "additionalSecretOutputs": list(options.additional_secret_outputs),
        "customTimeouts": dict(options.custom_timeouts),
        "importId": options.import_id,
        "aliases": list(options.aliases),
        "hooks": {name: list(hooks) for name, hooks in options.hooks.items()},
    }


def _masked(values: Mapping[str, object]) -> dict[str, object]:
    return {key: masked(value) for key, value in values.items()}


def _timeline(deployment: Timeline) -> Mapping[str, object]:
    return {
        "minutes": round(deployment.minutes, 1),
        "criticalPath": [
            {"urn": step.urn, "starts": round(step.starts, 1), "minutes": step.minutes, "source": step.source}
            for step in deployment.path
        ],
    }


def _pack(result: PackResult) -> Mapping[str, object]:
    return {
        "pack": result.name,
        "version": result.version,
        "policies": result.policies,
        "findings": [
            {
                "urn": finding.urn,
                "policy": finding.policy,
                "level": finding.level.value,
                "severity": finding.severity,
                "message": finding.message,
            }
            for finding in result.findings
        ],
    }


def _finding(finding: Finding) -> Mapping[str, object]:
    return {
        "rule": finding.rule,
        "urn": finding.urn,
        "path": finding.path,
        "message": finding.message,
        "status": finding.status,
        "code": finding.code,
        "source": finding.source,
    }
