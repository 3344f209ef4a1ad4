"""The Cilium data plane enforces network policies itself."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """Left out, AKS takes cilium; whether it takes `none` no source says."""
    policy = resource.text(f"{PROFILE}.networkPolicy").lower()
    if resource.text(f"{PROFILE}.networkDataplane").lower() == "cilium" and policy in ("azure", "calico"):
        yield Violation(
            f"{PROFILE}.networkPolicy", f"'{policy}' beside the data plane cilium; use cilium or leave it out"
        )
    if policy == "cilium" and resource.text(f"{PROFILE}.networkDataplane").lower() == "azure":
        yield Violation(f"{PROFILE}.networkPolicy", "cilium needs networkDataplane 'cilium'")


def _case(policy: object) -> Case:
    return Case((declare(tokens.AKS, {f"{PROFILE}.networkPolicy": policy}),))


RULE = Rule(
    id="AKS205",
    service="AKS",
    title="the Cilium data plane with Cilium's own network policy",
    applies_to=(tokens.AKS,),
    status=400,
    code="CiliumDataplaneRequiresNetworkPolicyCilium",
    source="Azure/AKS-Construction issue 535 and Azure/bicep-registry-modules pull 3361 (the answer's text); "
    "learn.microsoft.com azure/aks/azure-cni-powered-by-cilium (network policy enforcement)",
    check=_check,
    trips=_case("calico"),
    passes=_case(REMOVE),
)
