"""Whether ARM takes a deployment of this size at all: what it refuses for its size is not sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from azure_facts.deployment_limits import MOST_BYTES, MOST_PARAMETERS, MOST_RESOURCES
from infra.azure_judges.deployments import Deployment
from infra.live.json_values import JsonMap, mapping, mappings


def too_large(deployment: Deployment) -> str:
    """The limit that the deployment exceeds, and what helps; empty for none."""
    exceeded = next(_exceeded(mapping(deployment.body.get("properties"))), "")
    return exceeded and f"{exceeded}: put some of them into another resource group"


def _exceeded(properties: JsonMap) -> Iterator[str]:
    size = len(json.dumps(properties, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        megabyte = 1024 * 1024
        yield f"its resources have {size / megabyte:.1f} MB, and ARM takes {MOST_BYTES // megabyte} MB"
    for template in _templates(mapping(properties.get("template"))):
        resources = len(mappings(template.get("resources")))
        parameters = len(mapping(template.get("parameters")))
        if resources > MOST_RESOURCES:
            yield f"a template has {resources} resources, and ARM takes {MOST_RESOURCES}"
        if parameters > MOST_PARAMETERS:
            yield f"a template has {parameters} parameters, and ARM takes {MOST_PARAMETERS}, one for each secret"


def _templates(template: JsonMap) -> Iterator[JsonMap]:
    """The template, and those within it."""
    yield template
    for resource in mappings(template.get("resources")):
        inner = mapping(mapping(resource.get("properties")).get("template"))
        if inner:
            yield from _templates(inner)
