"""The inventory: what a rehearsal found, every secret masked, and the JSON document that it is written as.

`Inventory.to_json` is the only writer of the document, `inventory_reader` the only reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from rehearsal.model.access import AccessGrant
from rehearsal.model.azure_policy import AzurePolicies, azure_policies_document
from rehearsal.model.costs import MonthlyCost, monthly_cost
from rehearsal.model.finding import Finding
from rehearsal.model.json_values import text_at
from rehearsal.model.policy import PackResult, PolicyFinding
from rehearsal.model.promised import OpenRoad, Promised
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
        """Whether it is something in a cloud: not so for components and providers."""
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
    taken to exist outside the stack; `today` is an ISO date; `azure_policies` is None where there is no file of them.
    `error` is why the program failed, empty where it did not; then the rest is what it had registered by then, and
    nothing was checked."""

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
    promises: tuple[Promised, ...] = ()
    roads: tuple[OpenRoad, ...] = ()
    azure_policies: AzurePolicies | None = None
    error: str = ""

    @property
    def policy_findings(self) -> tuple[PolicyFinding, ...]:
        """What all policy packs found."""
        return tuple(finding for pack in self.policies for finding in pack.findings)

    @property
    def costs(self) -> MonthlyCost | None:
        """What the program says that a month costs; None where it says nothing."""
        return monthly_cost(self.outputs)

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
            "refusals": [finding_document(finding) for finding in self.refusals],
            "warnings": [finding_document(finding) for finding in self.warnings],
            "resources": [_resource(resource) for resource in self.resources],
            "access": [_grant(grant) for grant in self.access],
            "promises": [_promised(one) for one in self.promises],
            "roads": [_road(one) for one in self.roads],
            **(
                {"azurePolicies": azure_policies_document(self.azure_policies)} if self.azure_policies else {}
            ),
            **({"error": self.error} if self.error else {}),
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
        "findings": [policy_document(finding) for finding in result.findings],
    }


def policy_document(finding: PolicyFinding) -> Mapping[str, object]:
    """A policy's finding as plain data."""
    return {
        "urn": finding.urn,
        "policy": finding.policy,
        "level": finding.level.value,
        "severity": finding.severity,
        "message": finding.message,
    }


def finding_document(finding: Finding) -> Mapping[str, object]:
    """A refusal or warning as plain data."""
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


def _promised(one: Promised) -> Mapping[str, object]:
    return {
        "kind": one.kind,
        "name": one.name,
        "question": one.question,
        "verdict": one.verdict,
        "grave": one.grave,
        "rule": one.rule,
        "missing": one.missing,
        "setting": one.setting,
        "road": one.road,
        "right": one.right,
    }


def _road(one: OpenRoad) -> Mapping[str, object]:
    return {"from": one.source, "to": one.target, "promised": one.promised}
