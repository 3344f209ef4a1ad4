"""Which deployments ARM is asked to validate: one for each scope, in incremental mode.

A resource group that is there is asked by itself, so that the errors of one hide none of another. One that the stack
would create cannot be asked: its template goes into that of its subscription, as a nested deployment that waits for the
resource group, which is how ARM creates both in one deployment (MicrosoftDocs/azure-docs
articles/azure-resource-manager/templates/deploy-to-subscription.md, Create resource group and resources; at a resource
group that is not there ARM answers ResourceGroupNotFound: github.com/Azure/bicep/issues/14718; read 2026-11-30).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from infra.azure_judges.export_files import GROUP_TYPE, Export, Template
from infra.live.json_values import JsonMap, mapping, mappings, text

DEPLOYMENTS_VERSION = "2025-04-01"
WITH_RIGHTS_TO_WRITE = "Provider"
LEVELS = {"write": WITH_RIGHTS_TO_WRITE, "read": "ProviderNoRbac", "template": "Template"}
"""Of a validation, by our word: whose rights ARM asks for, or that it looks at nothing but the template
(Azure/azure-rest-api-specs Microsoft.Resources/deployments/stable/2025-04-01, ValidationLevel; read 2026-11-30)."""
STAND_IN = "Stand-in-1-for-a-secret"
"""In the place of every secret. It has the kinds of letters that services ask of a password."""

_GROUP = re.compile(r"(?P<subscription>/subscriptions/[^/]+)/resourcegroups/[^/]+", re.IGNORECASE)
_MOST_LETTERS = 64
_DIGEST_LETTERS = 6
_NO_VALUES: Mapping[str, object] = {"securestring": STAND_IN, "secureobject": {"value": STAND_IN}}
"""What a parameter of a type is given where it has no default."""


@dataclass(frozen=True)
class Deployment:
    """`path`: of the request. `files`: the templates in it."""

    scope: str
    path: str
    body: JsonMap
    files: tuple[str, ...]


@dataclass(frozen=True)
class MissingGroup:
    """The stack deploys into a resource group that is not there and that it does not declare."""

    scope: str
    file: str


@dataclass(frozen=True)
class Plan:
    """What is asked, and what cannot be."""

    deployments: tuple[Deployment, ...]
    missing: tuple[MissingGroup, ...]


def groups_of(export: Export) -> tuple[str, ...]:
    """The resource groups that templates are deployed into."""
    return tuple(one.scope for one in export.templates if _GROUP.fullmatch(one.scope))


def plan(export: Export, existing: Iterable[str], level: str, location: str) -> Plan:
    """One deployment for each scope that is there. `existing`: the resource groups that are. `level`: of the
    validation. `location`: where a template names none."""
    there = {group.lower() for group in existing}
    asked: list[Deployment] = []
    waiting: dict[str, list[Template]] = {}
    for one in export.templates:
        group = _GROUP.fullmatch(one.scope)
        if group and one.scope.lower() not in there:
            waiting.setdefault(group["subscription"].lower(), []).append(one)
    for one in export.templates:
        if not _GROUP.fullmatch(one.scope):
            created = _declared(one, waiting.get(one.scope.lower(), []))
            files = (one.file, *(each.file for each in created))
            asked.append(_deployment(export, _with_groups(one, created), files, level, location))
            for each in created:
                waiting[one.scope.lower()].remove(each)
        elif one.scope.lower() in there:
            asked.append(_deployment(export, one, (one.file,), level, location))
    return Plan(
        tuple(asked), tuple(MissingGroup(one.scope, one.file) for each in waiting.values() for one in each)
    )


def _declared(template: Template, groups: Iterable[Template]) -> list[Template]:
    """Those whose resource group the template declares."""
    declared = {
        text(one.get("name")).lower()
        for one in mappings(template.document.get("resources"))
        if text(one.get("type")).lower() == GROUP_TYPE
    }
    return [one for one in groups if one.scope.rpartition("/")[2].lower() in declared]


def _with_groups(template: Template, groups: list[Template]) -> Template:
    """The template of a subscription with those of the resource groups that it creates."""
    if not groups:
        return template
    resources = [*mappings(template.document.get("resources")), *(_nested(one) for one in groups)]
    return replace(template, document={**template.document, "resources": resources})


def _nested(template: Template) -> JsonMap:
    group = template.scope.rpartition("/")[2]
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": DEPLOYMENTS_VERSION,
        "name": _named(f"in-{group}"),
        "resourceGroup": group,
        "dependsOn": [f"[subscriptionResourceId('Microsoft.Resources/resourceGroups', '{group}')]"],
        "properties": {
            "mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": template.document,
            "parameters": _stand_ins(template),
        },
    }


def _deployment(
    export: Export, template: Template, files: tuple[str, ...], level: str, location: str
) -> Deployment:
    properties = {
        "mode": "Incremental",
        "validationLevel": level,
        "template": template.document,
        "parameters": _stand_ins(template),
    }
    body: dict[str, object] = {"properties": properties}
    if not _GROUP.fullmatch(template.scope):
        body["location"] = template.location or location
    # The name of a deployment keeps its location for good, so the location is part of it.
    name = _named(f"validate-{export.stack}-{template.location or location}")
    scope = "" if template.scope == "/" else template.scope
    path = f"{scope}/providers/Microsoft.Resources/deployments/{name}/validate"
    return Deployment(template.scope, path, body, files)


def _named(name: str) -> str:
    """As ARM takes the name of a deployment. Two names that become equal differ in their digests."""
    taken = re.sub(r"[^-\w.()]", "-", name, flags=re.ASCII)[:_MOST_LETTERS]
    if taken == name:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST_LETTERS]
    return f"{taken[: _MOST_LETTERS - _DIGEST_LETTERS - 1]}-{digest}"


def _stand_ins(template: Template) -> JsonMap:
    """A value for each parameter that has none: an export has parameters for secrets alone."""
    return {
        name: {"value": _NO_VALUES.get(text(mapping(one).get("type")).lower(), STAND_IN)}
        for name, one in mapping(template.document.get("parameters")).items()
        if "defaultValue" not in mapping(one)
    }
