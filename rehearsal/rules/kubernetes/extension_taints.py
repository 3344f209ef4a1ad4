"""The extension's pods tolerate its own taints only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.arm_id_parsing import extended_by
from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TOLERATED = ("ml.azure.com/amlarc", "ml.azure.com/amlarc-system")
"""The extension's own pods tolerate these; `ml.azure.com/amlarc-workload` and narrower ones only jobs and models do."""


def pools_of(extension: Resource, world: World) -> list[Mapping[str, object]]:
    """The node pools of the extension's cluster; none where the cluster is not this stack's, or it is another
    extension."""
    cluster = extended_by(extension.id).lower()
    known = world.find(cluster)
    if known is None or extension.text("extensionType") != EXTENSION_TYPE:
        return []
    own = [
        pool.plain_inputs
        for pool in world.of_types((tokens.AGENT_POOL,))
        if pool.id.lower().startswith(f"{cluster}/")
    ]
    return [*known.items("agentPoolProfiles"), *own]


def open_pools(extension: Resource, world: World) -> list[Mapping[str, object]]:
    """Those of them that the extension's pods can run on."""
    return [pool for pool in pools_of(extension, world) if not _closed(pool.get("nodeTaints"))]


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if pools_of(resource, world) and not open_pools(resource, world):
        yield Violation(
            "",
            "every pool of its cluster has a taint that Azure ML's pods do not tolerate; leave one without, "
            f"or use only {' and '.join(_TOLERATED)}",
        )


def _closed(taints: object) -> bool:
    return isinstance(taints, list) and any(_keeps_off(str(taint)) for taint in taints)


def _keeps_off(taint: str) -> bool:
    key, effect = taint.partition("=")[0].partition(":")[0], taint.rpartition(":")[2]
    return key not in _TOLERATED and effect != "PreferNoSchedule"


_NOT_FOR_ALL = ["CriticalAddonsOnly=true:NoSchedule"]


def _case(taint: str) -> Case:
    return Case(
        (
            declare(tokens.AKS, {"agentPoolProfiles[0].nodeTaints": _NOT_FOR_ALL}, name="cluster"),
            declare(tokens.AGENT_POOL, {"nodeTaints": [taint]}, name="pool", depends_on=("cluster",)),
            declare(tokens.EXTENSION, depends_on=("cluster", "pool")),
        )
    )


RULE = Rule(
    id="EXT008",
    service="Azure ML extension for Kubernetes",
    title="a pool whose taints Azure ML's pods tolerate",
    applies_to=(tokens.EXTENSION,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/reference-kubernetes (taints and tolerations)",
    check=_check,
    trips=_case("ml.azure.com/amlarc-workload=true:NoSchedule"),
    passes=_case("ml.azure.com/amlarc=true:NoSchedule"),
    severity=Severity.WARNING,
)
