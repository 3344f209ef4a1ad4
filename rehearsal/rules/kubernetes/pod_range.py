"""The pod range has a /24 for every node that the cluster may grow to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.kubernetes_network import POD_PREFIX_OF_A_NODE, nodes_that_fit
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, ipv4, pools
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    range_of_pods = ipv4(resource.value(f"{PROFILE}.podCidr"))
    if range_of_pods is None or resource.text(f"{PROFILE}.networkPluginMode") != "overlay":
        return
    nodes = sum(_most(pool) for _, _, pool in pools(resource, world))
    if nodes > nodes_that_fit(range_of_pods):
        yield Violation(
            f"{PROFILE}.podCidr",
            f"{range_of_pods} has a /{POD_PREFIX_OF_A_NODE} for {nodes_that_fit(range_of_pods)} nodes, and the pools "
            f"may grow to {nodes}; use a wider range (it cannot change later)",
        )


def _most(pool: Mapping[str, object]) -> int:
    count = pool.get("maxCount") if pool.get("enableAutoScaling") else pool.get("count")
    return count if isinstance(count, int) else 0


def _case(prefix: int) -> Case:
    return Case((declare(tokens.AKS, {"networkProfile.podCidr": f"10.244.0.0/{prefix}"}),))


RULE = Rule(
    id="AKS202",
    service="AKS",
    title="the pod range has room for every node",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source="learn.microsoft.com azure/aks/concepts-network-ip-address-planning and azure/aks/azure-cni-overlay (IP "
    "address planning: /24 for a node)",
    check=_check,
    trips=_case(24),
    passes=_case(23),
    severity=Severity.WARNING,
)
