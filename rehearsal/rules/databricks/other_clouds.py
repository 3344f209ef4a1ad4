"""Machines on Azure have no attributes of other clouds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import pipeline_clusters, specifications
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_CLOUDS = {"awsAttributes": "AWS", "gcpAttributes": "Google Cloud"}
_ELSEWHERE = ("cloud.databricks.com", "gcp.databricks.com")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    provider = world.provider_of(resource)
    if provider is not None and provider.text("host").rstrip("/").endswith(_ELSEWHERE):
        return
    for path, spec in _described(resource):
        for name, cloud in _CLOUDS.items():
            if spec.get(name):
                yield Violation(
                    f"{path}.{name}" if path else name,
                    f"is for workspaces on {cloud}; leave it out, Azure has azure_attributes",
                )


def _described(resource: Resource) -> Iterator[tuple[str, Mapping[str, object]]]:
    if resource.type == tokens.INSTANCE_POOL:
        yield "", resource.plain_inputs
    elif resource.type == tokens.PIPELINE:
        yield from pipeline_clusters(resource)
    else:
        yield from specifications(resource)


RULE = Rule(
    id="DBX204",
    service="Databricks cluster",
    title="no attributes of other clouds",
    applies_to=(tokens.CLUSTER, tokens.INSTANCE_POOL, tokens.JOB, tokens.PIPELINE),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks issues 294, 3394 (aws_attributes can only be specified for clusters running "
    "in AWS)",
    check=_check,
    trips=Case(
        (declare(tokens.CLUSTER, {"awsAttributes": {"instanceProfileArn": "arn:aws:iam::1:role/x"}}),)
    ),
    passes=Case((declare(tokens.CLUSTER, {"azureAttributes": {"firstOnDemand": 1}}),)),
)
