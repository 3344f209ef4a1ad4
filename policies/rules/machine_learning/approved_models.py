"""Deployments serve models from approved registries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

_IN_REGISTRY = re.compile(r"(?:^azureml://|/)registries/(?P<registry>[^/]+)/models/", re.IGNORECASE)
"""Both forms of a registry's asset: azureml://registries/NAME/models/… and the ARM id
(learn.microsoft.com machine-learning how-to-manage-registries)."""

_MODELS = (
    "properties.model",  # online, managed or on Kubernetes
    "properties.model.assetId",  # batch
    "properties.modelSettings.modelId",  # serverless
)


def _check(judged: Judged) -> Iterator[str]:
    approved = {name.lower() for name in judged.words("approvedRegistries")}
    for path in _MODELS:
        found = _IN_REGISTRY.search(judged.text(path))
        if found and found["registry"].lower() not in approved:
            yield f"{path} is from registry {found['registry']}, which approvedRegistries does not list"


RULE = Rule(
    id="AMLP-ML-040",
    title="Deployments serve models from approved registries",
    severity=Severity.HIGH,
    types=(
        "azure-native:machinelearningservices:OnlineDeployment",
        "azure-native:machinelearningservices:BatchDeployment",
        "azure-native:machinelearningservices:ServerlessEndpoint",
    ),
    check=_check,
    why=(
        "A model is code. Models in another registry have not passed our gate; a model of the workspace came "
        "through the promotion."
    ),
    fix="Promote the model into the workspace, or list its registry in approvedRegistries with a reason",
    anchors=Anchors(
        benchmark=("AI-1", "DS-2"),
        azure_policy=("12e5dd16-d201-47ff-849b-8454061c293d", "19539b54-c61e-4196-9a38-67598701be90"),
    ),
    kinds=PROD_ONLY,
    thresholds=(
        Threshold(
            "approvedRegistries",
            (),
            "names of registries whose models may be served, besides the workspace's",
        ),
    ),
    cases=Cases(
        allowed=(
            {
                "properties": {
                    "model": "/subscriptions/0/resourceGroups/g/providers/x/workspaces/w/models/m/versions/1"
                }
            },
            {"properties": {"model": {"referenceType": "Id", "assetId": "azureml:m:1"}}},
        ),
        denied=(
            {"properties": {"model": "azureml://registries/azureml/models/m/versions/1"}},
            {"properties": {"model": {"assetId": "azureml://registries/HuggingFace/models/m/versions/1"}}},
            {"properties": {"modelSettings": {"modelId": "azureml://registries/azureml-meta/models/m"}}},
        ),
        omitted={"properties": {"endpointComputeType": "Managed"}},
        unknown={"properties": {"model": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
