"""Features that a subscription must have registered before a service takes a property."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.resource.resources.models import GenericResource

from infra.live.errors import looking
from infra.preflight.expectations import features
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task

_API_VERSION = "2021-07-01"
_CHECK = "registered features"


def registered_features(task: Task) -> Iterator[Finding]:
    """Every feature is registered; with `fix`, registers what is not."""
    for namespace, name in features(task.settings):
        if _is_registered(task, namespace, name):
            yield Finding(_CHECK, Verdict.OK, f"{namespace}/{name} is registered")
        elif not task.fix:
            yield Finding(
                _CHECK,
                Verdict.FAILED,
                f"{namespace}/{name} is not registered",
                f"az feature register --namespace {namespace} --name {name}",
            )
        else:
            _register(task, namespace, name)
            yield Finding(
                _CHECK,
                Verdict.NOTE,
                f"{namespace}/{name} is being registered, which takes about a quarter of an hour",
                f"az feature show --namespace {namespace} --name {name} --query properties.state",
            )


def _is_registered(task: Task, namespace: str, name: str) -> bool:
    path = f"{_features(task)}/providers/{namespace}/features/{name}"
    with looking("features", "Reader"):
        try:
            found = task.azure.resources().resources.get_by_id(path, api_version=_API_VERSION)
        except ResourceNotFoundError:
            return False
    state = found.properties.get("state") if isinstance(found.properties, dict) else None
    return str(state).lower() == "registered"


def _register(task: Task, namespace: str, name: str) -> None:
    path = f"{_features(task)}/featureProviders/{namespace}/subscriptionFeatureRegistrations/{name}"
    with looking(f"{namespace}/{name}", "Contributor"):
        client = task.azure.resources()
        client.resources.begin_create_or_update_by_id(
            path, api_version=_API_VERSION, parameters=GenericResource(properties={})
        ).result(task.azure.patience.seconds_in_all)
        # Until then the service does not know of it (learn.microsoft.com azure/aks/enable-host-encryption).
        client.providers.register(namespace)


def _features(task: Task) -> str:
    return f"/subscriptions/{task.azure.subscription_id}/providers/Microsoft.Features"
