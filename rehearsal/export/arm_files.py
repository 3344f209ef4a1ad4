"""The files of an export to ARM: templates, their parameters, and a manifest that says what is where."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from azure_facts.arm_bodies_exceptions import NO_PUT
from rehearsal.export.arm import arm_resources, is_of_azure
from rehearsal.export.arm_resource import ArmResource
from rehearsal.export.bodies import unversioned
from rehearsal.export.exported import Export, manifest_of, position_of, text_of
from rehearsal.export.folder import MANIFEST
from rehearsal.export.template_values import UNKNOWN_PARAMETER
from rehearsal.export.templates import DeploymentTemplate, no_template, templates_of
from rehearsal.model.resource import Resource
from rehearsal.model.values import Json
from rehearsal.model.world import World
from rehearsal.run import Rehearsal

_PARAMETERS_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"


def arm_export(rehearsal: Rehearsal) -> Export:
    """The export of a rehearsed stack."""
    world = rehearsal.world
    subscription = _of_the_provider(world, "subscriptionId")
    found = arm_resources(world.resources)
    templates = templates_of(found, _of_the_provider(world, "location"))
    files: dict[str, str] = {}
    for each in templates:
        name = _file_name(each.scope, subscription)
        files[f"{name}.json"] = text_of(dict(each.content))
        if parameters := _parameters_file(each, subscription):
            files[parameters] = text_of(_parameters(each))
    written = Export(
        files,
        sum(len(each.resources) for each in templates),
        dict(_left_out(world.resources, found)),
        tuple(sorted({world.by_urn[each.urn].type for each in found if not each.converted})),
    )
    own: dict[str, Json] = {
        "tenantId": _of_the_provider(world, "tenantId"),
        "subscriptionId": subscription,
        "templates": [_template(each, subscription) for each in templates],
    }
    manifest = manifest_of(rehearsal, written, own, list(_resources(templates, world.by_urn, subscription)))
    return replace(written, files={**files, MANIFEST: manifest})


def _of_the_provider(world: World, key: str) -> str:
    """What the configuration says of azure-native, else the first provider that the program declares."""
    stated = world.settings.get(f"azure-native:{key}", "")
    explicit = (each.text(key) for each in world.by_type.get("pulumi:providers:azure-native", ()))
    return stated or next((each for each in explicit if each), "")


def _template(template: DeploymentTemplate, subscription: str) -> Json:
    return {
        "file": f"{_file_name(template.scope, subscription)}.json",
        "scope": template.scope,
        "location": template.location,
        "parameters": _parameters_file(template, subscription),
    }


def _resources(
    templates: Iterable[DeploymentTemplate], by_urn: Mapping[str, Resource], subscription: str
) -> Iterator[Json]:
    for template in templates:
        for index, told in enumerate(template.resources):
            yield {
                "id": told.resource.id,
                "urn": told.resource.urn,
                "type": told.resource.type,
                "file": f"{_file_name(template.scope, subscription)}.json",
                "symbolicIndex": index,
                "position": position_of(by_urn[told.resource.urn].position),
                "secrets": list(told.secrets),
                "unknown": list(told.unknowns),
            }


def _left_out(resources: Iterable[Resource], found: Iterable[ArmResource]) -> Iterator[tuple[str, str]]:
    exported = {each.urn: each for each in found}
    for resource in resources:
        if resource.is_component or resource.is_provider or resource.external:
            continue
        if resource.urn in exported:
            if reason := no_template(exported[resource.urn]):
                yield resource.urn, reason
        elif is_of_azure(resource):
            yield resource.urn, NO_PUT[unversioned(resource.type)]
        else:
            yield resource.urn, f"{resource.package} makes it, and not Azure Resource Manager"


def _parameters(template: DeploymentTemplate) -> Json:
    return {
        "$schema": _PARAMETERS_SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {name: {"value": ""} for name in template.parameters if name != UNKNOWN_PARAMETER},
    }


def _parameters_file(template: DeploymentTemplate, subscription: str) -> str:
    secrets = [name for name in template.parameters if name != UNKNOWN_PARAMETER]
    return f"{_file_name(template.scope, subscription)}.parameters.json" if secrets else ""


def _file_name(scope: str, subscription: str) -> str:
    """From the scope alone, so that a further scope renames no file."""
    if not scope.strip("/"):
        return "tenant"
    last = scope.rpartition("/")[2]
    if not scope.lower().startswith("/subscriptions/"):
        return _safe(f"management-group-{last}")
    own = scope.split("/")[2]
    elsewhere = "" if own.lower() == subscription.lower() else f"subscription-{own}"
    group = f"group-{last}" if "/resourcegroups/" in scope.lower() else ""
    return _safe("-".join(each for each in (elsewhere, group) if each) or "subscription")


def _safe(name: str) -> str:
    """A name that every file system takes; two that become equal differ in their digests."""
    safe = re.sub(r"[^a-z0-9._()-]", "_", name.lower())
    return safe if safe == name.lower() else f"{safe}-{hashlib.sha256(name.lower().encode()).hexdigest()[:6]}"
