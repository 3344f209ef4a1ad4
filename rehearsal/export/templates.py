"""Deployment templates of the ARM resources of a stack, one for each scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rehearsal.export.arm_resource import ArmResource
from rehearsal.export.places import arm_place
from rehearsal.export.template_values import NestedParameters, Parameters, template_value
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.values import Json

_SCHEMAS = "https://schema.management.azure.com/schemas/"
_DEPLOYMENT = "microsoft.resources/deployments"


@dataclass(frozen=True)
class TemplateResource:
    """One resource of a template. `secrets` and `unknowns` are the property paths that parameters fill."""

    resource: ArmResource
    secrets: tuple[str, ...]
    unknowns: tuple[str, ...]


@dataclass(frozen=True)
class DeploymentTemplate:
    """`content` is the template's document and `parameters` those that it declares; `resources` are in the order of the
    template. `location` is where its deployment is recorded, which all scopes but a resource group must say; empty
    where nothing says it."""

    scope: str
    location: str
    content: Mapping[str, Json]
    parameters: tuple[str, ...]
    resources: tuple[TemplateResource, ...]


def templates_of(
    resources: Iterable[ArmResource], default_location: str = ""
) -> tuple[DeploymentTemplate, ...]:
    """The templates of these resources, sorted by scope; see `no_template` for those that are in none."""
    by_scope: dict[str, list[ArmResource]] = {}
    for each in resources:
        if not no_template(each):
            by_scope.setdefault(each.scope.lower(), []).append(each)
    return tuple(_template(found, default_location) for _, found in sorted(by_scope.items()))


def no_template(resource: ArmResource) -> str:
    """Why no template has the resource; empty for one that has a template."""
    if not resource.api_version:
        return "the installed SDK says no API version of its type"
    place = arm_place(resource.id)
    if holds_unknown(place.scope) or (place.scope == "/" and holds_unknown(place.extends)):
        return "its scope is known only after the deployment"
    return ""


def _template(resources: list[ArmResource], default_location: str) -> DeploymentTemplate:
    ordered = sorted(resources, key=lambda each: (each.id.lower(), each.urn))
    parameters = Parameters()
    ids = {each.id.lower() for each in ordered}
    written: list[Json] = []
    told: list[TemplateResource] = []
    for each in ordered:
        parameters.start(each.id)
        written.append(_resource(each, ids, parameters))
        told.append(TemplateResource(each, tuple(parameters.secrets), tuple(parameters.unknowns)))
    scope = ordered[0].scope
    declared = parameters.declared
    content: dict[str, Json] = {
        "$schema": _schema(scope),
        "contentVersion": "1.0.0.0",
        "parameters": declared,
        "resources": written,
    }
    return DeploymentTemplate(
        scope, _location(scope, ordered, default_location), content, tuple(declared), tuple(told)
    )


def _resource(resource: ArmResource, ids: set[str], parameters: Parameters) -> dict[str, Json]:
    extended = arm_place(resource.id).extends
    body = {key: resource.body[key] for key in sorted(resource.body)}
    sent: dict[str, Json] = {
        "type": resource.type,
        "apiVersion": resource.api_version,
        "name": _placed(resource.name, "name", parameters),
    }
    if extended:
        sent["scope"] = _placed(extended, "scope", parameters)
    for key, value in body.items():
        nested = key == "properties" and resource.type.lower() == _DEPLOYMENT
        sent[key] = (
            _nested_deployment(value, parameters) if nested else template_value(value, key, parameters)
        )
    depends_on: list[Json] = [
        each for each in resource.depends_on if each.lower() in ids and not holds_unknown(each)
    ]
    if depends_on:
        sent["dependsOn"] = depends_on
    return sent


def _placed(text: str, path: str, parameters: Parameters) -> Json:
    """A part of the resource's id: unknown where a program made it of something unknown."""
    return parameters.unknown(path) if holds_unknown(text) else parameters.literal(text)


def _nested_deployment(properties: object, parameters: Parameters) -> Json:
    """The properties of a deployment within the template. Its own template keeps its expressions, which are evaluated
    inside it; secrets and unknowns are handed in."""
    template = properties.get("template") if isinstance(properties, Mapping) else None
    if not isinstance(properties, Mapping) or not isinstance(template, Mapping):
        return template_value(properties, "properties", parameters)
    stated = {key: value for key, value in properties.items() if key not in ("parameters", "template")}
    inner = NestedParameters(parameters)
    written = {
        key: template_value(value, f"properties.template.{key}", inner) for key, value in template.items()
    }
    given = template_value(properties.get("parameters", {}), "properties.parameters", parameters)
    return {
        **{key: template_value(value, f"properties.{key}", parameters) for key, value in stated.items()},
        "expressionEvaluationOptions": {"scope": "inner"},
        "parameters": {**_objects(given), **inner.handed_in},
        "template": {**written, "parameters": {**_objects(written.get("parameters")), **inner.declared}},
    }


def _objects(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, dict) else {}


def _schema(scope: str) -> str:
    lowered = scope.lower()
    if "/resourcegroups/" in lowered:
        return _SCHEMAS + "2019-04-01/deploymentTemplate.json#"
    if lowered.startswith("/subscriptions/"):
        return _SCHEMAS + "2018-05-01/subscriptionDeploymentTemplate.json#"
    if lowered == "/":
        return _SCHEMAS + "2019-08-01/tenantDeploymentTemplate.json#"
    return _SCHEMAS + "2019-08-01/managementGroupDeploymentTemplate.json#"


def _location(scope: str, resources: list[ArmResource], default: str) -> str:
    if "/resourcegroups/" in scope.lower():
        return ""
    stated = [each.body.get("location") for each in resources]
    return next((each for each in stated if isinstance(each, str) and each != "global"), default)
