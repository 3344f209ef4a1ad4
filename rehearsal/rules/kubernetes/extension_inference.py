"""The extension trains or serves, and a router that serves says how it is reached."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_SERVICE_TYPES = ("LoadBalancer", "NodePort", "ClusterIP")
_PATH = "configurationSettings"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("extensionType").lower() != EXTENSION_TYPE.lower():
        return
    training = resource.text(f"{_PATH}.enableTraining").lower() == "true"
    inference = resource.text(f"{_PATH}.enableInference").lower() == "true"
    if not training and not inference:
        yield Violation(
            f"{_PATH}.enableInference", "set enableTraining or enableInference (or both) to 'True'"
        )
    service = resource.text(f"{_PATH}.inferenceRouterServiceType")
    if inference and service not in _SERVICE_TYPES:
        yield Violation(
            f"{_PATH}.inferenceRouterServiceType",
            f"required with inference: one of {', '.join(_SERVICE_TYPES)}",
        )


RULE = Rule(
    id="EXT004",
    service="Azure ML extension for Kubernetes",
    title="training or inference is on, and inference has a service type",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {f"{_PATH}.inferenceRouterServiceType": REMOVE}),)),
    passes=Case((declare(tokens.EXTENSION, {f"{_PATH}.enableTraining": "True"}),)),
)
