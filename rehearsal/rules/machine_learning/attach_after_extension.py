"""Kubernetes compute is attached to a cluster that already runs the extension."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only for clusters of this stack: on others the extension may be installed already."""
    cluster = world.find(resource.text("properties.resourceId"))
    if resource.text("properties.computeType") != "Kubernetes" or cluster is None:
        return
    extensions = [
        extension
        for extension in world.of_types((tokens.EXTENSION,))
        if extension.text("extensionType").lower() == EXTENSION_TYPE.lower()
        and extension.id.lower().startswith(f"{cluster.id.lower()}/")
    ]
    if not extensions:
        yield Violation(
            "properties.resourceId", f"{cluster.urn} has no Azure ML extension; declare one and depend on it"
        )
    elif not any(world.depends_on(resource, extension) for extension in extensions):
        yield Violation(
            "properties.resourceId",
            f"does not wait for {extensions[0].urn}; without the extension the attach fails: add it to depends_on",
        )


def _case(*, after_extension: bool) -> Case:
    return Case(
        (
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(tokens.EXTENSION, name="extension", depends_on=("cluster",)),
            declare(
                tokens.ML_COMPUTE,
                {
                    "computeName": "aks",
                    "properties": {
                        "computeType": "Kubernetes",
                        "resourceId": Ref("cluster"),
                        "properties": {"namespace": "default"},
                    },
                },
                depends_on=("extension",) if after_extension else (),
            ),
        )
    )


RULE = Rule(
    id="AML014",
    service="Azure ML compute",
    title="a Kubernetes attach waits for the extension",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="ComputeExtensionNotInstalled",
    source="learn.microsoft.com machine-learning/how-to-attach-kubernetes-to-workspace",
    check=_check,
    trips=_case(after_extension=False),
    passes=_case(after_extension=True),
)
