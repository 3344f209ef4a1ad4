"""The extension always lives in the namespace azureml, for the whole cluster."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("extensionType").lower() != EXTENSION_TYPE.lower():
        return
    if resource.value("scope.namespace") is not None:
        yield Violation(
            "scope.namespace",
            "only cluster scope is supported; set scope.cluster.release_namespace='azureml'",
        )
    namespace = resource.text("scope.cluster.releaseNamespace")
    if namespace not in ("", "azureml"):
        yield Violation(
            "scope.cluster.releaseNamespace", f"'{namespace}' is ignored by the service; use 'azureml'"
        )


RULE = Rule(
    id="EXT006",
    service="Azure ML extension for Kubernetes",
    title="cluster scope, namespace azureml",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="Azure/azure-cli-extensions k8s-extension partner_extensions/AzureMLKubernetes.py",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {"scope": {"cluster": {"releaseNamespace": "ml"}}}),)),
    passes=Case((declare(tokens.EXTENSION, {"scope": REMOVE}),)),
)
