"""A resource provider is registered before its first resource; azure-native registers none."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import arm_type_of
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_ALWAYS = frozenset({"microsoft.authorization", "microsoft.resources"})


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    registered = world.subscription.registered_providers
    if registered is None:
        return
    for namespace in _needed(resource):
        if namespace.lower() not in registered | _ALWAYS:
            yield Violation(
                "",
                f"the subscription is not registered for {namespace}; az provider register --namespace {namespace}",
            )


def _needed(resource: Resource) -> Iterator[str]:
    if "/providers/" in resource.id:
        yield arm_type_of(resource.id).partition("/")[0]
    if resource.text("managedNetwork.isolationMode") not in ("", "Disabled"):
        yield "Microsoft.Network"  # an ML workspace's managed network (learn.microsoft.com how-to-managed-network)


def _case(*providers: str) -> Case:
    known = Subscription(resource_groups=(GROUP_NAME,), registered_providers=frozenset(providers))
    return Case((declare(tokens.EXTENSION),), known)


RULE = Rule(
    id="SUB001",
    service="Azure Resource Manager",
    title="resource providers are registered (where --subscription says which are)",
    applies_to=tuple(sorted(token for token in CATALOGUE if token.startswith("azure-native:"))),
    status=409,
    code="MissingSubscriptionRegistration",
    source="learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-register-resource-provider",
    check=_check,
    trips=_case("microsoft.containerservice"),
    # An extension's id lies below its cluster; the provider that counts is its own.
    passes=_case("microsoft.containerservice", "microsoft.kubernetesconfiguration"),
)
