"""Encryption at host is a feature that a subscription must have registered."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_FEATURE = "Microsoft.Compute/EncryptionAtHost"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    registered = world.subscription.registered_features
    if registered is None or _FEATURE.lower() in registered:
        return
    pools = resource.items("agentPoolProfiles")
    asked = [
        *(f"agentPoolProfiles[{at}]." for at, pool in enumerate(pools) if pool.get("enableEncryptionAtHost")),
        *([""] if resource.value("enableEncryptionAtHost") is True else []),
    ]
    for path in asked:
        yield Violation(
            f"{path}enableEncryptionAtHost",
            f"the feature {_FEATURE} is not enabled for this subscription; az feature register --namespace "
            "Microsoft.Compute --name EncryptionAtHost, then az provider register --namespace Microsoft.Compute",
        )


def _case(*features: str) -> Case:
    known = Subscription(resource_groups=(GROUP_NAME,), registered_features=frozenset(features))
    return Case((declare(tokens.AKS, {"agentPoolProfiles[0].enableEncryptionAtHost": True}),), known)


RULE = Rule(
    id="SUB006",
    service="AKS",
    title="encryption at host is registered (where --subscription says what is)",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/enable-host-encryption; message as in Azure/azure-cli#16788",
    check=_check,
    trips=_case(),
    passes=_case(_FEATURE.lower()),
)
