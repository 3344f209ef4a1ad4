"""The inventory: what a rehearsal found, every secret masked, and the JSON document that it is written as.

`Inventory.to_json` is the only writer of the document, `inventory_reader` the only reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from rehearsal.model.access import AccessGrant
from rehearsal.model.finding import Finding
from rehearsal.model.json_values import text_at
from rehearsal.model.policy import PackResult, PolicyFinding
from rehearsal.model.resource import Options
from rehearsal.model.urns import short_type
from rehearsal.model.values import JsonObject

FORMAT = 1
"""Raised when a reader of the document would have to change."""


@dataclass(frozen=True)
class InventoryResource:
    """One resource or component. `inputs` and `outputs` are JSON in which secrets read "[secret]" and what only the
    service can make up reads "[unknown]"; `outputs` include the inputs. The other fields are those of `Resource`."""

    urn: str
    type: str
    name: str
    id: str = ""
    custom: bool = True
    external: bool = False
    parent: str = ""
    provider: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inputs: JsonObject = field(default_factory=dict)
    outputs: JsonObject = field(default_factory=dict)
    options: Options = field(default_factory=Options)

    @property
    def label(self) -> str:
        """How a reader calls it: `storage.StorageAccount ml-storage`."""
        return f"{short_type(self.type)} {self.name}"

    @property
    def is_deployed(self) -> bool:
        """Whether something stands for it in a cloud: not so for components and providers."""
        return self.custom and not self.type.startswith("pulumi:")

    def text(self, path: str) -> str:
        """The input at a property path where it is a text, else an empty one."""
        return text_at(self.inputs, path)


@dataclass(frozen=True)
class DeploymentStep:
    """One resource on the critical path of a first deployment, in minutes. `source` says where `minutes` come from."""

    urn: str
    starts: float
    minutes: float
    source: str


@dataclass(frozen=True)
class FirstDeployment:
    """How many minutes a first deployment takes, and along which steps."""

    minutes: float = 0.0
    critical_path: tuple[DeploymentStep, ...] = ()


@dataclass(frozen=True)
class Inventory:
    """One stack's rehearsal. `resources` are sorted by URN; `counts` are by type, components included;
    `generic_types` and `generic_functions` are those that the simulated cloud only guesses at; `external_ids` what is
    taken to exist outside the stack; `today` is an ISO date."""

    stack: str
    project: str = ""
    today: str = ""
    resources: tuple[InventoryResource, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    outputs: JsonObject = field(default_factory=dict)
    refusals: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    generic_types: Mapping[str, int] = field(default_factory=dict)
    generic_functions: Mapping[str, int] = field(default_factory=dict)
    first_deployment: FirstDeployment = field(default_factory=FirstDeployment)
    external_ids: tuple[str, ...] = ()
    policies: tuple[PackResult, ...] = ()
    access: tuple[AccessGrant, ...] = ()

    @property
    def policy_findings(self) -> tuple[PolicyFinding, ...]:
        """What all policy packs found."""
        return tuple(finding for pack in self.policies for finding in pack.findings)

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
            "policies": [_pack(result) for result in self.policies],
            "firstDeployment": _deployment(self.first_deployment),
            "outputs": self.outputs,
            "refusals": [_finding(finding) for finding in self.refusals],
            "warnings": [_finding(finding) for finding in self.warnings],
            "resources": [_resource(resource) for resource in self.resources],
            "access": [_grant(grant) for grant in self.access],
        }
        return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _resource(resource: InventoryResource) -> dict[str, object]:
    """One resource of the document."""
    options = resource.options
    return {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "id": resource.id,
        "custom": resource.custom,
        "external": resource.external,
        "parent": resource.parent,
        "provider": resource.provider,
        "dependencies": resource.dependencies,
        "propertyDependencies": resource.property_dependencies,
        "inputs": resource.inputs,
        "outputs": resource.outputs,
        "protect": options.protect,
        "retainOnDelete": options.retain_on_delete,
        "deleteBeforeReplace": options.delete_before_replace,
        "deletedWith": options.deleted_with,
        "replaceWith": options.replace_with,
        "ignoreChanges": options.ignore_changes,
        "replaceOnChanges": options.replace_on_changes,
        "additionalSecretOutputs": options.additional_secret_outputs,
        "customTimeouts": options.custom_timeouts,
        "importId": options.import_id,
        "aliases": options.aliases,
        "hooks": options.hooks,
    }


def _deployment(deployment: FirstDeployment) -> Mapping[str, object]:
    return {
        "minutes": deployment.minutes,
        "criticalPath": [
            {"urn": step.urn, "starts": step.starts, "minutes": step.minutes, "source": step.source}
            for step in deployment.critical_path
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
        "position": str(finding.position or ""),
    }


def _grant(grant: AccessGrant) -> Mapping[str, object]:
    return {
        "principal": grant.principal,
        "principalType": grant.principal_type,
        "scope": grant.scope,
        "role": grant.role,
        "description": grant.description,
        "condition": grant.condition,
        "urn": grant.urn,
    }
