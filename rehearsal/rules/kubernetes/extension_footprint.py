"""Azure ML's own pods need room on the nodes, or the extension's installation times out."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import vm_size
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.extension_taints import open_pools
from rehearsal.rules.rule import Case, Rule, Violation

_LEAST = {
    # inference, training, production: vCPUs of a node, nodes
    (True, False, False): (2, 1),
    (False, True, False): (2, 1),
    (True, True, False): (4, 1),
    (True, False, True): (4, 3),
    (False, True, True): (8, 1),
    (True, True, True): (4, 3),
}
"""Test counts requests, production limits (`clusterPurpose`, whose default is FastProd)."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    settings = "configurationSettings."
    inference, training = (
        resource.text(f"{settings}{key}").lower() == "true" for key in ("enableInference", "enableTraining")
    )
    production = resource.text(f"{settings}clusterPurpose") != "DevTest"
    vcpus, nodes = _LEAST.get((inference, training, production), (0, 0))
    pools = [(vm_size(str(pool.get("vmSize"))), pool) for pool in open_pools(resource, world)]
    if not pools or any(size is None for size, _ in pools):
        return
    enough = sum(_most(pool) for size, pool in pools if size is not None and size.vcpus >= vcpus)
    if enough < nodes:
        what = " and ".join(word for word, on in (("inference", inference), ("training", training)) if on)
        yield Violation(
            "configurationSettings",
            f"{what} for {'production' if production else 'tests'} needs {nodes} node(s) of {vcpus} vCPUs or more "
            f"whose taints Azure ML tolerates, and the cluster has {enough}; use a larger size or add nodes",
        )


def _most(pool: object) -> int:
    """The extension's pods are what makes an autoscaler add nodes."""
    inputs = pool if isinstance(pool, dict) else {}
    count = inputs.get("maxCount") if inputs.get("enableAutoScaling") else inputs.get("count")
    return count if isinstance(count, int) else 0


def _case(size: str) -> Case:
    small = {
        "agentPoolProfiles[0].vmSize": "Standard_D4ds_v5",
        "agentPoolProfiles[0].nodeTaints": _SYSTEM_ONLY,
    }
    return Case(
        (
            declare(tokens.AKS, small, name="cluster"),
            declare(tokens.AGENT_POOL, {"vmSize": size}, name="pool", depends_on=("cluster",)),
            declare(
                tokens.EXTENSION,
                {"configurationSettings.enableTraining": "True"},
                depends_on=("cluster", "pool"),
            ),
        )
    )


_SYSTEM_ONLY = ["CriticalAddonsOnly=true:NoSchedule"]

RULE = Rule(
    id="EXT009",
    service="Azure ML extension for Kubernetes",
    title="nodes that hold the extension's own pods",
    applies_to=(tokens.EXTENSION,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/reference-kubernetes (recommended resource planning)",
    check=_check,
    trips=_case("Standard_D2ds_v5"),
    passes=_case("Standard_D8ds_v5"),
    severity=Severity.WARNING,
)
